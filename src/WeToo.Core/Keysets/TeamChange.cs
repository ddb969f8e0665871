using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Keysets;

/// <summary>Somebody of the team stands by a change of it. WEP-1, section 2.1.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Signer">Their signing key, 32 bytes.</param>
/// <param name="Before">SHA-256 of the roster that is in force, 32 bytes.</param>
/// <param name="After">SHA-256 of the roster that is to follow it, 32 bytes.</param>
public sealed record TeamChange(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> Signer, ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 177;

    /// <summary>How many people of the team it takes.</summary>
    public const int People = 2;

    /// <summary>Reads the message.</summary>
    /// <returns>The change, or <see langword="null"/> when the form is wrong.</returns>
    public static TeamChange? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, signer, before, after) = (reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(32), reader.Bytes(32));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? new(bytes, deployment, signer, before, after) : null;
    }

    /// <summary>Checks that its signer signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<TeamChangePurpose>(Signer.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, Roster before, Roster after, SigningKey signer)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(signer);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(signer.PublicKey.Span).Bytes(HashOf(before)).Bytes(HashOf(after))
            .SignedBy<TeamChangePurpose>(signer);
    }

    /// <summary>Says whether enough of the team stand by a change, as each keeper asks before it signs the keyset with the new roster.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <param name="before">The roster in force.</param>
    /// <param name="after">The roster that is to follow.</param>
    /// <param name="changes">What was signed, by whomever.</param>
    /// <returns>
    /// <see langword="null"/> when two different people of the roster in force signed exactly this change; its only one, while there is one; nobody, while there
    /// is none, for then the keepers' operators say who comes first. Else, and when fewer than two would be left of two or more, <see cref="Refusal.TwoPeopleNeeded"/>.
    /// </returns>
    /// <remarks>Cost: one Ed25519 verification for each signature that could count. Public values only.</remarks>
    public static Refusal? Check(ReadOnlySpan<byte> deployment, Roster before, Roster after, IEnumerable<TeamChange> changes)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(changes);
        var signers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
            if (change.Counts(deployment, before, after)) signers.Add(Convert.ToHexString(change.Signer.Span));

        var needed = Math.Min(People, before.Members.Count);
        return signers.Count >= needed && after.Members.Count >= needed ? null : Refusal.TwoPeopleNeeded;
    }

    private static byte[] HashOf(Roster roster) => SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text));

    private bool Counts(ReadOnlySpan<byte> deployment, Roster before, Roster after) =>
        Deployment.Span.SequenceEqual(deployment)
        && Before.Span.SequenceEqual(HashOf(before))
        && After.Span.SequenceEqual(HashOf(after))
        && before.Member(Signer) is not null
        && CheckSignature() is null;
}
