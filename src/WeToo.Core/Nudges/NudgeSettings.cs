using System.Text;
using System.Text.Json;
using WeToo.Core.Keysets;

namespace WeToo.Core.Nudges;

/// <summary>Which mail somebody gets, and when. Every mail of it is the same, whether or not there is news. WEP-1, section 16.</summary>
/// <param name="To">The address, as typed.</param>
/// <param name="Subject">The subject, one line of 1 to 100 characters.</param>
/// <param name="Text">The text, 1 to 500 characters.</param>
/// <param name="EveryWeeks">Every how many weeks, 1 to 12.</param>
/// <param name="Weekday">The day of the week, 1 Monday to 7 Sunday.</param>
/// <param name="Hour">The hour of the day there, 0 to 23.</param>
/// <param name="Zone">The time zone, by its name in the IANA database, at most 64 characters.</param>
/// <param name="Code">The six digits that were sent to the address, or empty.</param>
public sealed record NudgeSettings(string To, string Subject, string Text, int EveryWeeks, int Weekday, int Hour, string Zone, string Code)
{
    private const int LongestAddress = 254;
    private const int LongestSubject = 100;
    private const int LongestText = 500;
    private const int LongestZone = 64;
    private const int MostWeeks = 12;

    /// <summary>Reads the padded settings of a <see cref="NudgePut"/>.</summary>
    /// <returns>The settings, or <see langword="null"/> when something is missing or out of its range.</returns>
    public static NudgeSettings? TryParse(ReadOnlyMemory<byte> padded)
    {
        if (!System.Text.Unicode.Utf8.IsValid(padded.Span) || JsonFields.TryParse(Encoding.UTF8.GetString(padded.Span)) is not { } fields) return null;

        var read = new NudgeSettings(
            fields.Text("to").Trim(), fields.Text("subject").Trim(), fields.Text("text").Trim(), fields.Byte("every_weeks"), fields.Byte("weekday"),
            fields.Byte("hour"), fields.Text("zone"), fields.Text("code"));
        return !fields.Failed && read.IsWhole ? read : null;
    }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new { to = To, subject = Subject, text = Text, every_weeks = EveryWeeks, weekday = Weekday, hour = Hour, zone = Zone, code = Code });

    /// <summary>Never the address.</summary>
    public override string ToString() => "NudgeSettings(private)";

    private bool IsWhole =>
        IsAddress(To) && IsLine(Subject, LongestSubject) && Text.Length is >= 1 and <= LongestText && !Text.Any(sign => char.IsControl(sign) && sign != '\n')
        && IsLine(Zone, LongestZone) && EveryWeeks is >= 1 and <= MostWeeks && Weekday is >= 1 and <= 7 && Hour is >= 0 and <= 23;

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1
        && !text.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || sign is '<' or '>' or ',' or ';' or '"' or '(' or ')');

    private static bool IsLine(string text, int longest) => text.Length >= 1 && text.Length <= longest && !text.Any(char.IsControl);
}
