namespace WeToo.Core.Signing;

/// <summary>Signatures for one purpose each. WEP-1, section 1.1.</summary>
public static class Ed25519
{
    /// <summary>Length of a public key, in bytes.</summary>
    public const int PublicKeySize = 32;

    /// <summary>Length of a signature, in bytes.</summary>
    public const int SignatureSize = 64;

    /// <summary>Checks a signature.</summary>
    /// <typeparam name="TPurpose">What it must have been made for.</typeparam>
    /// <returns>
    /// <see langword="false"/> when a length is wrong, the key is of small order or not canonical, or the signature
    /// is not one of this message for this purpose.
    /// </returns>
    /// <remarks>RFC 8032, section 5.1.7, as libsodium does it: strict, cofactorless. Everything here is public.</remarks>
    public static bool Verify<TPurpose>(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        where TPurpose : IPurpose
    {
        if (publicKey.Length != PublicKeySize || signature.Length != SignatureSize) return false;

        var preimage = Preimage<TPurpose>(message);
        return SodiumSign.crypto_sign_ed25519_verify_detached(signature, preimage, (ulong)preimage.Length, publicKey) == 0;
    }

    /// <summary>Checks a signature of a signed note, whose format is not ours and has no purpose in it. Only log and witness keys make such signatures, and no others.</summary>
    internal static bool VerifyNote(ReadOnlySpan<byte> publicKey, byte[] text, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeySize && signature.Length == SignatureSize
        && SodiumSign.crypto_sign_ed25519_verify_detached(signature, text, (ulong)text.Length, publicKey) == 0;

    /// <summary>Splits a message from the signature at its end, and checks it.</summary>
    /// <typeparam name="TPurpose">What it must have been made for.</typeparam>
    /// <param name="publicKey">The signer's key, 32 bytes.</param>
    /// <param name="signedMessage">message ‖ signature[64].</param>
    /// <returns><see langword="null"/>, or <see cref="Refusal.SignatureInvalid"/>.</returns>
    public static Refusal? CheckTail<TPurpose>(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signedMessage)
        where TPurpose : IPurpose =>
        signedMessage.Length >= SignatureSize && Verify<TPurpose>(publicKey, signedMessage[..^SignatureSize], signedMessage[^SignatureSize..])
            ? null
            : Refusal.SignatureInvalid;

    /// <summary>The bytes that a signature for <typeparamref name="TPurpose"/> covers: length(tag) ‖ tag ‖ message.</summary>
    /// <typeparam name="TPurpose">The purpose.</typeparam>
    internal static byte[] Preimage<TPurpose>(ReadOnlySpan<byte> message)
        where TPurpose : IPurpose =>
        [checked((byte)TPurpose.Tag.Length), .. TPurpose.Tag, .. message];
}
