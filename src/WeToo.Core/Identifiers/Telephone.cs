using System.Text;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace WeToo.Core.Identifiers;

/// <summary>Telephone numbers as E.164: spec/identifiers.md §4.</summary>
internal static partial class Telephone
{
    private const string Separators = " -.()[]/·•‐‒–—―−ー";

    /// <summary>What the library calls the place of +800, +808 and their like.</summary>
    private const string NoCountry = "001";

    private static readonly PhoneNumberUtil s_numbers = PhoneNumberUtil.GetInstance();

    internal static Reading Read(string clean, string? region)
    {
        if (Links.PhoneOf(clean) is { } linked) clean = linked;
        var text = WithoutScheme(PlainText.AsciiDigits(clean));
        if (Extended().IsMatch(text)) return IdentifierHelp.Extension;
        if (Digits(text) is not { } digits) return IdentifierHelp.NotANumber;
        var country = region is null ? null : PlainText.LowerAscii(region).ToUpperInvariant();
        var known = country is not null && s_numbers.GetSupportedRegions().Contains(country);
        if (digits[0] != '+' && known && E164(digits, country) is { } national) return new Identifier(IdentifierType.Tel, national);
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = $"+{digits[2..]}";
        if (digits[0] != '+') return known ? IdentifierHelp.NotANumber : IdentifierHelp.NoCountry;
        return E164(digits, null) is { } number ? new Identifier(IdentifierType.Tel, number) : IdentifierHelp.NotANumber;
    }

    /// <summary>The number as it is printed for foreigners, with its spaces.</summary>
    internal static string ReadBack(string e164) => s_numbers.Format(s_numbers.Parse(e164, null), PhoneNumberFormat.INTERNATIONAL);

    private static string WithoutScheme(string text)
    {
        if (!Scheme().IsMatch(text)) return text;
        var number = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (number.Contains(";ext=", StringComparison.OrdinalIgnoreCase)) return number;
        return number.Split(';', '?')[0].Replace("%20", " ", StringComparison.Ordinal).Replace("%2B", "+", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The digits, after a + if one stands before them; null if anything but separators stands between.</summary>
    private static string? Digits(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || (c == '+' && digits.Length == 0)) _ = digits.Append(c);
            else if (!Separators.Contains(c, StringComparison.Ordinal)) return null;
        }

        return digits.Length > 1 ? digits.ToString() : null;
    }

    private static string? E164(string digits, string? region)
    {
        if (OldMexican().IsMatch(digits)) digits = $"+52{digits[4..]}";
        if (TryNumber(digits, region) is not { } number || !IsPlanned(number)) return null;

        // In a plan where numbers may begin with the trunk prefix, one that would be taken for the prefix again is nobody's.
        var e164 = s_numbers.Format(number, PhoneNumberFormat.E164);
        return TryNumber(e164, null) is { } again && s_numbers.Format(again, PhoneNumberFormat.E164) == e164 ? e164 : null;
    }

    /// <summary>Whether a number is in the numbering plan of a country with its calling code. Which kind of number it is does not matter.</summary>
    private static bool IsPlanned(PhoneNumber number)
    {
        var digits = s_numbers.GetNationalSignificantNumber(number);
        return Plans(number.CountryCode).Any(plan => Regex.IsMatch(digits, $"^(?:{plan.GeneralDesc.NationalNumberPattern})$", RegexOptions.CultureInvariant | RegexOptions.ECMAScript));
    }

    private static IEnumerable<PhoneMetadata> Plans(int callingCode)
    {
        var regions = s_numbers.GetRegionCodesForCountryCode(callingCode);
        return regions is [NoCountry] ? [s_numbers.GetMetadataForNonGeographicalRegion(callingCode)] : regions.Select(s_numbers.GetMetadataForRegion);
    }

    private static PhoneNumber? TryNumber(string digits, string? region)
    {
        try
        {
            return s_numbers.Parse(digits, region);
        }
        catch (NumberParseException)
        {
            return null; // The library has no other way to say that a text is no number.
        }
    }

    [GeneratedRegex("^(tel|sms|callto):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"[0-9)] ?(,|;|#|x|ext\.?|extn\.?|extension|;ext=|poste)[ .:]*[0-9]{1,7}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Extended();

    /// <summary>The 1 after +52, which Mexico dropped in 2019 and which old contacts and WhatsApp still show.</summary>
    [GeneratedRegex("^\\+521[0-9]{10}$", RegexOptions.CultureInvariant)]
    private static partial Regex OldMexican();
}
