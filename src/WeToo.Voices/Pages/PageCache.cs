using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;

namespace WeToo.Voices.Pages;

/// <summary>
/// Finished pages in memory. A page names what it shows before it reads it (<see cref="Dependencies"/>), and each name has a number that grows when what it
/// names changes: a page that was begun before a change is never served after it, and no other page is thrown away. What only adds has a number of its own: while one
/// reader has such a page made anew, the others get it as it was, so that a thread under which many write stays quick to read.
/// </summary>
internal sealed class PageCache(long mostBytes)
{
    private readonly ConcurrentDictionary<string, long> _numbers = [];
    private readonly ConcurrentDictionary<string, long> _additions = [];
    private readonly ConcurrentDictionary<string, Page> _pages = [];
    private readonly ConcurrentDictionary<string, bool> _beingMade = [];
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _making = [];
    private long _bytes;
    private long _uses;

    /// <summary>The page at an address, if it is there, still true and whole.</summary>
    internal Page? Find(string address)
    {
        if (!_pages.TryGetValue(address, out var page)) return null;
        if (!IsTrue(page)) Remove(address, page);
        else if (page.Shows.All(shown => _additions.GetValueOrDefault(shown.Name) == shown.Additions))
        {
            page.LastUse = Interlocked.Increment(ref _uses);
            return page;
        }

        return null;
    }

    /// <summary>While somebody has a page made anew: the page as it was before something was added to it. Nothing that was changed or taken away since.</summary>
    internal Page? FindBefore(string address) => _beingMade.ContainsKey(address) && _pages.TryGetValue(address, out var page) && IsTrue(page) ? page : null;

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

    /// <summary>Has every page made anew that shows one of these, to which something was added and nothing else.</summary>
    internal void Added(IEnumerable<string> names)
    {
        foreach (var name in names) _additions.AddOrUpdate(name, 1, (_, number) => number + 1);
    }

    /// <summary>A number that grows when one of these changes, or something is added to it.</summary>
    internal long VersionOf(IReadOnlyList<string> names) => names.Sum(name => _numbers.GetValueOrDefault(name) + _additions.GetValueOrDefault(name));

    /// <summary>Lets one request make a page, and those who want the same one wait for it. Dispose of what it gives to let the next in.</summary>
    internal async Task<IDisposable> MakeAsync(string address, CancellationToken cancel)
    {
        var gate = _making.GetOrAdd(address.Length == 0 ? "" : (string.GetHashCode(address, StringComparison.Ordinal) & 0xff).ToString("x2", null), _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        _beingMade[address] = true;
        return new Turn(() =>
        {
            _beingMade.TryRemove(address, out _);
            gate.Release();
        });
    }

    private bool IsTrue(Page page) => page.Shows.All(shown => _numbers.GetValueOrDefault(shown.Name) == shown.Number);

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

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    /// <summary>Something that a page shows.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Number">How often it had changed, read before it was.</param>
    /// <param name="Additions">How often something had been added to it.</param>
    internal sealed record Shown(string Name, long Number, long Additions);

    /// <summary>What a page shows, as it says while it is made.</summary>
    internal sealed class Dependencies(PageCache cache)
    {
        private readonly Dictionary<string, Shown> _shown = [];

        /// <summary>Whether it may be kept at all.</summary>
        internal bool IsWhole => _shown.Count > 0;

        internal IReadOnlyList<Shown> All => [.. _shown.Values];

        /// <summary>Says that the page shows something; before it is read.</summary>
        internal void Show(string name) => _shown.TryAdd(name, new(name, cache._numbers.GetValueOrDefault(name), cache._additions.GetValueOrDefault(name)));
    }

    /// <summary>A finished page.</summary>
    internal sealed class Page(ReadOnlyMemory<byte> bytes, string contentType, IReadOnlyList<Shown> shows)
    {
        private readonly Lazy<ReadOnlyMemory<byte>> _brotli = new(() => Compress(bytes, memory => new BrotliStream(memory, CompressionLevel.Fastest)));
        private readonly Lazy<ReadOnlyMemory<byte>> _gzip = new(() => Compress(bytes, memory => new GZipStream(memory, CompressionLevel.Optimal)));

        internal IReadOnlyList<Shown> Shows => shows;

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
