using System.Globalization;
using System.Text.RegularExpressions;

namespace WeToo.Core.Identifiers;

/// <summary>The address of a page, taken apart and decoded: spec/identifiers.md §6.1.</summary>
internal sealed partial record WebLink(string Host, int? Port, IReadOnlyList<string> Segments, IReadOnlyList<(string Name, string Value)> Query)
{
    // Set by advertisers, senders of newsletters and share buttons; they say who passed the link on.
    private static readonly string[] s_tracking =
    [
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "mc_cid", "mc_eid", "igsh", "igshid", "yclid", "twclid",
        "ttclid", "li_fat_id", "mibextid", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id", "_hsenc", "_hsmi", "_ga", "_gl", "ref_src", "ref_url", "si",
    ];

    /// <summary>The first value of a name in the query, or null.</summary>
    internal string? this[string name] => Query.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>The address in clean text, or why it is none.</summary>
    internal static WebLink? TryParse(string clean, out IdentifierHelp help)
    {
        help = IdentifierHelp.NotALink;
        if (WithoutScheme(clean) is not { } text) return null;
        text = text.Split('#')[0];
        var (beforeQuery, query) = Cut(text, '?');
        var (authority, path) = Cut(beforeQuery, '/');
        var (name, port) = Cut(authority, ':');
        if (authority.Contains('@', StringComparison.Ordinal) || !TryPort(port, out var number)) return null;
        if (Path(path) is not { } segments || Pairs(query) is not { } pairs) return null;
        help = IdentifierHelp.NoDomain;
        return DomainName.TryCanonical(name) is { } host ? new WebLink(host, number, segments, pairs) : null;
    }

    /// <summary>The canonical form: no scheme, no www, no tracking, pairs in order.</summary>
    internal string Canonical()
    {
        var host = Host;
        while (host.StartsWith("www.", StringComparison.Ordinal) && host.Count(c => c == '.') > 1) host = host[4..];
        var port = Port is { } number ? $":{number.ToString(CultureInfo.InvariantCulture)}" : "";
        var path = string.Concat(Segments.Select(segment => $"/{Percent.Encode(segment)}"));
        var pairs = Query.Where(pair => !IsTracking(pair.Name)).Select(Written).Order(StringComparer.Ordinal).ToArray();
        return host + port + path + (pairs.Length == 0 ? "" : $"?{string.Join('&', pairs)}");
    }

    private static string Written((string Name, string Value) pair) =>
        Percent.Encode(pair.Name) + (pair.Value.Length == 0 ? "" : $"={Percent.Encode(pair.Value)}");

    private static bool IsTracking(string name)
    {
        var lower = PlainText.LowerAscii(name);
        return lower.StartsWith("utm_", StringComparison.Ordinal) || s_tracking.Contains(lower);
    }

    private static string? WithoutScheme(string clean)
    {
        var text = clean.StartsWith('<') && clean.EndsWith('>') ? clean[1..^1] : clean;
        foreach (var start in (string[])["https://", "http://", "//"])
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return text[start.Length..];
        return OtherScheme().IsMatch(text) ? null : text;
    }

    private static (string Before, string After) Cut(string text, char at)
    {
        var i = text.IndexOf(at, StringComparison.Ordinal);
        return i < 0 ? (text, "") : (text[..i], text[(i + 1)..]);
    }

    private static bool TryPort(string text, out int? port)
    {
        port = null;
        if (text.Length == 0) return true;
        if (text.Length > 5 || !text.All(char.IsAsciiDigit)) return false;
        var number = int.Parse(text, CultureInfo.InvariantCulture);
        port = number is 80 or 443 ? null : number;
        return number is > 0 and <= 65535;
    }

    private static List<string>? Path(string path)
    {
        var segments = new List<string>();
        foreach (var raw in path.Split('/'))
        {
            if (Percent.Decode(raw) is not { } decoded || PlainText.Clean(decoded) is not { } segment) return null;
            if (segment == "..") segments = [.. segments.SkipLast(1)];
            else if (segment is not ("" or ".")) segments.Add(segment);
        }

        return segments;
    }

    private static List<(string, string)>? Pairs(string query)
    {
        var pairs = new List<(string, string)>();
        foreach (var raw in query.Replace('+', ' ').Split('&'))
        {
            var (name, value) = Cut(raw, '=');
            if (Percent.Decode(name) is not { } decodedName || Percent.Decode(value) is not { } decodedValue) return null;
            if (PlainText.Clean(decodedName) is not { } cleanName || PlainText.Clean(decodedValue) is not { } cleanValue) return null;
            if (cleanName.Length > 0) pairs.Add((cleanName, cleanValue));
        }

        return pairs;
    }

    [GeneratedRegex("^[a-z][a-z0-9+.-]*://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherScheme();
}
