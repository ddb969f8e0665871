using System.Buffers.Binary;
using WeToo.Core.Group;

namespace WeToo.Core.Wire;

/// <summary>
/// Reads a message from front to back. The first value that is missing or out of range makes the reader fail for
/// good; what is read afterwards is empty or zero, so a parser reads everything and asks once, at the end.
/// WEP-1, section 1. Not constant-time: messages are public to those who read them.
/// </summary>
/// <param name="message">The whole message.</param>
public ref struct WireReader(ReadOnlyMemory<byte> message)
{
    private ReadOnlyMemory<byte> _rest = message;

    /// <summary>Whether something was missing, out of range or malformed.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether all was well and every byte has been read.</summary>
    public readonly bool Done => !Failed && _rest.IsEmpty;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Reads exactly <paramref name="count"/> bytes, without copying.</summary>
    public ReadOnlyMemory<byte> Bytes(int count)
    {
        if (Failed || count < 0 || count > _rest.Length)
        {
            Failed = true;
            return default;
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>Reads a u8 within a range, both ends included.</summary>
    public byte U8(byte least = 0, byte most = 255)
    {
        var bytes = Bytes(1);
        var value = bytes.IsEmpty ? (byte)0 : bytes.Span[0];
        Require(value >= least && value <= most);
        return value;
    }

    /// <summary>Reads a big-endian u16.</summary>
    public ushort U16() => Bytes(2) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes.Span) : (ushort)0;

    /// <summary>Reads a big-endian u32.</summary>
    public uint U32() => Bytes(4) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes.Span) : 0;

    /// <summary>Reads a big-endian u64.</summary>
    public ulong U64() => Bytes(8) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt64BigEndian(bytes.Span) : 0;

    /// <summary>Reads a u32 length of at most <paramref name="most"/> and as many bytes, without copying.</summary>
    public ReadOnlyMemory<byte> Vec32(int most)
    {
        var length = U32();
        Require(length <= (uint)most);
        return Failed ? default : Bytes((int)length);
    }

    /// <summary>Reads a canonical, non-identity element.</summary>
    public Element Element()
    {
        Require(Group.Element.TryParse(Bytes(Group.Element.Size).Span, out var element));
        return element;
    }

    /// <summary>Fails the reader when a condition does not hold.</summary>
    public void Require(bool condition) => Failed |= !condition;
}
