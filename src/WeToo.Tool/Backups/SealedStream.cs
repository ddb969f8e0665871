using System.Security.Cryptography;
using WeToo.Core.Age;

namespace WeToo.Tool.Backups;

/// <summary>Seals to age recipients whatever is written through it, into a file that it closes. Without <see cref="End"/> nobody takes the file for a whole one.</summary>
internal sealed class SealedStream : Stream
{
    private readonly FileStream _target;
    private readonly AgeSealer _sealer;
    private readonly byte[] _chunk = new byte[AgeSealer.ChunkSize];
    private int _length;

    /// <exception cref="ArgumentException">There is no recipient, or one is not an age X25519 recipient.</exception>
    internal SealedStream(FileStream target, IReadOnlyList<string> recipients)
    {
        _target = target;
        _sealer = AgeSealer.TryCreate(recipients, RandomNumberGenerator.Fill) ?? throw new ArgumentException("A recipient is written age1… and made by age-keygen.");
        _target.Write(_sealer.Header.Span);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Writes the last chunk, down to the disk.</summary>
    internal void End()
    {
        _target.Write(_sealer.Seal(_chunk.AsSpan(0, _length), isLast: true));
        _target.Flush(flushToDisk: true);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // Only once more follows: a full chunk may be the last.
            if (_length == _chunk.Length)
            {
                _target.Write(_sealer.Seal(_chunk, isLast: false));
                _length = 0;
            }

            var taken = Math.Min(buffer.Length, _chunk.Length - _length);
            buffer[..taken].CopyTo(_chunk.AsSpan(_length));
            _length += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(_chunk);
        _sealer.Dispose();
        _target.Dispose();
        base.Dispose(disposing);
    }
}
