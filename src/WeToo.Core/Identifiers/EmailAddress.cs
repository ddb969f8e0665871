using System.Globalization;
using System.Text;

namespace WeToo.Core.Identifiers;

/// <summary>E-mail addresses: spec/identifiers.md §5.</summary>
internal static class EmailAddress
{
    private const string Mailto = "mailto:";
    private const string Signs = ".!#$%&'*+-/=?^_`{|}~";

    private const string NotPlain = "<>()[],;:\"\\ßẞς";

    internal static Reading Read(string clean)
    {
        if (Address(clean) is not { } address) return IdentifierHelp.NotAnAddress;
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return IdentifierHelp.NoDomain;
        var local = PlainText.Fold(address[..at]);
        if (local.Length == 0 || !local.EnumerateRunes().All(IsLocal)) return IdentifierHelp.NotAnAddress;
        if (address.IndexOfAny(['@', ' '], at + 1) >= 0) return IdentifierHelp.NotAnAddress;
        if (DomainName.TryCanonical(address[(at + 1)..]) is not { } domain) return IdentifierHelp.NoDomain;
        (local, domain) = OneMailbox(local, domain);
        if (local.Length == 0) return IdentifierHelp.NotAnAddress;
        if (Encoding.UTF8.GetByteCount(local) > 64 || Encoding.UTF8.GetByteCount(local) + domain.Length > 253) return IdentifierHelp.TooLong;
        return new Identifier(IdentifierType.Email, $"{local}@{domain}");
    }

    /// <summary>Whether every program reads the same mailbox out of it: no name, comment, route or list, and no sign that is folded into another one.</summary>
    internal static bool IsPlain(string address) =>
        address.Count(sign => sign == '@') == 1 && Nfkc.Normalize(address) == address
        && !address.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || char.GetUnicodeCategory(sign) == UnicodeCategory.Format || NotPlain.Contains(sign, StringComparison.Ordinal));

    /// <summary>The same address without its +tag, which many providers leave out; null if it has none.</summary>
    internal static Identifier? Untagged(string value)
    {
        var plus = value.IndexOf('+', StringComparison.Ordinal);
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return plus > 0 && plus < at ? new Identifier(IdentifierType.Email, value[..plus] + value[at..]) : null;
    }

    /// <summary>What is left of a display name with brackets, of a mailto link and of a sentence's last sign.</summary>
    private static string? Address(string clean)
    {
        var open = clean.LastIndexOf('<');
        var close = clean.LastIndexOf('>');
        var address = open >= 0 && close > open ? clean[(open + 1)..close] : clean;
        if (address.StartsWith(Mailto, StringComparison.OrdinalIgnoreCase))
        {
            if (Percent.Decode(address[Mailto.Length..].Split('?')[0]) is not { } decoded) return null;
            address = PlainText.Clean(decoded);
        }

        return address?.Trim(' ').TrimEnd(',', ';');
    }

    /// <summary>Google documents that these spellings reach one mailbox. No other provider's rule is applied.</summary>
    private static (string Local, string Domain) OneMailbox(string local, string domain) =>
        domain is "gmail.com" or "googlemail.com"
            ? (local.Split('+')[0].Replace(".", "", StringComparison.Ordinal), "gmail.com")
            : (local, domain);

    private static bool IsLocal(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value) || Signs.Contains((char)rune.Value, StringComparison.Ordinal)
        : DomainName.IsWordRune(rune.Value, first: false);
}
