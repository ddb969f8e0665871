using System.Security.Cryptography;
using WeToo.Core.Credentials;
using WeToo.Core.Keysets;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A registrar's blind signature on a pseudonym: one person, vouched for, nobody named. WEP-1, section 3.</summary>
/// <param name="Pseudonym">The Ed25519 public key vouched for, 32 bytes.</param>
/// <param name="KeyId">The first 8 bytes of the SHA-256 of the registrar's key.</param>
/// <param name="Prefix">The 32 random bytes of RFC 9474's Prepare.</param>
/// <param name="Signature">RSASSA-PSS, 256 bytes.</param>
public sealed record Credential(
    ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> KeyId, ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Length of an encoded credential, in bytes.</summary>
    public const int Size = 328;

    /// <summary>Length of <see cref="Prefix"/>, in bytes.</summary>
    public const int PrefixSize = 32;

    /// <summary>Checks the credential against the keyset's registrars.</summary>
    /// <param name="keyset">The keyset in force.</param>
    /// <param name="today">The present day; <see langword="null"/> where a key past its last day still counts, as in evidence.</param>
    /// <returns>
    /// <see langword="null"/>, <see cref="Refusal.CredentialForeign"/>, <see cref="Refusal.CredentialExpired"/> or
    /// <see cref="Refusal.CredentialInvalid"/>.
    /// </returns>
    /// <remarks>RFC 9474, section 4.5. Cost: one RSA verification. Public values only.</remarks>
    public Refusal? Check(Keyset keyset, uint? today)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        var registrar = keyset.Registrars.FirstOrDefault(key => key.KeyId.Span.SequenceEqual(KeyId.Span));
        if (registrar is null) return Refusal.CredentialForeign;
        if (today > registrar.NotAfterDay) return Refusal.CredentialExpired;

        byte[] prepared = [.. Prefix.Span, .. Message(keyset.Deployment.Span, Pseudonym.Span)];
        return BlindRsa.Verify(registrar, prepared, Signature.Span) ? null : Refusal.CredentialInvalid;
    }

    /// <summary>The message that the registrar signs unseen: "wetoo/v1/credential" ‖ deployment ‖ SHA-256(pseudonym).</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <param name="pseudonym">The pseudonym, 32 bytes.</param>
    public static byte[] Message(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> pseudonym) =>
        [.. "wetoo/v1/credential"u8, .. deployment, .. SHA256.HashData(pseudonym)];

    /// <summary>Reads a credential's four parts.</summary>
    internal static Credential Read(ref WireReader reader) =>
        new(reader.Bytes(32), reader.Bytes(8), reader.Bytes(PrefixSize), reader.Bytes(256));

    /// <summary>Appends the credential's 328 bytes.</summary>
    internal WireWriter WriteTo(WireWriter writer) =>
        writer.Bytes(Pseudonym.Span).Bytes(KeyId.Span).Bytes(Prefix.Span).Bytes(Signature.Span);

    /// <summary>Writes the credential's 328 bytes.</summary>
    public byte[] ToBytes() => WriteTo(new()).ToArray();

    /// <summary>Reads a credential that stands alone.</summary>
    /// <returns>The credential, or <see langword="null"/> when <paramref name="bytes"/> has another length than <see cref="Size"/>.</returns>
    public static Credential? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var credential = Read(ref reader);
        return reader.Done ? credential : null;
    }
}
