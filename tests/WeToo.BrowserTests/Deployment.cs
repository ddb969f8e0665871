using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeToo.BrowserTests;

/// <summary>A fresh deployment: the real program, in a process and a folder of its own, listening on free ports.</summary>
public sealed class Deployment : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Stack<string> _invitations = [];
    private Process? _process;

    /// <summary>Where authors go.</summary>
    public Uri Vault { get; private set; } = new("about:blank");

    /// <summary>What the first counselor opens, once.</summary>
    public string CounselorLink { get; private set; } = "";

    /// <summary>What else <c>wetoo up</c> is told.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>The data folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("wetoo-browser-").FullName;

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "wetoo.dll"), "up", "--data", Folder, "--port", "0", "--demo-delay", "0", "--style", "--try", "--ready-json" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in More) start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(s_patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (!line.StartsWith("READY ", StringComparison.Ordinal)) continue;

            var ready = JsonSerializer.Deserialize<Ready>(line["READY ".Length..])!;
            (Vault, CounselorLink) = (ready.Vault, ready.CounselorLink);
            foreach (var code in ready.Invitations) _invitations.Push(code);
            return;
        }

        throw new InvalidOperationException("wetoo up ended before it was ready.");
    }

    /// <summary>An invitation code that nobody has used.</summary>
    public string NextInvitation() => _invitations.Pop();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private sealed record Ready(
        [property: JsonPropertyName("vault")] Uri Vault,
        [property: JsonPropertyName("invitations")] IReadOnlyList<string> Invitations,
        [property: JsonPropertyName("counselor_link")] string CounselorLink);
}
