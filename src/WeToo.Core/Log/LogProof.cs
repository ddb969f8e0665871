using System.Globalization;

namespace WeToo.Core.Log;

/// <summary>Why a proof is not enough for a policy.</summary>
public enum ProofFault
{
    /// <summary>The policy has no log of this name.</summary>
    LogUnknown,

    /// <summary>The log's signature is not there, or does not hold.</summary>
    LogSignature,

    /// <summary>Too few of the policy's witnesses have seen it.</summary>
    Witnesses,
}

/// <summary>What a proof shows to who believes some logs and witnesses.</summary>
/// <param name="Fault">Why it is not enough; <see langword="null"/> when it is.</param>
/// <param name="AtSeconds">The earliest time by which enough witnesses had seen it, in seconds since 1970; <see langword="null"/> when the policy asks for no witness.</param>
/// <param name="Witnesses">The names that the policy gives to the witnesses who saw it.</param>
public sealed record ShownProof(ProofFault? Fault, ulong? AtSeconds, IReadOnlyList<string> Witnesses);

/// <summary>A proof that something stands in a log, which needs no network. C2SP tlog-proof.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Hashes">The hashes beside its way up, lowest first, 32 bytes each.</param>
/// <param name="Note">The checkpoint with its signatures.</param>
/// <param name="Checkpoint">What the note says.</param>
public sealed record LogProof(ulong Index, IReadOnlyList<byte[]> Hashes, SignedNote Note, Checkpoint Checkpoint)
{
    private const string Intro = "c2sp.org/tlog-proof@v1\n";
    private const string Separator = "\n\n";
    private const string ExtraWord = "extra ";
    private const string IndexWord = "index ";

    /// <summary>Reads a proof. Nothing is verified yet; what stands after <c>extra</c> is of no meaning here.</summary>
    /// <returns>The proof, or <see langword="null"/> when the form is wrong.</returns>
    public static LogProof? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        if (!text.StartsWith(Intro, StringComparison.Ordinal) || end < Intro.Length) return null;

        var lines = text[Intro.Length..end].Split('\n').AsSpan();
        if (lines[0].StartsWith(ExtraWord, StringComparison.Ordinal))
        {
            if (TryDecode(lines[0][ExtraWord.Length..]) is null) return null;
            lines = lines[1..];
        }

        if (lines.Length == 0 || TryIndex(lines[0]) is not { } index) return null;
        List<byte[]> hashes = [];
        foreach (var line in lines[1..])
        {
            if (TryDecode(line) is not { Length: Merkle.HashSize } hash) return null;
            hashes.Add(hash);
        }

        var note = SignedNote.TryParse(text[(end + Separator.Length)..]);
        return hashes.Count <= Merkle.MostHashes && note is not null && Checkpoint.TryParse(note.Text) is { } checkpoint ? new(index, hashes, note, checkpoint) : null;
    }

    /// <summary>As text.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Intro}{IndexWord}{Index}\n{string.Concat(Hashes.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{Note.ToText()}");

    /// <summary>Whether an entry stands where the proof says, in the tree of its checkpoint. Who signed that is another question.</summary>
    /// <param name="entry">The entry's bytes.</param>
    public bool Includes(ReadOnlySpan<byte> entry) => Merkle.VerifyInclusion(Index, Checkpoint.Size, Merkle.LeafHash(entry), Hashes, Checkpoint.Root.Span);

    /// <summary>What the checkpoint shows by a policy: a log of it signed, and enough of its witnesses cosigned.</summary>
    /// <param name="policy">Whom somebody believes.</param>
    public ShownProof ShownBy(LogPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var logs = policy.Logs.Where(log => log.Name == Checkpoint.Origin).ToList();
        if (logs.Count == 0) return new(ProofFault.LogUnknown, null, []);
        if (!logs.Any(Note.IsSignedBy)) return new(ProofFault.LogSignature, null, []);

        var seen = policy.Witnesses.Select(witness => (witness.Name, At: Note.CosignedAt(witness.Key))).Where(one => one.At is not null)
            .Select(one => KeyValuePair.Create(one.Name, one.At!.Value)).ToList();
        return policy.DateBy(seen) is { } at ? new(null, policy.AsksNobody ? null : at, [.. seen.Select(one => one.Key)]) : new(ProofFault.Witnesses, null, []);
    }

    private static ulong? TryIndex(string line) =>
        line.StartsWith(IndexWord, StringComparison.Ordinal) && ulong.TryParse(line.AsSpan(IndexWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && line[IndexWord.Length..] == index.ToString(CultureInfo.InvariantCulture) ? index : null;

    /// <summary>Base64 of which there is one way to write it.</summary>
    private static byte[]? TryDecode(string text)
    {
        var bytes = new byte[text.Length];
        return text.Length % 4 == 0 && Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }
}
