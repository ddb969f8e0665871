using System.Buffers.Binary;
using System.Text;

namespace WeToo.Core.Evidence;

/// <summary>What stands between the files of a package's archive: ZIP, stored, of one form for the same files. PKWARE APPNOTE 6.3; spec/evidence.md.</summary>
public sealed class ZipForm
{
    /// <summary>Length of what stands before a file, without its name, in bytes.</summary>
    public const int HeadSize = 30;

    /// <summary>The longest name, in bytes.</summary>
    public const int LongestName = 100;

    private const ushort FirstDay = 0x21; // 1980-01-01.

    private readonly List<byte> _list = [];
    private ushort _count;
    private uint _at;

    /// <summary>What stands before a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">Its length, in bytes.</param>
    /// <param name="sum">Its CRC-32.</param>
    public byte[] Head(string name, uint size, uint sum)
    {
        ArgumentNullException.ThrowIfNull(name);
        var title = Encoding.UTF8.GetBytes(name);
        byte[] common = [.. Le(20, 2), .. Le(0, 2), .. Le(0, 2), .. Le(0, 2), .. Le(FirstDay, 2), .. Le(sum, 4), .. Le(size, 4), .. Le(size, 4), .. Le((uint)title.Length, 2), .. Le(0, 2)];
        _list.AddRange([(byte)'P', (byte)'K', 1, 2, .. Le(20, 2), .. common, .. new byte[10], .. Le(_at, 4), .. title]);
        _count++;
        _at = unchecked(_at + (uint)(HeadSize + title.Length) + size);
        return [(byte)'P', (byte)'K', 3, 4, .. common, .. title];
    }

    /// <summary>What stands after the last file.</summary>
    public byte[] End() => [.. _list, (byte)'P', (byte)'K', 5, 6, .. new byte[4], .. Le(_count, 2), .. Le(_count, 2), .. Le((uint)_list.Count, 4), .. Le(_at, 4), .. new byte[2]];

    /// <summary>Reads what stands before a file.</summary>
    /// <param name="head">At least <see cref="HeadSize"/> bytes.</param>
    /// <returns>The stated sum and length, and the length of the name; <see langword="null"/> where no file begins.</returns>
    public static (uint Sum, uint Size, int NameSize)? TryReadHead(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeadSize || !head.StartsWith("PK\x03\x04"u8)) return null;

        var nameSize = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]);
        return nameSize <= LongestName ? (BinaryPrimitives.ReadUInt32LittleEndian(head[14..]), BinaryPrimitives.ReadUInt32LittleEndian(head[18..]), nameSize) : null;
    }

    private static byte[] Le(uint value, int size)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes[..size];
    }
}

/// <summary>CRC-32 of bytes that come in pieces: it finds accidents, and stops nobody.</summary>
public sealed class Crc32
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(Row)];

    private uint _sum = uint.MaxValue;

    /// <summary>The sum of all bytes so far.</summary>
    public uint Value => ~_sum;

    /// <summary>Takes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes) _sum = s_table[(_sum ^ one) & 0xff] ^ (_sum >> 8);
    }

    private static uint Row(int index)
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? 0xedb88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
