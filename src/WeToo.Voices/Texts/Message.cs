using System.Globalization;
using System.Text;

namespace WeToo.Voices.Texts;

/// <summary>
/// A text in the part of ICU MessageFormat that our texts use: <c>{name}</c>, and <c>{n, plural, =0 {…} one {…} other {# …}}</c>. A quotation mark is one.
/// </summary>
internal sealed class Message
{
    private readonly IReadOnlyList<Part> _parts;

    internal Message(string source)
    {
        Source = source;
        var at = 0;
        _parts = Read(source, ref at);
    }

    /// <summary>As it was written.</summary>
    internal string Source { get; }

    /// <summary>Says it.</summary>
    internal string Say(string language, IReadOnlyList<(string Name, object Value)> arguments)
    {
        var text = new StringBuilder();
        Say(_parts, language, arguments, number: "", text);
        return text.ToString();
    }

    private static void Say(IReadOnlyList<Part> parts, string language, IReadOnlyList<(string Name, object Value)> arguments, string number, StringBuilder text)
    {
        foreach (var part in parts)
        {
            if (part.Forms is { } forms)
            {
                var count = Convert.ToInt64(ValueOf(part.Text, arguments), CultureInfo.InvariantCulture);
                var form = forms.GetValueOrDefault($"={count}") ?? forms.GetValueOrDefault(Plurals.FormOf(language, count)) ?? forms["other"];
                Say(form, language, arguments, Numbers.Write(language, count), text);
            }
            else if (part.IsName) text.Append(ValueOf(part.Text, arguments) is IFormattable value ? value.ToString(null, CultureInfo.InvariantCulture) : ValueOf(part.Text, arguments));
            else text.Append(part.Text.Replace("#", number.Length > 0 ? number : "#", StringComparison.Ordinal));
        }
    }

    private static object ValueOf(string name, IReadOnlyList<(string Name, object Value)> arguments) => arguments.First(argument => argument.Name == name).Value;

    private static List<Part> Read(string source, ref int at)
    {
        var parts = new List<Part>();
        var text = new StringBuilder();
        for (; at < source.Length && source[at] != '}'; at++)
        {
            if (source[at] != '{')
            {
                text.Append(source[at]);
                continue;
            }

            if (text.Length > 0) parts.Add(new(text.ToString()));
            text.Clear();
            at++;
            parts.Add(ReadGap(source, ref at));
        }

        if (text.Length > 0) parts.Add(new(text.ToString()));
        return parts;
    }

    /// <summary>From behind the brace to the brace that ends it.</summary>
    private static Part ReadGap(string source, ref int at)
    {
        var end = source.IndexOfAny([',', '}'], at);
        var name = source[at..end].Trim();
        at = end;
        if (source[at] == '}') return new(name) { IsName = true };

        const string kind = "plural,";
        at = source.IndexOf(kind, at, StringComparison.Ordinal) + kind.Length;
        var forms = new Dictionary<string, IReadOnlyList<Part>>();
        while (source[at] != '}')
        {
            var open = source.IndexOf('{', at);
            var form = source[at..open].Trim();
            at = open + 1;
            forms[form] = Read(source, ref at);
            at++;
            while (char.IsWhiteSpace(source[at])) at++;
        }

        return new(name) { Forms = forms };
    }

    private sealed record Part(string Text)
    {
        internal bool IsName { get; init; }

        internal IReadOnlyDictionary<string, IReadOnlyList<Part>>? Forms { get; init; }
    }
}
