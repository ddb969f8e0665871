using System.IO.Compression;
using System.Net;

namespace WeToo.Tool.Verifying;

/// <summary>What came for one request.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">All of its headers, names in lower case.</param>
/// <param name="Bytes">Its body, decompressed; null when it does not decompress or is longer than any file of ours.</param>
internal sealed record Answer(int Status, ILookup<string, string> Headers, byte[]? Bytes);

/// <summary>
/// A way to ask for a page. A site must not serve one person other bytes than another: so it is asked as several would ask, from a phone and a
/// computer, with each compression, with a cookie and without.
/// </summary>
/// <param name="Name">Who, for people.</param>
/// <param name="UserAgent">What their browser says it is; empty for a program that does not say.</param>
/// <param name="Encoding">What it understands.</param>
/// <param name="Language">What they read.</param>
/// <param name="Cookie">What they bring along.</param>
internal sealed record SiteVisitor(string Name, string UserAgent, string Encoding, string Language, string Cookie = "")
{
    private const int LongestFile = 4 * 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    internal static IReadOnlyList<SiteVisitor> All { get; } =
    [
        new("a program", "", "", ""),
        new("Chrome on a phone", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "gzip, deflate, br, zstd", "en-GB,en;q=0.9"),
        new("Safari on a phone", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "gzip, deflate, br", "ar"),
        new("Firefox or Tor Browser", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "gzip, deflate", "fr-FR,fr;q=0.5", "seen=1"),
    ];

    /// <summary>Somebody who follows no redirect, keeps no cookie and reads every byte.</summary>
    internal static HttpClient NewClient(Uri site) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None })
    {
        BaseAddress = site,
        Timeout = s_patience,
        MaxResponseContentBufferSize = LongestFile,
    };

    internal async Task<Answer> AskAsync(HttpClient client, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("User-Agent", UserAgent), ("Accept-Encoding", Encoding), ("Accept-Language", Language), ("Cookie", Cookie)])
        {
            if (value.Length > 0) request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        var headers = answer.Headers.Concat(answer.Content.Headers).Concat(answer.TrailingHeaders)
            .SelectMany(header => header.Value.Select(value => (header.Key, value))).ToLookup(header => header.Key.ToLowerInvariant(), header => header.value);
        return new((int)answer.StatusCode, headers, Decompress(body, headers["content-encoding"].SingleOrDefault() ?? ""));
    }

    private static byte[]? Decompress(byte[] body, string encoding)
    {
        using var memory = new MemoryStream(body);
        using Stream? stream = encoding switch
        {
            "" => memory,
            "br" => new BrotliStream(memory, CompressionMode.Decompress),
            "gzip" => new GZipStream(memory, CompressionMode.Decompress),
            "deflate" => new ZLibStream(memory, CompressionMode.Decompress),
            _ => null,
        };
        try
        {
            return stream is null ? null : ReadAll(stream);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static byte[]? ReadAll(Stream stream)
    {
        using var plain = new MemoryStream();
        var part = new byte[65536];
        while (stream.Read(part) is var count and > 0)
        {
            plain.Write(part.AsSpan(0, count));
            if (plain.Length > LongestFile) return null;
        }

        return plain.ToArray();
    }
}
