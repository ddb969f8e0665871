namespace WeToo.Voices.Features.Pieces;

/// <summary>A piece as it stands in a list.</summary>
internal sealed record PieceLine(byte[] PieceId, byte[] WorkId, string Kind, string Language, string Slug, string Title, string Summary, string Byline, string Note, long FirstShownS, long LastShownS)
{
    /// <summary>Where it is.</summary>
    public string Path => PathOf(Language, Kind, Slug);

    /// <summary>The address of a piece.</summary>
    public static string PathOf(string language, string kind, string slug) => $"/{language}/{FolderOf(kind)}/{slug}";

    /// <summary>The kind that an address names, or <see langword="null"/>.</summary>
    public static string? KindOf(string folder) => folder switch { "articles" => "article", "stories" => "story", "letters" => "letter", _ => null };

    /// <summary>The kind in an address.</summary>
    public static string FolderOf(string kind) => kind switch { "story" => "stories", "letter" => "letters", _ => "articles" };
}

/// <summary>A revision of a piece that readers see.</summary>
internal sealed record ShownPiece(
    byte[] PieceId, byte[] WorkId, string Kind, string Language, string Slug, string Replies, long Revision, long FirstShownS, long LastShownS,
    string Title, string Summary, string Byline, string Note, string Html, string Change)
{
    /// <summary>Where it is.</summary>
    public string Path => PieceLine.PathOf(Language, Kind, Slug);
}

/// <summary>The same work in another language.</summary>
internal sealed record Translation(string Language, string Kind, string Slug, string Title)
{
    /// <summary>Where it is.</summary>
    public string Path => PieceLine.PathOf(Language, Kind, Slug);
}
