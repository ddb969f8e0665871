using WeToo.Core.Log;

namespace WeToo.Log.Store;

/// <summary>Tiles and entries of the log, as files. Only what the head has is ever written, so whatever lies there is right.</summary>
/// <param name="disk">The folder.</param>
internal sealed class TileFolder(Disk disk)
{
    /// <summary>Reads the hashes of a tile. Where the file of its width has gone, they are the first of the whole tile.</summary>
    /// <returns>The bytes, or null when neither is there.</returns>
    internal byte[]? TryRead(Tile tile)
    {
        if (disk.TryRead(tile.Path) is { } hashes) return hashes;
        return tile.IsPartial && disk.TryRead((tile with { Width = Tile.FullWidth }).Path) is { } whole ? whole[..(tile.Width * Merkle.HashSize)] : null;
    }

    /// <summary>Reads a bundle of entries, likewise.</summary>
    internal byte[]? TryReadEntries(Tile tile)
    {
        if (disk.TryRead(tile.EntriesPath) is { } bundle) return bundle;
        if (!tile.IsPartial || disk.TryRead((tile with { Width = Tile.FullWidth }).EntriesPath) is not { } whole) return null;
        return [.. Tile.TryReadEntries(whole)!.Take(tile.Width).SelectMany(entry => Tile.WriteEntry(entry.Span))];
    }

    /// <summary>The tree of some size, which the folder has.</summary>
    internal Tree TreeOf(ulong size) => new(size, (level, index) =>
    {
        var (tile, first, count) = Tile.Holding(level, index, size);
        return Tile.Hash(TryRead(tile) ?? throw new InvalidDataException("A tile of the log is missing."), first, count);
    });

    /// <summary>Writes tiles and bundles, and then drops the narrower ones before the last whole one.</summary>
    internal void Write(IReadOnlyCollection<(string Path, byte[] Bytes)> files, IEnumerable<Tile> whole)
    {
        disk.Write(files);
        foreach (var before in whole.Where(tile => tile.Index > 0).Select(tile => tile with { Index = tile.Index - 1 }))
        {
            disk.DeleteFolder(before.Path + ".p");
            if (before.Level == 0) disk.DeleteFolder(before.EntriesPath + ".p");
        }
    }
}
