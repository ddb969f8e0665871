using WeToo.Core.Age;

namespace WeToo.Tool.Backups;

/// <summary>What an age file holds; closes the file. Only who has read to its end knows that it is whole.</summary>
internal sealed class OpenedStream : Stream
{
    private const int LongestHeader = 64 * 1024;

    private readonly FileStream _file;
    private readonly AgeOpener _opener;
    private readonly byte[] _sealed = new byte[AgeOpener.SealedChunkSize];
    private ReadOnlyMemory<byte> _left;
    private bool _ended;

    /// <exception cref="InvalidDataException">It is no age file, or for none of these identities.</exception>
    internal OpenedStream(FileStream file, IReadOnlyList<AgeIdentity> identities)
    {
        _file = file;
        var beginning = new byte[LongestHeader];
        beginning = beginning[..file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)];
        _opener = identities.Select(identity => AgeOpener.TryCreate(identity, beginning)).FirstOrDefault(opener => opener is not null)
            ?? throw new InvalidDataException("The backup does not open with this identity, or it is no backup.");
        file.Position = _opener.HeaderSize;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (_left.IsEmpty && !_ended) OpenNext();
        var taken = Math.Min(buffer.Length, _left.Length);
        _left.Span[..taken].CopyTo(buffer);
        _left = _left[taken..];
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _opener.Dispose();
        _file.Dispose();
        base.Dispose(disposing);
    }

    private void OpenNext()
    {
        var length = _file.ReadAtLeast(_sealed, _sealed.Length, throwOnEndOfStream: false);
        _ended = _file.Position == _file.Length;
        _left = _opener.Open(_sealed.AsSpan(0, length), _ended) ?? throw new InvalidDataException("The backup was altered or cut short.");
    }
}
