using System.Text;

namespace WeToo.Voices.Texts;

/// <summary>What names are ordered by, without cultures: Latin letters without marks and case, all else as Unicode has it.</summary>
internal static class Ordering
{
    private const int MostBytes = 64;

    private static readonly Dictionary<char, string> s_plain = new (string Marked, string Plain)[]
    {
        ("ÀÁÂÃÄÅĀĂĄǍ", "A"), ("Æ", "AE"), ("ÇĆĈĊČ", "C"), ("ÐĎĐ", "D"), ("ÈÉÊËĒĔĖĘĚ", "E"), ("ĜĞĠĢ", "G"), ("ĤĦ", "H"), ("ÌÍÎÏĨĪĬĮİ", "I"), ("Ĵ", "J"), ("Ķ", "K"),
        ("ĹĻĽĿŁ", "L"), ("ÑŃŅŇŊ", "N"), ("ÒÓÔÕÖØŌŎŐ", "O"), ("Œ", "OE"), ("ŔŖŘ", "R"), ("ŚŜŞŠȘ", "S"), ("ßẞ", "SS"), ("ŢŤŦȚ", "T"), ("Þ", "TH"), ("ÙÚÛÜŨŪŬŮŰŲ", "U"),
        ("Ŵ", "W"), ("ÝŶŸ", "Y"), ("ŹŻŽ", "Z"), ("آأإٱ", "ا"),
    }.SelectMany(pair => pair.Marked.Select(sign => (sign, pair.Plain))).ToDictionary(pair => pair.sign, pair => pair.Plain);

    /// <summary>Bytes that are ordered as the name is.</summary>
    internal static byte[] PlaceOf(string name)
    {
        var folded = string.Concat(name.Trim().ToUpperInvariant().Where(sign => sign is < '\u0300' or > '\u036f').Select(sign => s_plain.GetValueOrDefault(sign) ?? sign.ToString()));
        return [.. Encoding.UTF8.GetBytes(folded).Take(MostBytes)];
    }
}
