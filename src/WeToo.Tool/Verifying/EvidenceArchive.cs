using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Evidence;

namespace WeToo.Tool.Verifying;

/// <summary>Reads a package from its archive, in a stretch of memory that does not grow with its files. Nothing is written anywhere.</summary>
internal sealed class EvidenceArchive(Stream archive)
{
    private readonly ZipForm _form = new();
    private readonly Dictionary<string, PackagedFile> _files = new(StringComparer.Ordinal);
    private readonly byte[] _piece = new byte[1024 * 1024];
    private readonly byte[] _head = new byte[ZipForm.HeadSize + ZipForm.LongestName];

    /// <returns>The package; null when one byte between its files differs from what we write, a name comes twice or must not be there, or something is missing at its end.</returns>
    internal static async Task<EvidencePackage?> ReadAsync(FileInfo file, CancellationToken cancel)
    {
        await using var archive = file.OpenRead();
        var reader = new EvidenceArchive(archive);
        return await reader.ReadAsync(cancel) ? new(reader._files) : null;
    }

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        while (await ReadHeadAsync(cancel) is { } head)
        {
            if (!await ReadFileAsync(head, cancel)) return false;
        }

        var end = _form.End();
        var left = archive.Length - archive.Position;
        if (_files.Count == 0 || left != end.Length) return false;

        var found = new byte[end.Length];
        await archive.ReadExactlyAsync(found, cancel);
        return found.AsSpan().SequenceEqual(end);
    }

    /// <summary>The head of the next file; null, with nothing read, where none begins.</summary>
    private async Task<(uint Sum, uint Size, int NameSize)?> ReadHeadAsync(CancellationToken cancel)
    {
        var start = archive.Position;
        var count = await archive.ReadAtLeastAsync(_head.AsMemory(0, ZipForm.HeadSize), ZipForm.HeadSize, throwOnEndOfStream: false, cancel);
        if (ZipForm.TryReadHead(_head.AsSpan(0, count)) is { } head && start + ZipForm.HeadSize + head.NameSize + head.Size <= archive.Length) return head;

        archive.Position = start;
        return null;
    }

    private async Task<bool> ReadFileAsync((uint Sum, uint Size, int NameSize) head, CancellationToken cancel)
    {
        await archive.ReadExactlyAsync(_head.AsMemory(ZipForm.HeadSize, head.NameSize), cancel);
        var name = Encoding.UTF8.GetString(_head.AsSpan(ZipForm.HeadSize, head.NameSize));
        var isRead = !EvidencePackage.IsHeldByHash(name);
        if (!EvidencePackage.IsName(name) || _files.Count == EvidencePackage.MostFiles || (isRead && head.Size > EvidencePackage.LongestRead)) return false;
        if (!_head.AsSpan(0, ZipForm.HeadSize + head.NameSize).SequenceEqual(_form.Head(name, head.Size, head.Sum))) return false;

        var kept = new MemoryStream(isRead ? (int)head.Size : 0);
        var sum = new Crc32();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long left = head.Size; left > 0;)
        {
            var count = await archive.ReadAsync(_piece.AsMemory(0, (int)Math.Min(left, _piece.Length)), cancel);
            if (count == 0) return false;
            Take(_piece.AsSpan(0, count), hash, sum, isRead ? kept : null);
            left -= count;
        }

        return _files.TryAdd(name, new(head.Size, Convert.ToHexStringLower(hash.GetHashAndReset()), kept.ToArray(), sum.Value == head.Sum));
    }

    private static void Take(ReadOnlySpan<byte> piece, IncrementalHash hash, Crc32 sum, MemoryStream? kept)
    {
        hash.AppendData(piece);
        sum.Append(piece);
        kept?.Write(piece);
    }
}
