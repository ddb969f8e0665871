using System.Diagnostics.CodeAnalysis;
using WeToo.Core.Sealing;

namespace WeToo.Core.Age;

/// <summary>An age X25519 identity: who can open a file. Its secret half clears itself.</summary>
/// <remarks>C2SP age, "X25519 recipient stanza".</remarks>
public sealed class AgeIdentity : IDisposable
{
    private const string SecretPrefix = "age-secret-key-";

    private AgeIdentity(SecretBytes secret)
    {
        Secret = secret;
        PublicKey = SealedBox.PublicKey(secret);
        Recipient = Bech32.Encode(AgeRecipient.Prefix, PublicKey);
    }

    /// <summary>The recipient, <c>age1…</c>, that others seal to.</summary>
    public string Recipient { get; }

    internal SecretBytes Secret { get; }

    internal byte[] PublicKey { get; }

    /// <summary>Draws an identity.</summary>
    public static AgeIdentity Random(RandomBytes random) => new(SecretBytes.Random(SealedBox.KeySize, random));

    /// <summary>Takes an identity's 32 secret bytes.</summary>
    public static AgeIdentity FromSecret(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SealedBox.KeySize);
        return new(new(secret));
    }

    /// <summary>Reads <c>AGE-SECRET-KEY-1…</c>.</summary>
    /// <returns>The identity, or <see langword="null"/> when the text is none.</returns>
    public static AgeIdentity? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Bech32.TryDecode(SecretPrefix, text) is { Length: SealedBox.KeySize } secret ? new(SecretBytes.Take(secret)) : null;
    }

    /// <summary>Writes <c>AGE-SECRET-KEY-1…</c>, for its owner to keep.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Upper case is the format's.")]
    public string Export() => Bech32.Encode(SecretPrefix, Secret.Span).ToUpperInvariant();

    /// <inheritdoc/>
    public void Dispose() => Secret.Dispose();

    /// <summary>Never the secret.</summary>
    public override string ToString() => "AgeIdentity(secret)";
}

/// <summary>Whom an age file can be sealed to.</summary>
public static class AgeRecipient
{
    internal const string Prefix = "age";

    /// <summary>Says whether a text is an X25519 recipient.</summary>
    public static bool IsValid(string text) => Parse(text) is not null;

    internal static byte[]? Parse(string text) => Bech32.TryDecode(Prefix, text) is { Length: SealedBox.KeySize } key ? key : null;
}
