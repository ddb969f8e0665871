using System.Text;
using WeToo.Core.Sealing;

namespace WeToo.Core.Age;

/// <summary>Writes an age file piece by piece, for what is larger than memory. <see cref="AgeFile.Encrypt"/> does it at once.</summary>
/// <remarks>C2SP age. The file is <see cref="Header"/>, then what <see cref="Seal"/> gives for each chunk in order. Constant-time in the keys and the plaintext.</remarks>
public sealed class AgeSealer : IDisposable
{
    /// <summary>Length of every chunk but the last, in bytes.</summary>
    public const int ChunkSize = AgePayload.ChunkSize;

    private readonly SecretBytes _key;
    private ulong _counter;
    private bool _ended;

    private AgeSealer(byte[] header, SecretBytes key) => (Header, _key) = (header, key);

    /// <summary>What the file begins with: the header and the nonce.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>Begins a file that any one of the recipients can open.</summary>
    /// <param name="recipients">At least one, <c>age1…</c>.</param>
    /// <param name="random">For the file key, the one-time keys and the nonce.</param>
    /// <returns>The writer, or <see langword="null"/> when there is no recipient or one is not X25519.</returns>
    public static AgeSealer? TryCreate(IReadOnlyList<string> recipients, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        ArgumentNullException.ThrowIfNull(random);
        using var fileKey = SecretBytes.Random(AgeFile.FileKeySize, random);
        var header = new StringBuilder(AgeHeader.Version).Append('\n');
        foreach (var recipient in recipients)
        {
            if (AgeRecipient.Parse(recipient) is not { } key || AgeFile.Wrap(fileKey, key, random) is not { } stanza) return null;
            AgeHeader.Write(header, stanza);
        }

        if (recipients.Count == 0) return null;
        var authenticated = Encoding.ASCII.GetBytes(header.Append("---").ToString());
        var nonce = new byte[AgePayload.NonceSize];
        random(nonce);
        return new(
            [.. authenticated, (byte)' ', .. Encoding.ASCII.GetBytes(AgeHeader.Encode(AgeFile.Mac(fileKey, authenticated))), (byte)'\n', .. nonce],
            AgePayload.Derive(fileKey, nonce, "payload"u8));
    }

    /// <summary>Seals the next chunk.</summary>
    /// <param name="chunk"><see cref="ChunkSize"/> bytes; the last one from 1 to as many, or 0 when it is the only one.</param>
    /// <param name="isLast">Whether the file ends with it.</param>
    /// <returns>16 bytes more than the chunk.</returns>
    /// <exception cref="InvalidOperationException">The file has ended.</exception>
    /// <exception cref="ArgumentException">The chunk has another length.</exception>
    public byte[] Seal(ReadOnlySpan<byte> chunk, bool isLast)
    {
        if (_ended) throw new InvalidOperationException("The age file has ended.");
        if (isLast ? chunk.Length > ChunkSize || (chunk.Length == 0 && _counter > 0) : chunk.Length != ChunkSize)
            throw new ArgumentException("No chunk of an age file has this length.", nameof(chunk));

        _ended = isLast;
        return AgePayload.Seal(_key, AgePayload.ChunkNonce(_counter++, isLast), chunk);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Never a key.</summary>
    public override string ToString() => "AgeSealer(secret)";
}
