namespace WeToo.Voices.Pages;

/// <summary>The names of what pages show and writes change: see <see cref="PageCache"/>.</summary>
internal static class Names
{
    /// <summary>Which pieces there are, and their titles.</summary>
    internal const string Pieces = "pieces";

    /// <summary>Which hashtags there are, what hangs on them, and which are paused.</summary>
    internal const string Hashtags = "hashtags";

    /// <summary>Decisions by which answers are not shown.</summary>
    internal const string Decisions = "decisions";

    /// <summary>What is asked of allies, and what they kept.</summary>
    internal const string Asks = "asks";

    /// <summary>Cards of those who have duties, and their clocks.</summary>
    internal const string Cards = "cards";

    /// <summary>Who signed a letter, and whether it can be signed.</summary>
    internal static string Signers(byte[] work) => $"signers:{Convert.ToHexStringLower(work)}";

    /// <summary>A piece: its words, and whether it is shown.</summary>
    internal static string Piece(byte[] piece) => $"piece:{Convert.ToHexStringLower(piece)}";

    /// <summary>What readers say of a piece.</summary>
    internal static string Comments(byte[] piece) => $"comments:{Convert.ToHexStringLower(piece)}";
}
