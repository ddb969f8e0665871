using System.Globalization;
using WeToo.Voices.Mails;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Allies;

/// <summary>What somebody who plans fills in. A vow for always and everywhere is refused with a question: what can be seen to happen can be kept.</summary>
internal sealed class PlanForm
{
    private const int Longest = 300;
    private const int LongestLine = 120;
    private const int FewWords = 3;
    private const int EnoughWords = 7;
    private const long MostDays = 366;

    public string? Situation { get; set; }

    public string? Action { get; set; }

    public string? Place { get; set; }

    public string? Until { get; set; }

    public string? Witness { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    /// <summary>The ask that is taken, as its id is written in addresses.</summary>
    public string? Ask { get; set; }

    internal string? Mailbox => Keys.MailboxIn(Email);

    internal Plan Plan => new(Line(Situation), Line(Action), Line(Place), Line(Witness), Line(Name));

    /// <summary>The last day, in days since 1970; <see langword="null"/> when none was given.</summary>
    internal long? UntilDay => DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber : null;

    /// <summary>Which fields cannot stay as they are, each with the text that helps.</summary>
    /// <param name="language">In which it is written.</param>
    /// <param name="today">In days since 1970.</param>
    /// <param name="needsMailbox">Whether it is a new one.</param>
    internal IReadOnlyDictionary<string, string> Wrong(string language, long today, bool needsMailbox)
    {
        var wrong = new Dictionary<string, string>();
        if (IsVague(Situation, language)) wrong[nameof(Situation)] = "plan.wrong.situation";
        if (IsVague(Action, language)) wrong[nameof(Action)] = "plan.wrong.action";
        if (Line(Place).Length is 0 or > LongestLine) wrong[nameof(Place)] = "plan.wrong.place";
        if (UntilDay is not { } day || day <= today || day > today + MostDays) wrong[nameof(Until)] = "plan.wrong.until";
        if (Line(Witness).Length > LongestLine || Line(Name).Length > LongestLine) wrong[nameof(Witness)] = "plan.wrong.line";
        if (needsMailbox && Mailbox is null) wrong[nameof(Email)] = "sign.wrong.email";
        return wrong;
    }

    /// <summary>A few words, or a few more around a vow of the list that each language has.</summary>
    private static bool IsVague(string? text, string language)
    {
        var line = Line(text);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return words < FewWords || line.Length > Longest
            || (words < EnoughWords && Catalogue.Say(language, "plan.vows").Split('|').Any(vow => line.Contains(vow, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Line(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
