using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;

namespace WeToo.Voices.Pages;

/// <summary>
/// Finished pages in memory. A page names what it shows before it reads it (<see cref="Dependencies"/>), and each name has a number that grows when what it
/// names changes: a page that was begun before a change is never served after it, and no other page is thrown away.
/// </summary>
internal sealed class PageCache(long mostBytes)
{
    private readonly ConcurrentDictionary<string, long> _numbers = [];
    private readonly ConcurrentDictionary<string, Page> _pages = [];
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _making = [];
    private long _bytes;
    private long _uses;

    /// <summary>The page at an address, if it is there and still true.</summary>
    internal Page? Find(string address)
    {
        if (!_pages.TryGetValue(address, out var page)) return null;
        if (page.Shows.All(shown => NumberOf(shown.Name) == shown.Number))
        {
            page.LastUse = Interlocked.Increment(ref _uses);
            return page;
        }

        Remove(address, page);
        return null;
    }

    /// <summary>Keeps a page.</summary>
    internal void Keep(string address, Page page)
    {
        if (page.Size > mostBytes / 4) return;

        page.LastUse = Interlocked.Increment(ref _uses);
        if (_pages.TryGetValue(address, out var old)) Remove(address, old);
        if (_pages.TryAdd(address, page)) Interlocked.Add(ref _bytes, page.Size);
        if (Interlocked.Read(ref _bytes) > mostBytes) MakeRoom();
    }

    /// <summary>Has every page made anew that shows one of these.</summary>
    internal void Changed(IEnumerable<string> names)
    {
        foreach (var name in names) _numbers.AddOrUpdate(name, 1, (_, number) => number + 1);
    }

    /// <summary>The number of a name, to be read before what it names.</summary>
    internal long NumberOf(string name) => _numbers.GetValueOrDefault(name);

    /// <summary>Lets one request make a page, and those who want the same one wait for it. Dispose of what it gives to let the next in.</summary>
    internal async Task<IDisposable> MakeAsync(string address, CancellationToken cancel)
    {
        var gate = _making.GetOrAdd(address.Length == 0 ? "" : (string.GetHashCode(address, StringComparison.Ordinal) & 0xff).ToString("x2", null), _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        return new Turn(gate);
    }

    private void Remove(string address, Page page)
    {
        if (_pages.TryRemove(new KeyValuePair<string, Page>(address, page))) Interlocked.Add(ref _bytes, -page.Size);
    }

    /// <summary>Half goes, that which was longest not asked for.</summary>
    private void MakeRoom()
    {
        foreach (var (address, page) in _pages.ToArray().OrderBy(entry => entry.Value.LastUse))
        {
            if (Interlocked.Read(ref _bytes) <= mostBytes / 2) return;
            Remove(address, page);
        }
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    /// <summary>What a page shows, as it says while it is made.</summary>
    internal sealed class Dependencies(PageCache cache)
    {
        private readonly Dictionary<string, long> _numbers = [];

        /// <summary>Whether it may be kept at all.</summary>
        internal bool IsWhole => _numbers.Count > 0;

        internal IReadOnlyList<(string Name, long Number)> Shown => [.. _numbers.Select(pair => (pair.Key, pair.Value))];

        /// <summary>Says that the page shows something; before it is read.</summary>
        internal void Show(string name) => _numbers.TryAdd(name, cache.NumberOf(name));
    }

    /// <summary>A finished page.</summary>
    internal sealed class Page(ReadOnlyMemory<byte> bytes, string contentType, IReadOnlyList<(string Name, long Number)> shows)
    {
        private readonly Lazy<ReadOnlyMemory<byte>> _brotli = new(() => Compress(bytes, memory => new BrotliStream(memory, CompressionLevel.Fastest)));
        private readonly Lazy<ReadOnlyMemory<byte>> _gzip = new(() => Compress(bytes, memory => new GZipStream(memory, CompressionLevel.Optimal)));

        internal IReadOnlyList<(string Name, long Number)> Shows => shows;

        internal string ContentType => contentType;

        /// <summary>Weak, since it is the same for each encoding.</summary>
        internal string ETag { get; } = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span)[..16])}\"";

        internal long LastUse { get; set; }

        /// <summary>About what it takes, with its compressed forms.</summary>
        internal long Size => 2L * bytes.Length;

        internal (string Encoding, ReadOnlyMemory<byte> Bytes) For(string accepts) =>
            accepts.Contains("br", StringComparison.Ordinal) ? ("br", _brotli.Value)
            : accepts.Contains("gzip", StringComparison.Ordinal) ? ("gzip", _gzip.Value)
            : ("", bytes);

        private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> bytes, Func<Stream, Stream> open)
        {
            using var memory = new MemoryStream();
            using (var compressing = open(memory)) compressing.Write(bytes.Span);
            return memory.ToArray();
        }
    }
}
