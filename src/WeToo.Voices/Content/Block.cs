namespace WeToo.Voices.Content;

/// <summary>What a block of a piece is.</summary>
public enum BlockKind
{
    /// <summary>A paragraph, an item of a list, a row of a table, or lines of code.</summary>
    Text,

    /// <summary>A heading.</summary>
    Heading,

    /// <summary>A numbered point: an item of an ordered list that stands on its own.</summary>
    Point,

    /// <summary>A question to readers, planted by the author.</summary>
    Question,
}

/// <summary>A block of one revision of a piece: what readers can point at.</summary>
/// <param name="Number">Its number in the piece, kept through edits; <c>&lt;element id="b7"&gt;</c> is block 7.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Point">What stands before a point, 1, 2, 3 …; <see langword="null"/> for the others.</param>
/// <param name="Text">Its text content with white space collapsed: passages are ranges of it.</param>
public sealed record Block(long Number, BlockKind Kind, long? Point, string Text);

/// <summary>A piece as readers get it.</summary>
/// <param name="Html">Sanitized, with the number of each block as its id.</param>
/// <param name="Blocks">The blocks, as they stand.</param>
/// <param name="NextBlock">The number of the next new block.</param>
public sealed record Rendered(string Html, IReadOnlyList<Block> Blocks, long NextBlock);
