using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WeToo.Hosting;
using Xunit;

namespace WeToo.Tests.Log;

/// <summary>A small timestamp authority, <c>openssl ts -reply</c> behind a real listener, dates checkpoints; ours and openssl verify its tokens.</summary>
public sealed class TimestampTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-tsa-").FullName;
    private WebApplication _authority = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        MakeAuthority("ca", "tsa");
        MakeAuthority("other-ca", "other-tsa");
        await File.WriteAllTextAsync(Path.Combine(_folder, "serial"), "01\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "ts.conf"), $"[tsa]\ndefault_tsa = config\n[config]\nserial = {Path.Combine(_folder, "serial")}\ndefault_policy = 1.2.3.4.1\ndigests = sha256\nsigner_digest = sha256\n", Cancel);
        var builder = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), TimeProvider.System);
        _authority = builder.Build();
        _authority.MapPost("/", ReplyAsync);
        await _authority.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _authority.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_checkpoint_has_a_token_that_openssl_verifies_too()
    {
        await using var log = await StartLogAsync("ca");
        await log.AppendAsync(RunningLog.NewEntry());
        var proof = await log.ProofAsync(0);
        using var answer = await log.TryGetAsync("v1/timestamps/1");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await File.WriteAllBytesAsync(Path.Combine(_folder, "token"), await answer.Content.ReadAsByteArrayAsync(Cancel), Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "text"), proof.Note.Text, Cancel);
        Assert.Equal(0, await OpenSslAsync("ts", "-verify", "-in", "token", "-token_in", "-data", "text", "-CAfile", "ca.pem"));
        await File.AppendAllTextAsync(Path.Combine(_folder, "text"), "x", Cancel);
        Assert.NotEqual(0, await OpenSslAsync("ts", "-verify", "-in", "token", "-token_in", "-data", "text", "-CAfile", "ca.pem"));
        using var none = await log.TryGetAsync("v1/timestamps/2");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task An_authority_that_is_not_believed_or_away_leaves_the_witnesses_date()
    {
        await using (var log = await StartLogAsync("other-ca"))
        {
            await log.AppendAsync(RunningLog.NewEntry());
            _ = await log.ProofAsync(0);
            using var none = await log.TryGetAsync("v1/timestamps/1");
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
            Assert.True(await log.SaidAsync("does not lead to a root"));
        }

        await using var away = await StartLogAsync("ca", new Uri("http://127.0.0.1:9/"));
        await away.AppendAsync(RunningLog.NewEntry());
        _ = await away.ProofAsync(0);
        Assert.True(await away.SaidAsync("gave no token"));
    }

    private async Task<RunningLog> StartLogAsync(string roots, Uri? url = null)
    {
        var log = await RunningLog.StartAsync();
        await log.StopAsync();
        (log.Options.TimestampUrl, log.Options.TimestampRootsFile) = (url ?? Hosts.AddressOf(_authority), Path.Combine(_folder, roots + ".pem"));
        await log.StartAsync();
        return log;
    }

    private async Task<IResult> ReplyAsync(HttpRequest http)
    {
        var name = Path.GetRandomFileName();
        await using (var query = File.Create(Path.Combine(_folder, name))) await http.Body.CopyToAsync(query, Cancel);
        Assert.Equal(0, await OpenSslAsync("ts", "-reply", "-config", "ts.conf", "-queryfile", name, "-inkey", "tsa.key", "-signer", "tsa.pem", "-out", name + ".tsr"));
        return Results.Bytes(await File.ReadAllBytesAsync(Path.Combine(_folder, name + ".tsr"), Cancel), "application/timestamp-reply");
    }

    private async Task<int> OpenSslAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }

    private void MakeAuthority(string root, string signer)
    {
        var (from, until) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddYears(1));
        using var rootKey = RSA.Create(2048);
        var rootRequest = new CertificateRequest($"CN={root}", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var rootCertificate = rootRequest.CreateSelfSigned(from, until);

        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={signer}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        using var certificate = request.Create(rootCertificate, from, until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(_folder, root + ".pem"), rootCertificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, signer + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, signer + ".key"), key.ExportPkcs8PrivateKeyPem());
    }
}
