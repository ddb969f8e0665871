using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Conflicts;

/// <summary>
/// Somebody of the team asks one keeper to evaluate four blinded elements, as authors do, but under their own key: they have no credential to spend on themselves, and
/// one of theirs must not be tied to their name. WEP-1, section 4.
/// </summary>
public sealed class TeamEvaluateRequest
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 265;

    private TeamEvaluateRequest(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The deployment, 16 bytes.</summary>
    public ReadOnlyMemory<byte> Deployment { get; private init; }

    /// <summary>The epoch of the keyset that they have.</summary>
    public uint Epoch { get; private init; }

    /// <summary>The day on which it was signed.</summary>
    public uint Day { get; private init; }

    /// <summary>With the key it names this request for good. 16 bytes.</summary>
    public ReadOnlyMemory<byte> RequestId { get; private init; }

    /// <summary>Who asks: a signing key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Member { get; private init; }

    /// <summary>The blinded elements B, four of them.</summary>
    public IReadOnlyList<Element> Blinded { get; private init; } = [];

    /// <summary>The encoded B[4], 128 bytes.</summary>
    public ReadOnlyMemory<byte> BlindedBytes { get; private init; }

    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when it has another length or version, or an element is not canonical.</returns>
    public static TeamEvaluateRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, epoch, day, requestId, member) = (reader.Bytes(Limits.IdSize), reader.U32(), reader.U32(), reader.Bytes(Limits.IdSize), reader.Bytes(32));
        var blindedBytes = reader.Bytes(Limits.SlipCount * Element.Size);
        reader.Bytes(Ed25519.SignatureSize);
        if (!reader.Done) return null;

        var elements = new WireReader(blindedBytes);
        Element[] blinded = [elements.Element(), elements.Element(), elements.Element(), elements.Element()];
        return !elements.Done ? null : new(bytes)
        {
            Deployment = deployment, Epoch = epoch, Day = day, RequestId = requestId, Member = member, Blinded = blinded, BlindedBytes = blindedBytes,
        };
    }

    /// <summary>Checks that somebody on the roster signed it.</summary>
    /// <returns><see langword="null"/>, <see cref="Refusal.CounselorUnknown"/> or <see cref="Refusal.SignatureInvalid"/>.</returns>
    public Refusal? Check(Roster roster)
    {
        ArgumentNullException.ThrowIfNull(roster);
        return roster.Member(Member) is null ? Refusal.CounselorUnknown : Ed25519.CheckTail<TeamEvaluationPurpose>(Member.Span, Bytes.Span);
    }

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, uint epoch, uint day, ReadOnlySpan<byte> requestId, IReadOnlyList<Element> blinded, SigningKey member)
    {
        ArgumentNullException.ThrowIfNull(blinded);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentOutOfRangeException.ThrowIfNotEqual(blinded.Count, Limits.SlipCount);
        var writer = new WireWriter().U8(Limits.Version).Bytes(deployment).U32(epoch).U32(day).Bytes(requestId).Bytes(member.PublicKey.Span);
        foreach (var element in blinded) writer.Element(element);
        return writer.SignedBy<TeamEvaluationPurpose>(member);
    }
}
