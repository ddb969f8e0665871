using System.Security.Cryptography;
using WeToo.Core.Sealing;
using WeToo.Core.Wire;

namespace WeToo.Core.Log;

/// <summary>What an entry of the log is of. Numbers are added, never used again.</summary>
public enum EntryKind : byte
{
    /// <summary>An account, as its author's device sealed it.</summary>
    Account = 1,

    /// <summary>An addition to an account, likewise.</summary>
    Addendum = 2,

    /// <summary>A filing, as the vault took it.</summary>
    Filing = 3,

    /// <summary>A keyset, as published.</summary>
    Keyset = 4,

    /// <summary>A roster of counselors, as published.</summary>
    Roster = 5,

    /// <summary>The list of the files that a vault serves, with their hashes.</summary>
    Release = 6,

    /// <summary>One revision of an open letter.</summary>
    LetterRevision = 7,

    /// <summary>How many have signed a letter.</summary>
    SignatureCount = 8,

    /// <summary>That the author of a filing was told of a match.</summary>
    MatchNotice = 9,

    /// <summary>A note that somebody left for an author, as the device of who wrote it sealed it.</summary>
    Note = 10,
}

/// <summary>
/// One entry of the log: kind ‖ version ‖ commitment, 34 bytes, where the commitment is SHA-256(salt ‖ thing). Whoever has no salt learns the kind, and nothing of the thing.
/// spec/log.md.
/// </summary>
/// <param name="Kind">What it is of.</param>
/// <param name="Commitment">32 bytes.</param>
public sealed record LogEntry(EntryKind Kind, ReadOnlyMemory<byte> Commitment)
{
    /// <summary>Length of an entry, in bytes.</summary>
    public const int Size = 2 + SHA256.HashSizeInBytes;

    /// <summary>Length of a salt, in bytes.</summary>
    public const int SaltSize = 32;

    /// <summary>The salt of what everybody may read: zeros, so that everybody finds its entry.</summary>
    public static ReadOnlyMemory<byte> PublicSalt { get; } = new byte[SaltSize];

    /// <summary>Reads an entry.</summary>
    /// <returns>The entry, or <see langword="null"/> when length, kind or version is not one of ours.</returns>
    public static LogEntry? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var kind = (EntryKind)reader.U8();
        reader.U8(Limits.Version, Limits.Version);
        var commitment = reader.Bytes(SHA256.HashSizeInBytes);
        return reader.Done && Enum.IsDefined(kind) ? new(kind, commitment) : null;
    }

    /// <summary>The entry of a thing.</summary>
    /// <param name="kind">What the thing is.</param>
    /// <param name="salt">32 bytes.</param>
    /// <param name="thing">Its exact bytes.</param>
    public static LogEntry Of(EntryKind kind, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> thing)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltSize);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(thing);
        return new(kind, hash.GetHashAndReset());
    }

    /// <summary>The salt of what an author sealed: the same each time, and unknown to whoever lacks the box key.</summary>
    /// <param name="boxKey">The key of the author's own copy, which this salt does not tell.</param>
    /// <param name="kind">What the thing is.</param>
    /// <param name="thing">Its exact bytes.</param>
    /// <returns>32 bytes: HKDF of the box key with <c>"wetoo/v1/log" ‖ kind ‖ SHA-256(thing)</c>.</returns>
    public static SecretBytes SaltFor(SecretBytes boxKey, EntryKind kind, ReadOnlySpan<byte> thing)
    {
        ArgumentNullException.ThrowIfNull(boxKey);
        return boxKey.Derive([.. "wetoo/v1/log"u8, (byte)kind, .. SHA256.HashData(thing)], SaltSize);
    }

    /// <summary>The thing of a match notice: <c>"wetoo/v1/match-notice" ‖ deployment ‖ filing_id ‖ u32 day</c>.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <param name="filingId">Whose author was told, 16 bytes.</param>
    /// <param name="day">From when on.</param>
    public static byte[] MatchNotice(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day) =>
        new WireWriter().Bytes("wetoo/v1/match-notice"u8).Bytes(deployment).Bytes(filingId).U32(day).ToArray();

    /// <summary>As it stands in the log.</summary>
    public byte[] ToBytes() => new WireWriter().U8((byte)Kind).U8(Limits.Version).Bytes(Commitment.Span).ToArray();

    /// <summary>Its leaf's hash in the tree.</summary>
    public byte[] LeafHash() => Merkle.LeafHash(ToBytes());
}
