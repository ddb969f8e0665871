using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Desk;

/// <summary>What somebody who writes fills in.</summary>
internal sealed class DraftForm
{
    private const int LongestLine = 200;
    private const int LongestSummary = 600;
    internal const int LongestSource = 200_000;
    private const int LongestSlug = 80;

    public string? Kind { get; set; }

    public string? Language { get; set; }

    public string? Slug { get; set; }

    /// <summary>A piece of the work that it translates, as its id is written in addresses.</summary>
    public string? Of { get; set; }

    public long Together { get; set; }

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public string? Byline { get; set; }

    public string? Note { get; set; }

    public string? Source { get; set; }

    public string? Change { get; set; }

    /// <summary>The words to save.</summary>
    internal Draft Draft => new(Title!.Trim(), Source!) { Summary = Summary?.Trim() ?? "", Byline = Byline?.Trim() ?? "", Note = Note?.Trim() ?? "", Change = Change?.Trim() ?? "" };

    /// <summary>The text that says what cannot stay.</summary>
    internal string? Wrong =>
        string.IsNullOrWhiteSpace(Title) || Title.Length > LongestLine ? "edit.wrong.title"
        : string.IsNullOrWhiteSpace(Source) || Source.Length > LongestSource ? "edit.wrong.source"
        : Summary?.Length > LongestSummary || Byline?.Length > LongestLine || Note?.Length > LongestLine || Change?.Length > LongestSummary ? "edit.wrong.long"
        : null;

    /// <summary>The text that says what a new piece is missing.</summary>
    internal string? WrongBeginning(IReadOnlyList<string> languages) =>
        PieceLine.KindOf(PieceLine.FolderOf(Kind ?? "")) != Kind || Language is null || !languages.Contains(Language) ? "edit.wrong.kind"
        : Slug is null || !IsSlug(Slug) ? "edit.wrong.slug"
        : Together is < 0 or > 1_000_000 ? "edit.wrong.kind"
        : Wrong;

    /// <summary>Whether it can be the name of a piece in its address.</summary>
    internal static bool IsSlug(string slug) => slug.Length is > 1 and <= LongestSlug && slug.All(sign => char.IsLetterOrDigit(sign) || sign == '-') && !slug.Any(char.IsUpper);

    /// <summary>As a piece stands.</summary>
    internal static DraftForm As(DeskPiece piece) => new()
    {
        Kind = piece.Kind, Language = piece.Language, Slug = piece.Slug, Title = piece.Title, Summary = piece.Summary, Byline = piece.Byline, Note = piece.Note, Source = piece.Source,
    };
}
