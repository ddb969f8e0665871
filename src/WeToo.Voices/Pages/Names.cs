namespace WeToo.Voices.Pages;

/// <summary>The names of what pages show and writes change: see <see cref="PageCache"/>.</summary>
internal static class Names
{
    /// <summary>Which pieces there are, and their titles.</summary>
    internal const string Pieces = "pieces";

    /// <summary>A piece: its words, and whether it is shown.</summary>
    internal static string Piece(byte[] piece) => $"piece:{Convert.ToHexStringLower(piece)}";
}
