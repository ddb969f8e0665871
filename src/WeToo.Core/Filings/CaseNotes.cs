using WeToo.Core.Sealing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>What a counselor notes of one case, sealed to themselves: nobody else can read it, and nobody else can write it. WEP-1, section 12.9.</summary>
public static class CaseNotes
{
    /// <summary>Derives the key of one counselor's notes of one case, the same each time.</summary>
    /// <param name="seed">The seed of the counselor's signing key, which this key does not tell.</param>
    /// <param name="filingId">The filing, 16 bytes.</param>
    /// <returns>32 bytes: HKDF of the seed with <c>"wetoo/v1/case-notes" ‖ filing_id</c>.</returns>
    public static SecretBytes KeyFor(SecretBytes seed, ReadOnlySpan<byte> filingId)
    {
        ArgumentNullException.ThrowIfNull(seed);
        return seed.Derive([.. "wetoo/v1/case-notes"u8, .. filingId], Xchacha.KeySize);
    }

    /// <summary>Seals the whole register, always in one size.</summary>
    /// <param name="key">From <see cref="KeyFor"/>.</param>
    /// <param name="filingId">The filing, 16 bytes.</param>
    /// <param name="revision">Under which number it is kept: it opens under no other.</param>
    /// <param name="json">What is noted.</param>
    /// <param name="random">For the nonce.</param>
    /// <returns><see cref="NotesPut.SealedSize"/> bytes, or <see langword="null"/> when it is longer than <see cref="NotesPut.Text"/> holds.</returns>
    public static byte[]? Seal(SecretBytes key, ReadOnlySpan<byte> filingId, uint revision, string json, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        return PaddedText.Seal(key.Span, Label(filingId, revision), json, [NotesPut.Text], random);
    }

    /// <summary>Opens a register.</summary>
    /// <returns>The text, or <see langword="null"/> when the key, the filing, the number or the ciphertext is another one.</returns>
    public static string? Open(SecretBytes key, ReadOnlySpan<byte> filingId, uint revision, ReadOnlySpan<byte> ciphertext)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PaddedText.Open(key.Span, Label(filingId, revision), ciphertext);
    }

    private static byte[] Label(ReadOnlySpan<byte> filingId, uint revision) => new WireWriter().Bytes(filingId).U32(revision).ToArray();
}

/// <summary>What a desk leaves of its notes, and what it finds: one size, whether it looks or writes.</summary>
/// <param name="Revision">One more than the last that was left; anything else is not kept. 0 looks only.</param>
/// <param name="Sealed">The register, <see cref="SealedSize"/> bytes.</param>
public sealed record NotesPut(uint Revision, ReadOnlyMemory<byte> Sealed)
{
    /// <summary>Text in a register, with its length and padding, in bytes.</summary>
    public const int Text = 16384;

    /// <summary>Length of a sealed register, in bytes.</summary>
    public const int SealedSize = Xchacha.NonceSize + Text + Xchacha.TagSize;

    /// <summary>Length of the whole, in bytes.</summary>
    public const int Size = 4 + SealedSize;

    /// <summary>Reads what was left.</summary>
    /// <returns>It, or <see langword="null"/> when the length is another.</returns>
    public static NotesPut? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var put = new NotesPut(reader.U32(), reader.Bytes(SealedSize));
        return reader.Done ? put : null;
    }

    /// <summary>Writes it.</summary>
    public byte[] ToBytes() => new WireWriter().U32(Revision).Bytes(Sealed.Span).ToArray();
}
