using System.Security.Cryptography;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Conflicts;

/// <summary>Somebody of the team gives one keeper the conflict tags of their own identifiers. WEP-1, section 8.1.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Keeper">The signing key of the keeper that it is for, 32 bytes.</param>
/// <param name="Member">Their own signing key, 32 bytes.</param>
/// <param name="Revision">Grows with each set.</param>
/// <param name="Tags">Sixteen tags of 32 bytes, padding among them.</param>
public sealed record ConflictPut(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> Keeper, ReadOnlyMemory<byte> Member, uint Revision, ReadOnlyMemory<byte> Tags)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 661;

    /// <summary>How many tags there are, always.</summary>
    public const int TagCount = 16;

    /// <summary>Reads the message.</summary>
    /// <returns>The tags, or <see langword="null"/> when the form is wrong.</returns>
    public static ConflictPut? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, keeper, member, revision) = (reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(32), reader.U32());
        var tags = reader.Bytes(TagCount * Chain.TagSize);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? new(bytes, deployment, keeper, member, revision, tags) : null;
    }

    /// <summary>Checks that it is for this keeper and deployment, of somebody on the roster, and signed by them.</summary>
    /// <returns><see langword="null"/>, <see cref="Refusal.DeploymentForeign"/>, <see cref="Refusal.CounselorUnknown"/> or <see cref="Refusal.SignatureInvalid"/>.</returns>
    public Refusal? Check(ReadOnlySpan<byte> deployment, KeeperEntry keeper, Roster roster)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        ArgumentNullException.ThrowIfNull(roster);
        if (!Deployment.Span.SequenceEqual(deployment) || !Keeper.Span.SequenceEqual(keeper.Signing.Span)) return Refusal.DeploymentForeign;
        return roster.Member(Member) is null ? Refusal.CounselorUnknown : Ed25519.CheckTail<ConflictPurpose>(Member.Span, Bytes.Span);
    }

    /// <summary>Says whether one of the tags is that of the identifier that gives y_0.</summary>
    /// <param name="start">y_0 of those who open, 64 bytes.</param>
    /// <remarks>Cost: one HMAC-SHA-512. Constant-time in the tags.</remarks>
    public bool Names(ReadOnlySpan<byte> start)
    {
        var (tag, found) = (TagOf(start, Keeper.Span, Member.Span), false);
        for (var j = 0; j < TagCount; j++) found |= CryptographicOperations.FixedTimeEquals(tag, Tags.Span.Slice(j * Chain.TagSize, Chain.TagSize));
        return found;
    }

    /// <summary>The conflict tag of an identifier, for one keeper and one person: HMAC-SHA-512(y_0, "wetoo/v1/conflict" ‖ keeper ‖ member), the first 32 bytes.</summary>
    /// <returns>32 bytes. Without y_0, which takes a quorum's evaluation, nothing can be told from it, and no two of them compared.</returns>
    public static byte[] TagOf(ReadOnlySpan<byte> start, ReadOnlySpan<byte> keeper, ReadOnlySpan<byte> member) =>
        HMACSHA512.HashData(start, (byte[])[.. "wetoo/v1/conflict"u8, .. keeper, .. member])[..Chain.TagSize];

    /// <summary>Writes and signs the message, for y_0 of each identifier, at most sixteen; random tags take the places that are left.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, KeeperEntry keeper, uint revision, IReadOnlyList<byte[]> starts, SigningKey member, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(starts.Count, TagCount);
        var writer = new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(keeper.Signing.Span).Bytes(member.PublicKey.Span).U32(revision);
        foreach (var start in starts) writer.Bytes(TagOf(start, keeper.Signing.Span, member.PublicKey.Span));
        var padding = new byte[(TagCount - starts.Count) * Chain.TagSize];
        random(padding);
        return writer.Bytes(padding).SignedBy<ConflictPurpose>(member);
    }
}
