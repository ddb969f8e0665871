using WeToo.Core.Sealing;

namespace WeToo.Core.Age;

/// <summary>
/// Reads an age file piece by piece. What it gave before a piece that does not open, or before the last one, was never more than a beginning:
/// whoever acts on it must wait for the end. <see cref="AgeFile.TryDecrypt"/> waits.
/// </summary>
/// <remarks>C2SP age.</remarks>
public sealed class AgeOpener : IDisposable
{
    /// <summary>Length of every sealed chunk but the last, in bytes.</summary>
    public const int SealedChunkSize = AgePayload.ChunkSize + AgePayload.TagSize;

    private readonly SecretBytes _key;
    private ulong _counter;
    private bool _ended;

    private AgeOpener(SecretBytes key, int headerSize) => (_key, HeaderSize) = (key, headerSize);

    /// <summary>Where the first sealed chunk begins, in bytes.</summary>
    public int HeaderSize { get; }

    /// <summary>Begins to read.</summary>
    /// <param name="identity">Who opens.</param>
    /// <param name="beginning">The first bytes of the file, at least its header and nonce: 64 KiB hold more recipients than anybody names.</param>
    /// <returns>The reader, or <see langword="null"/> when the header is malformed, altered or for somebody else.</returns>
    public static AgeOpener? TryCreate(AgeIdentity identity, ReadOnlyMemory<byte> beginning)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (AgeHeader.TryParse(beginning) is not { } header || header.Payload.Length < AgePayload.NonceSize) return null;

        using var fileKey = AgeFile.FileKeyOf(identity, header);
        return fileKey is null
            ? null
            : new(AgePayload.Derive(fileKey, header.Payload.Span[..AgePayload.NonceSize], "payload"u8), beginning.Length - header.Payload.Length + AgePayload.NonceSize);
    }

    /// <summary>Opens the next chunk.</summary>
    /// <param name="sealedChunk"><see cref="SealedChunkSize"/> bytes, or fewer for the last.</param>
    /// <param name="isLast">Whether the file ends with it.</param>
    /// <returns>The plaintext, or <see langword="null"/> when it was altered, is out of place, or the file was cut short or goes on.</returns>
    public byte[]? Open(ReadOnlySpan<byte> sealedChunk, bool isLast)
    {
        if (_ended || (!isLast && sealedChunk.Length != SealedChunkSize) || sealedChunk.Length > SealedChunkSize) return null;

        _ended = isLast;
        var chunk = AgePayload.Open(_key, AgePayload.ChunkNonce(_counter, isLast), sealedChunk);
        var isEmptyEnd = isLast && chunk is { Length: 0 } && _counter > 0;
        _counter++;
        return isEmptyEnd ? null : chunk;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Never a key.</summary>
    public override string ToString() => "AgeOpener(secret)";
}
