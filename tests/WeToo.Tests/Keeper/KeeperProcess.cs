using System.Diagnostics;
using System.Text.Json;
using WeToo.Keeper;
using WeToo.Keeper.Keys;
using WeToo.Tool.Up;
using Xunit;

namespace WeToo.Tests.Keeper;

/// <summary>A keeper in a process of its own, <c>wetoo keeper --config file</c>, that a test can kill and start again on the same port.</summary>
internal sealed class KeeperProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly string _folder;
    private Process? _process;

    private KeeperProcess(string folder, string name, int port)
    {
        (_folder, Address) = (folder, new Uri($"http://127.0.0.1:{port}"));
        KeyFile.Create(Path.Combine(folder, "keeper.key"));
        using var keys = KeyFile.Read(Path.Combine(folder, "keeper.key"));
        Peer = new()
        {
            Name = name,
            StaticKey = Convert.ToHexStringLower(keys.StaticPublic.ToBytes()),
            SigningKey = Convert.ToHexStringLower(keys.Signing.PublicKey.Span),
        };
    }

    internal Uri Address { get; }

    /// <summary>This keeper, as the others know it.</summary>
    internal KeeperPeer Peer { get; }

    internal string Config => Path.Combine(_folder, "keeper.json");

    internal string DatabaseFile => Path.Combine(_folder, "keeper.db");

    internal string KeyPath => Path.Combine(_folder, "keeper.key");

    /// <summary>Keepers that know each other, not started yet.</summary>
    internal static IReadOnlyList<KeeperProcess> Prepare(string root, int count, Approval approve = Approval.Automatic)
    {
        KeeperProcess[] keepers = [.. FreePorts.Take(count).Select((port, i) => new KeeperProcess(Directory.CreateDirectory(Path.Combine(root, $"keeper-{i + 1}")).FullName, $"Keeper {i + 1}", port))];
        foreach (var keeper in keepers) keeper.WriteConfig(keepers, approve);
        return keepers;
    }

    /// <summary>Starts the process, and returns when it answers.</summary>
    internal async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "wetoo.dll"), "keeper", "--config", Config]) { RedirectStandardOutput = true };
        _process = Process.Start(start);
        using var client = new HttpClient { BaseAddress = Address };
        await Eventually.HoldsAsync(() => AnswersAsync(client), "the keeper's process answers");
    }

    /// <summary>kill -9, in the midst of things.</summary>
    internal void KillIf(bool now)
    {
        if (now) _process!.Kill();
    }

    /// <summary>kill -9, and waits until it is gone.</summary>
    internal async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
        _process = null;
    }

    internal async Task<JsonElement> DescribeAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var json = JsonDocument.Parse(await client.GetStringAsync(new Uri("v1/keeper", UriKind.Relative), TestContext.Current.CancellationToken));
        return json.RootElement.Clone();
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private void WriteConfig(KeeperProcess[] all, Approval approve) => File.WriteAllText(Config, JsonSerializer.Serialize(
        new
        {
            Keeper = new
            {
                Urls = Address.ToString(),
                Database = $"Data Source={DatabaseFile}",
                KeyFile = KeyPath,
                Peer.Name,
                ApproveKeysets = approve.ToString(),
                Peers = all.Where(other => other != this).Select(other => other.Peer),
            },
        },
        s_json));

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("v1/keeper", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
