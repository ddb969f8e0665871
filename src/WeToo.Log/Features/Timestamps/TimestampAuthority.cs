using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WeToo.Log.Features.Timestamps;

/// <summary>An authority that says when it saw something, beside the witnesses: RFC 3161, over SHA-256 of a checkpoint's text.</summary>
internal sealed partial class TimestampAuthority : IDisposable
{
    private const int LongestToken = 64 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient? _client;
    private readonly X509Certificate2Collection _roots = [];
    private readonly ILogger<TimestampAuthority> _log;

    public TimestampAuthority(LogOptions options, ILogger<TimestampAuthority> log)
    {
        _log = log;
        if (options.TimestampUrl is not { } url) return;

        _roots.ImportFromPemFile(options.TimestampRootsFile);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = url, Timeout = s_patience, MaxResponseContentBufferSize = LongestToken,
        };
    }

    /// <summary>Asks for a token and verifies it.</summary>
    /// <param name="text">The checkpoint's text.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The token in DER; null when there is no authority, or none that answers with one that holds.</returns>
    internal async Task<byte[]?> StampAsync(string text, CancellationToken cancel)
    {
        if (_client is null) return null;

        try
        {
            var request = Rfc3161TimestampRequest.CreateFromData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8), requestSignerCertificates: true);
            using var body = new ByteArrayContent(request.Encode());
            body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var answer = await _client.PostAsync(new Uri("", UriKind.Relative), body, cancel);
            answer.EnsureSuccessStatusCode();
            var token = request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(cancel), out _); // Throws for another nonce, another text, or a refusal.
            if (Holds(token, text)) return token.AsSignedCms().Encode();

            Distrusted(_log);
            return null;
        }
        catch (Exception why) when (why is HttpRequestException or CryptographicException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            Failed(_log, why.HResult);
            return null;
        }
    }

    /// <summary>Whether a token is of this text, and leads to an authority that is believed.</summary>
    internal bool Holds(Rfc3161TimestampToken token, string text)
    {
        if (!token.VerifySignatureForData(Encoding.UTF8.GetBytes(text), out var certificate, token.AsSignedCms().Certificates) || certificate is null) return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // It would ask others.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime;
        return chain.Build(certificate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        foreach (var root in _roots) root.Dispose();
    }

    [LoggerMessage(1, LogLevel.Warning, "The timestamp authority gave no token, error {HResult:x8}: the checkpoint goes without one")]
    private static partial void Failed(ILogger logger, int hResult);

    [LoggerMessage(2, LogLevel.Warning, "The timestamp authority's token does not lead to a root that is believed: the checkpoint goes without one")]
    private static partial void Distrusted(ILogger logger);
}
