using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Box;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Pieces;

/// <summary>One article, story or letter.</summary>
internal sealed class ReadModel(Database database, VoicesOptions options, Visit visit) : ReadingPage(database)
{
    private const int FirstNames = 60;
    private const int NewestThreads = 3;

    public ShownPiece Piece { get; private set; } = null!;

    public IReadOnlyList<Translation> Translations { get; private set; } = [];

    /// <summary>Its text with the counters beside it, when it can be answered.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where readers said something: first and last unit of each passage, for the script that marks them.</summary>
    public string Passages { get; private set; } = "";

    public IReadOnlyList<CommentThread> Threads { get; private set; } = [];

    public long CommentCount { get; private set; }

    public IReadOnlyList<Hashtag> Hashtags { get; private set; } = [];

    /// <summary>Whether readers may write to the author alone.</summary>
    public bool HasBox { get; private set; }

    /// <summary>Who signed, when it is a letter.</summary>
    public SignerList? Signers { get; private set; }

    /// <summary>Whether it can be signed here and now.</summary>
    public bool CanSign => Signers is { IsClosed: false } && options.Mail.Server is not null;

    /// <summary>Where it says what of the letter stands in the log of dates; null when nothing does.</summary>
    public string? Dates => Signers is not null && options.LogUrl is not null ? $"/dates/{Convert.ToHexStringLower(Piece.WorkId)}" : null;

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug)
    {
        var kind = PieceLine.KindOf(folder)!;
        Show(Names.Pieces); // What is shown at an address changes with it, and so do its translations.
        if (await ReadAsync(session => PieceReads.Shown(session, language, kind, slug)) is not { } piece) return Missing();

        Show(Names.Piece(piece.PieceId), Names.Hashtags, Names.Signers(piece.WorkId), Names.Comments(piece.PieceId));
        Piece = piece;
        (Translations, Hashtags, Signers, HasBox) = await ReadAsync<(IReadOnlyList<Translation>, IReadOnlyList<Hashtag>, SignerList?, bool)>(session => (
            [.. PieceReads.Translations(session, piece.WorkId).Where(other => other.Language != language)],
            HashtagReads.Of(session, piece.WorkId, language),
            kind == "letter" ? LetterReads.Signers(session, piece.WorkId, FirstNames) : null,
            AuthorBox.IsOpen(session, piece.WorkId)));
        if (piece.Replies == "off") Text = piece.Html;
        else await ReadAnswersAsync(piece);
        return Page();
    }

    private Task<bool> ReadAnswersAsync(ShownPiece piece) => ReadAsync(session =>
    {
        var blocks = PieceReads.Blocks(session, piece.PieceId, piece.Revision);
        var passages = CommentReads.Passages(session, piece.PieceId, piece.Revision);
        Text = Marks.In(piece, blocks, Marks.Counts(blocks, passages), visit);
        Passages = string.Join(' ', passages.Select(passage => FormattableString.Invariant($"{passage.Start}-{passage.End}")).Distinct());
        CommentCount = CommentReads.Count(session, piece.PieceId, "all");
        Threads = CommentReads.Threads(session, piece.PieceId, piece.Revision, new("all", NewestFirst: true), 0, NewestThreads);
        return true;
    });
}
