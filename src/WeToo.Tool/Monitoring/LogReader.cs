using System.Net;
using WeToo.Core.Log;

namespace WeToo.Tool.Monitoring;

/// <summary>A log, as somebody reads it from outside. C2SP tlog-tiles.</summary>
/// <param name="client">Its base address is the log's prefix.</param>
internal sealed class LogReader(HttpClient client)
{
    /// <summary>Reads a text; null when there is none.</summary>
    internal async Task<string?> TextAsync(string path, CancellationToken cancel) =>
        await BytesAsync(path, cancel) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Reads the hashes of a tile; null when it is not there, nor a whole one in its place.</summary>
    internal async Task<byte[]?> TileAsync(Tile tile, CancellationToken cancel)
    {
        if (await BytesAsync(tile.Path, cancel) is { } hashes) return hashes.Length == tile.Width * Merkle.HashSize ? hashes : null;
        if (!tile.IsPartial || await BytesAsync((tile with { Width = Tile.FullWidth }).Path, cancel) is not { Length: Tile.FullWidth * Merkle.HashSize } whole) return null;
        return whole[..(tile.Width * Merkle.HashSize)];
    }

    /// <summary>Reads the entries of a tile of level 0; null when they are not there.</summary>
    internal async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> EntriesAsync(Tile tile, CancellationToken cancel)
    {
        var bundle = await BytesAsync(tile.EntriesPath, cancel) ?? (tile.IsPartial ? await BytesAsync((tile with { Width = Tile.FullWidth }).EntriesPath, cancel) : null);
        return bundle is not null && Tile.TryReadEntries(bundle) is { } entries && entries.Count >= tile.Width ? [.. entries.Take(tile.Width)] : null;
    }

    /// <exception cref="HttpRequestException">The log does not answer, or with something else than "there is none".</exception>
    private async Task<byte[]?> BytesAsync(string path, CancellationToken cancel)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(cancel);
    }
}
