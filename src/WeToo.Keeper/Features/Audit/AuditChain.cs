using System.Buffers.Binary;
using System.Security.Cryptography;

namespace WeToo.Keeper.Features.Audit;

/// <summary>What a keeper did. The numbers are part of the log: never use one again.</summary>
public enum AuditKind
{
    /// <summary>It evaluated blinded elements.</summary>
    Evaluation = 1,

    /// <summary>It gave shares of seeds.</summary>
    Drop = 2,

    /// <summary>It gave shares of contact parts.</summary>
    Opening = 3,

    /// <summary>It gave a share of an account.</summary>
    Release = 4,

    /// <summary>It heard that a filing was withdrawn.</summary>
    Tombstone = 5,

    /// <summary>It signed a keyset.</summary>
    KeysetSigned = 6,

    /// <summary>It put a keyset in force, and erased the shares of the epoch before if the epoch changed.</summary>
    KeysetInForce = 7,

    /// <summary>It answered a step of a key ceremony.</summary>
    CeremonyStep = 8,

    /// <summary>Its operator gave up a key ceremony here.</summary>
    CeremonyAbandoned = 9,

    /// <summary>It took the conflict tags of somebody of the team.</summary>
    ConflictTags = 10,
}

/// <summary>One record of the log.</summary>
/// <param name="Seq">1, 2, 3, …</param>
/// <param name="Day">Whole days since 1970-01-01 UTC.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Digest">SHA-256 of the message that was answered, 32 bytes.</param>
/// <param name="Head">What binds this record and all before it, 32 bytes.</param>
internal sealed record AuditRecord(long Seq, long Day, long Kind, byte[] Digest, byte[] Head);

/// <summary>
/// The chain of heads: head₀ = SHA-256("wetoo/v1/audit" ‖ signing key), headₙ = SHA-256("wetoo/v1/audit" ‖ headₙ₋₁ ‖ u64 seq ‖ u32 day ‖
/// u8 kind ‖ digest). Whoever kept an earlier head can tell whether the past was rewritten.
/// </summary>
internal static class AuditChain
{
    private static ReadOnlySpan<byte> Tag => "wetoo/v1/audit"u8;

    internal static byte[] Start(ReadOnlySpan<byte> signingKey) => SHA256.HashData([.. Tag, .. signingKey]);

    internal static byte[] Next(ReadOnlySpan<byte> head, long seq, long day, AuditKind kind, ReadOnlySpan<byte> digest)
    {
        Span<byte> record = stackalloc byte[14 + 32 + 8 + 4 + 1 + 32];
        Tag.CopyTo(record);
        head.CopyTo(record[14..]);
        BinaryPrimitives.WriteInt64BigEndian(record[46..], seq);
        BinaryPrimitives.WriteUInt32BigEndian(record[54..], checked((uint)day));
        record[58] = checked((byte)kind);
        digest.CopyTo(record[59..]);
        return SHA256.HashData(record);
    }
}
