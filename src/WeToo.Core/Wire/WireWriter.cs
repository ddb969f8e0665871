using System.Buffers;
using System.Buffers.Binary;
using WeToo.Core.Group;
using WeToo.Core.Signing;

namespace WeToo.Core.Wire;

/// <summary>Writes a message from front to back, in the encoding of WEP-1, section 1.</summary>
public sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _message = new(1024);

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _message.WrittenSpan;

    /// <summary>Appends bytes as they are.</summary>
    public WireWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _message.Write(bytes);
        return this;
    }

    /// <summary>Appends a u8.</summary>
    public WireWriter U8(byte value) => Bytes([value]);

    /// <summary>Appends a big-endian u16.</summary>
    public WireWriter U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_message.GetSpan(2), value);
        _message.Advance(2);
        return this;
    }

    /// <summary>Appends a big-endian u32.</summary>
    public WireWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_message.GetSpan(4), value);
        _message.Advance(4);
        return this;
    }

    /// <summary>Appends a big-endian u64.</summary>
    public WireWriter U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_message.GetSpan(8), value);
        _message.Advance(8);
        return this;
    }

    /// <summary>Appends a u32 length and the bytes.</summary>
    public WireWriter Vec32(ReadOnlySpan<byte> bytes) => U32((uint)bytes.Length).Bytes(bytes);

    /// <summary>Appends an element's 32 bytes.</summary>
    public WireWriter Element(Element element)
    {
        element.CopyTo(_message.GetSpan(Group.Element.Size));
        _message.Advance(Group.Element.Size);
        return this;
    }

    /// <summary>Ends a signed message: what was written ‖ signature[64].</summary>
    /// <typeparam name="TPurpose">What the signature is for.</typeparam>
    public byte[] SignedBy<TPurpose>(SigningKey key)
        where TPurpose : IPurpose
    {
        ArgumentNullException.ThrowIfNull(key);
        return [.. Written, .. key.Sign<TPurpose>(Written)];
    }

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => _message.WrittenSpan.ToArray();
}
