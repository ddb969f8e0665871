using System.Globalization;

namespace WeToo.Core.Log;

/// <summary>Why a witness does not cosign, by the status that C2SP tlog-witness gives each.</summary>
public enum WitnessRefusal
{
    /// <summary>The old size is above the checkpoint's, or the form is wrong.</summary>
    Malformed = 400,

    /// <summary>No log that it knows signed the checkpoint.</summary>
    NotSigned = 403,

    /// <summary>It does not know this log.</summary>
    LogUnknown = 404,

    /// <summary>The old size is not that of the checkpoint it cosigned last.</summary>
    OldSizeDiffers = 409,

    /// <summary>The checkpoint does not continue the one it cosigned last.</summary>
    Inconsistent = 422,
}

/// <summary>A log asks a witness to cosign. C2SP tlog-witness, add-checkpoint.</summary>
/// <param name="Old">The size of the checkpoint that the witness cosigned last; 0 for none.</param>
/// <param name="Proof">That the new one continues it.</param>
/// <param name="Note">The new checkpoint with the log's signature.</param>
public sealed record AddCheckpoint(ulong Old, IReadOnlyList<byte[]> Proof, SignedNote Note)
{
    /// <summary>The most hashes that a proof may have here.</summary>
    public const int MostHashes = 63;

    private const string OldLine = "old ";

    /// <summary>Reads a request.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static AddCheckpoint? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (text.Length > 2 * SignedNote.LongestNote || end < 0 || !text.StartsWith(OldLine, StringComparison.Ordinal)) return null;

        var lines = text[..end].Split('\n');
        if (ReadNumber(lines[0][OldLine.Length..]) is not { } old || lines.Length - 1 > MostHashes) return null;

        var proof = lines.Skip(1).Select(ReadHash).ToList();
        return !proof.Contains(null) && SignedNote.TryParse(text[(end + 2)..]) is { } note ? new(old, proof!, note) : null;
    }

    /// <summary>As text.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{OldLine}{Old}\n{string.Concat(Proof.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{Note.ToText()}");

    /// <summary>The rule of a witness: a checkpoint of a known log, which continues the one that it cosigned last.</summary>
    /// <param name="logs">The keys of the logs that it knows.</param>
    /// <param name="latestOf">The checkpoint that it cosigned last for an origin; null for none.</param>
    /// <param name="latest">The same, for this request's origin.</param>
    /// <returns>Null when it must cosign.</returns>
    public WitnessRefusal? Check(IReadOnlyList<NoteKey> logs, Func<string, Checkpoint?> latestOf, out Checkpoint? latest)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(latestOf);
        latest = null;
        if (Checkpoint.TryParse(Note.Text) is not { } offered) return WitnessRefusal.Malformed;

        var keys = logs.Where(key => key.Name == offered.Origin).ToList();
        if (keys.Count == 0) return WitnessRefusal.LogUnknown;
        if (!keys.Exists(Note.IsSignedBy)) return WitnessRefusal.NotSigned;
        if (Old > offered.Size) return WitnessRefusal.Malformed;

        latest = latestOf(offered.Origin);
        if (Old != (latest?.Size ?? 0)) return WitnessRefusal.OldSizeDiffers;
        return Continues(latest, offered) ? null : WitnessRefusal.Inconsistent;
    }

    private static ulong? ReadNumber(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text == number.ToString(CultureInfo.InvariantCulture) ? number : null;

    private static byte[]? ReadHash(string line)
    {
        var hash = new byte[Merkle.HashSize];
        var isHash = line.Length == 44 && Convert.TryFromBase64String(line, hash, out var length) && length == hash.Length;
        return isHash && Convert.ToBase64String(hash) == line ? hash : null;
    }

    private bool Continues(Checkpoint? latest, Checkpoint offered)
    {
        if (offered.Size == 0) return Proof.Count == 0 && offered.Root.Span.SequenceEqual(Merkle.EmptyRoot.Span);
        return Old == 0 ? Proof.Count == 0 : Merkle.VerifyConsistency(Old, offered.Size, Proof, latest!.Root.Span, offered.Root.Span);
    }
}
