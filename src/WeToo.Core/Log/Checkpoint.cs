using System.Globalization;

namespace WeToo.Core.Log;

/// <summary>What a log says of itself at one size. C2SP tlog-checkpoint. Extension lines are read over.</summary>
/// <param name="Origin">Which log, one line.</param>
/// <param name="Size">How many leaves it has.</param>
/// <param name="Root">Its tree's hash, 32 bytes.</param>
public sealed record Checkpoint(string Origin, ulong Size, ReadOnlyMemory<byte> Root)
{
    /// <summary>Reads the text of a note.</summary>
    /// <returns>The checkpoint, or <see langword="null"/> when the form is wrong.</returns>
    public static Checkpoint? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n')) return null;

        var lines = text[..^1].Split('\n');
        if (lines.Length < 3 || lines.Any(line => line.Length == 0) || !ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;

        var root = new byte[Merkle.HashSize];
        var isRoot = lines[2].Length == 44 && Convert.TryFromBase64String(lines[2], root, out var length) && length == root.Length;
        // One way to write each: leading zeros and loose bits are none of ours.
        return isRoot && lines[1] == size.ToString(CultureInfo.InvariantCulture) && lines[2] == Convert.ToBase64String(root) ? new(lines[0], size, root) : null;
    }

    /// <summary>As the text of a note.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n");
}
