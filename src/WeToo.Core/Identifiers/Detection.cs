using System.Text.RegularExpressions;

namespace WeToo.Core.Identifiers;

/// <summary>Tells the kind of a text by its looks: spec/identifiers.md §8.</summary>
internal static partial class Detection
{
    internal static Reading Read(string clean, string? region)
    {
        var text = PlainText.AsciiDigits(clean);
        if (Telephonic().IsMatch(text)) return Telephone.Read(clean, region);
        if (Mail().IsMatch(text)) return EmailAddress.Read(clean);
        return Handles.IsMeant(clean) ? Handles.Read(clean) : IdentifierHelp.NotRecognised;
    }

    [GeneratedRegex(@"^(tel|sms|callto):|^[-+0-9 .()\[\]/·•‐‒–—―−ー]*[0-9][-+0-9 .()\[\]/·•‐‒–—―−ー]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Telephonic();

    [GeneratedRegex("^mailto:|<[^<>@/]+@[^<>@/]+>$|^[^@:/][^@:/]*@[^@/]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mail();
}
