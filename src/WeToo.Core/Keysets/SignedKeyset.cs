using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core.Signing;

namespace WeToo.Core.Keysets;

/// <summary>One keeper's word for a keyset.</summary>
/// <param name="Index">The keeper's share index.</param>
/// <param name="Signature">Ed25519, purpose <see cref="KeysetPurpose"/>, over the keyset's text, 64 bytes.</param>
public sealed record KeysetSignature(byte Index, ReadOnlyMemory<byte> Signature);

/// <summary>A keyset with its roster, signed by every one of its keepers. WEP-1, section 2.</summary>
public sealed class SignedKeyset
{
    private SignedKeyset(Keyset keyset, Roster roster, IReadOnlyList<KeysetSignature> signatures) =>
        (Keyset, Roster, Signatures) = (keyset, roster, signatures);

    /// <summary>The keyset.</summary>
    public Keyset Keyset { get; }

    /// <summary>The roster that the keyset binds.</summary>
    public Roster Roster { get; }

    /// <summary>The signatures, all valid, one or more for each keeper.</summary>
    public IReadOnlyList<KeysetSignature> Signatures { get; }

    /// <summary>Puts a keyset, its roster and the signatures together, and checks them.</summary>
    /// <returns><see langword="null"/> when the roster is another one, or a keeper's valid signature is missing.</returns>
    /// <remarks>Cost: one Ed25519 verification for each keeper.</remarks>
    public static SignedKeyset? TryCreate(Keyset keyset, Roster roster, IReadOnlyList<KeysetSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(signatures);
        var rosterIsBound = SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text)).AsSpan().SequenceEqual(keyset.RosterSha256.Span);
        var text = Encoding.UTF8.GetBytes(keyset.Text);
        var allSigned = keyset.Keepers.All(keeper => signatures.Any(s =>
            s.Index == keeper.Index && Ed25519.Verify<KeysetPurpose>(keeper.Signing.Span, text, s.Signature.Span)));
        return rosterIsBound && allSigned ? new(keyset, roster, signatures) : null;
    }

    /// <summary>Reads the answer of <c>GET /v1/keyset</c> and checks all of it.</summary>
    /// <returns>The keyset, or <see langword="null"/> when anything does not verify.</returns>
    public static SignedKeyset? TryParse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (JsonFields.TryParse(json) is not { } fields) return null;

        var keyset = Keyset.TryParse(fields.Text("keyset"));
        var roster = Roster.TryParse(fields.Text("roster"));
        var signatures = fields.Items("signatures", s => new KeysetSignature(s.Byte("index"), s.Hex("signature", Ed25519.SignatureSize)));
        return fields.Failed || keyset is null || roster is null ? null : TryCreate(keyset, roster, signatures);
    }

    /// <summary>Writes what <c>GET /v1/keyset</c> answers.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        keyset = Keyset.Text,
        roster = Roster.Text,
        signatures = Signatures.Select(s => new { index = s.Index, signature = Convert.ToHexStringLower(s.Signature.Span) }),
    });

    /// <summary>Says whether an app that pinned this keyset may accept another without asking the person.</summary>
    /// <remarks>
    /// That the other's own keepers signed it says nothing: anybody can invent keepers whose points combine to y and z. A quorum of the keepers
    /// known so far must have signed it. Cost: an Ed25519 verification for each keeper and signature.
    /// </remarks>
    public bool MayBeFollowedBy(SignedKeyset next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var text = Encoding.UTF8.GetBytes(next.Keyset.Text);
        var agreed = Keyset.Keepers.Count(keeper => next.Signatures.Any(s => Ed25519.Verify<KeysetPurpose>(keeper.Signing.Span, text, s.Signature.Span)));
        return next.Keyset.Deployment.Span.SequenceEqual(Keyset.Deployment.Span)
            && next.Keyset.Y.Equals(Keyset.Y)
            && next.Keyset.Z.Equals(Keyset.Z)
            && next.Keyset.Revision >= Keyset.Revision
            && agreed >= Keyset.Quorum;
    }
}
