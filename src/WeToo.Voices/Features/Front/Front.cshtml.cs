using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Front;

/// <summary>The front page of a language.</summary>
internal sealed class FrontModel(Database database) : ReadingPage(database)
{
    private const int MostOfEach = 6;

    public IReadOnlyList<PieceLine> Letters { get; private set; } = [];

    public IReadOnlyList<PieceLine> Articles { get; private set; } = [];

    public IReadOnlyList<PieceLine> Stories { get; private set; } = [];

    public IReadOnlyList<Hashtag> Hashtags { get; private set; } = [];

    /// <summary>The newest letter, which stands first; <see langword="null"/> without any.</summary>
    public FirstLetter? First { get; private set; }

    public bool IsEmpty => First is null && Letters.Count + Articles.Count + Stories.Count == 0;

    public async Task OnGetAsync(string language)
    {
        Show(Names.Pieces, Names.Hashtags);
        (Letters, Articles, Stories, Hashtags) = await ReadAsync(session => (
            PieceReads.Newest(session, language, "letter", MostOfEach),
            PieceReads.Newest(session, language, "article", MostOfEach),
            PieceReads.Newest(session, language, "story", MostOfEach),
            HashtagReads.All(session, language)));
        if (Letters.Count == 0) return;

        var first = Letters[0];
        Show(Names.Piece(first.PieceId), Names.Signers(first.WorkId), Names.Comments(first.PieceId));
        First = await ReadAsync(session => PieceReads.Shown(session, language, first.Kind, first.Slug) is { } letter ? FirstLetter.Read(session, letter) : null);
        Letters = [.. Letters.Skip(1)];
    }
}
