using WeToo.Voices.Features.Cards;
using WeToo.Voices.Mails;

namespace WeToo.Voices.Features.Desk;

/// <summary>What an editor puts down: an ask of people who are affected, or a card of somebody who has duties.</summary>
internal sealed class AskForm
{
    private const int LongestLine = 160;
    private const int LongestText = 2_000;

    public string? Language { get; set; }

    public string? Title { get; set; }

    public string? Text { get; set; }

    /// <summary>As those who ask want to be named; or the organisation.</summary>
    public string? Who { get; set; }

    public string? Role { get; set; }

    public string? Place { get; set; }

    public string? Slug { get; set; }

    public string? Email { get; set; }

    /// <summary>The text that says what an ask is missing.</summary>
    internal string? WrongAsk(IReadOnlyList<string> languages) =>
        WrongFields(languages) ?? (!IsLine(Title) || string.IsNullOrWhiteSpace(Text) || Text.Length > LongestText ? "desk.ask.wrong" : null);

    /// <summary>The text that says what a card is missing.</summary>
    internal string? WrongCard(IReadOnlyList<string> languages) =>
        WrongFields(languages)
        ?? (!Duties.Roles.Contains(Role) || Place?.Length > LongestLine ? "desk.ask.wrong"
        : Slug is not { Length: > 1 and <= 80 } slug || slug == "own" || !slug.All(sign => char.IsLetterOrDigit(sign) || sign == '-') || slug.Any(char.IsUpper) ? "edit.wrong.slug"
        : null);

    private string? WrongFields(IReadOnlyList<string> languages) =>
        Language is null || !languages.Contains(Language) || !IsLine(Who) ? "desk.ask.wrong" : Keys.MailboxIn(Email) is null ? "sign.wrong.email" : null;

    private static bool IsLine(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= LongestLine && !text.Any(char.IsControl);
}
