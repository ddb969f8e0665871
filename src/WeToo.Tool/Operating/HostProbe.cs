using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace WeToo.Tool.Operating;

/// <summary>Whether a host answers, and until when its certificate holds.</summary>
/// <param name="Answers">Whether it answered anything at all.</param>
/// <param name="CertificateUntil">The last moment of its certificate; null without TLS.</param>
/// <param name="IsBelieved">Whether this machine believes the certificate.</param>
internal sealed record HostProbe(bool Answers, DateTimeOffset? CertificateUntil, bool IsBelieved)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks once, and reads no answer.</summary>
    internal static async Task<HostProbe> AskAsync(Uri address, CancellationToken cancel)
    {
        DateTimeOffset? until = null;
        var isBelieved = true;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = s_patience };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            until = certificate is X509Certificate2 shown ? new DateTimeOffset(shown.NotAfter.ToUniversalTime()) : null;
            return isBelieved = errors == SslPolicyErrors.None;
        };
        using var client = new HttpClient(handler) { Timeout = s_patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(address, "health"), HttpCompletionOption.ResponseHeadersRead, cancel);
            return new(true, until, isBelieved);
        }
        catch (Exception why) when (why is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new(false, until, isBelieved);
        }
    }
}
