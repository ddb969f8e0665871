using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WeToo.Tool.Authoring;

/// <summary>What of an account is dated, and may be shown to others: all of it but what is of use at the vault. To the byte as the pages write it. spec/record.md.</summary>
internal static class DatedForm
{
    private static readonly string[] s_vaultMembers = ["addenda_key", "pseudonym", "id", "key", "parts", "view"];
    private static readonly SearchValues<char> s_escaped = SearchValues.Create("\"\\" + string.Concat(Enumerable.Range(0, 32).Select(code => (char)code)));

    internal static byte[] Of(AccountContent? account)
    {
        using var json = JsonDocument.Parse(ContentJson.Write(account));
        return Of(json.RootElement);
    }

    internal static byte[] Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().Where(member => !s_vaultMembers.Contains(member.Name, StringComparer.Ordinal)).ToList();
                WriteAll(text, '{', members, '}', member =>
                {
                    WriteText(text, member.Name);
                    text.Append(':');
                    Write(text, member.Value);
                });
                break;
            case JsonValueKind.Array:
                WriteAll(text, '[', [.. value.EnumerateArray()], ']', item => Write(text, item));
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, IReadOnlyList<T> items, char close, Action<T> write)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) text.Append(',');
            write(items[i]);
        }

        text.Append(close);
    }

    /// <summary>ECMAScript's QuoteJSONString. A lone surrogate cannot come out of well-formed UTF-8.</summary>
    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var sign in value)
        {
            if (!s_escaped.Contains(sign)) text.Append(sign);
            else text.Append(sign switch
            {
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                '"' => "\\\"",
                '\\' => "\\\\",
                _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}"),
            });
        }

        text.Append('"');
    }
}
