using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WeToo.Tool.Up;

namespace WeToo.Tests;

/// <summary>A real mail server in a process of its own, Debian's <c>aiosmtpd</c>: what it takes lies in a folder, one file for each mail.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-mail-").FullName;
    private readonly int _port;
    private Process? _process;

    private MailServer(int port) => _port = port;

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"smtp://127.0.0.1:{_port}");

    /// <summary>Every mail that it took, whole, oldest first.</summary>
    public IReadOnlyList<string> Mails =>
        [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).OrderBy(File.GetCreationTimeUtc).ThenBy(path => path, StringComparer.Ordinal).Select(File.ReadAllText)];

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Starts one on a free port of the loopback address.</summary>
    public static async Task<MailServer> StartAsync()
    {
        var server = new MailServer(FreePorts.Take(1)[0]);
        await server.BeginAsync();
        return server;
    }

    /// <summary>Starts it again, on the same port.</summary>
    public async Task BeginAsync()
    {
        var start = new ProcessStartInfo("aiosmtpd", ["-n", "-l", $"127.0.0.1:{_port}", "-c", "aiosmtpd.handlers.Mailbox", Path.Combine(_folder, "box")])
        {
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        while (!await ListensAsync())
        {
            Cancel.ThrowIfCancellationRequested();
            if (_process.HasExited) throw new InvalidOperationException("aiosmtpd ended.");
        }
    }

    /// <summary>Kills it.</summary>
    public async Task EndAsync()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port, Cancel);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadLineAsync(Cancel) is { } greeting && greeting.StartsWith("220", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
