using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Core.Sealing;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using WeToo.Vault;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What a vault and its surroundings are made for. Everything has a default that holds in tests.</summary>
internal sealed record VaultPlan
{
    internal Engine Engine { get; init; } = Engine.Sqlite;

    internal int CounselorCount { get; init; } = 1;

    /// <summary>What the counselors are there for, when not to listen.</summary>
    internal IReadOnlyList<TeamRole> Roles { get; init; } = [];

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the matcher is there from the start.</summary>
    internal bool MatcherIsThere { get; init; } = true;

    internal KeeperSetPlan Keepers { get; init; } = new();

    /// <summary>Changes the vault's settings before it starts.</summary>
    internal Action<VaultOptions> Settings { get; init; } = _ => { };
}

/// <summary>A real vault on a loopback port, with real keepers, counselors whose keys a test knows, and a matcher that only listens.</summary>
internal sealed class VaultSet : IAsyncDisposable
{
    private static readonly string[] s_tables = ["filings", "tombstones", "consents", "cases", "opening_signatures", "addenda", "boxes", "outbox", "invitations", "stops", "freezes", "asked_stops", "handovers", "case_notes", "meets", "meet_vouches", "meet_puts", "mailboxes", "mail", "mail_parts", "note_boxes", "friend_notes"];

    private readonly TestDatabase _database;
    private readonly VaultOptions _options;
    private readonly string _folder;
    private WebApplication? _app;

    private VaultSet(VaultPlan plan, KeeperSet keepers, IReadOnlyList<TestCounselor> counselors, SecretBytes matcherSecret, TestDatabase database, string folder)
    {
        (Keepers, Counselors, MatcherSecret, _database, _folder, Time) = (keepers, counselors, matcherSecret, database, folder, plan.Time);
        _options = new VaultOptions
        {
            Urls = "http://127.0.0.1:0",
            Database = database.Connection,
            KeysetFile = Path.Combine(folder, "keyset.json"),
            MatcherKeyFile = Path.Combine(folder, "shared.key"),
            RegistrarUrl = new Uri("http://127.0.0.1:9"),
            OpenUnready = true,
            Keepers = [.. keepers.Keepers.Select((keeper, i) => new KeeperAddress { Index = i + 1, Url = keeper.Address })],
        };
    }

    internal KeeperSet Keepers { get; }

    internal IReadOnlyList<TestCounselor> Counselors { get; }

    /// <summary>Opens slips boxes.</summary>
    internal SecretBytes MatcherSecret { get; }

    internal RecordingMatcher Matcher { get; } = new();

    internal ListeningLog Log { get; } = new();

    /// <summary>Asks the vault; its base address is where it listens now.</summary>
    internal HttpClient Client { get; private set; } = new();

    internal WebApplication App => _app!;

    /// <summary>To look into what the vault wrote.</summary>
    internal Database Database => _database.Database;

    internal string Connection => _database.Connection;

    /// <summary>The keyset of the start.</summary>
    internal SignedKeyset Keyset => Keepers.Signed;

    /// <summary>What the matcher shows to the vault.</summary>
    internal string Bearer => Convert.ToHexStringLower(File.ReadAllBytes(_options.MatcherKeyFile));

    /// <summary>The clock that the vault goes by.</summary>
    internal TimeProvider Time { get; }

    internal uint Today => Keeper.Author.Today(Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<VaultSet> StartAsync(VaultPlan? wanted = null)
    {
        var plan = wanted ?? new();
        var secret = SecretBytes.Random(32, RandomNumberGenerator.Fill);
        TestCounselor[] counselors = [.. Enumerable.Range(1, plan.CounselorCount).Select(i => new TestCounselor($"Counselor {i}"))];
        TeamMember[] entries = [.. counselors.Select((counselor, i) => counselor.Entry with { Role = i < plan.Roles.Count ? plan.Roles[i] : TeamRole.Counselor })];
        var around = plan.Keepers with { Engine = plan.Engine, Time = plan.Time, Matcher = SealedBox.PublicKey(secret), Counselors = entries };
        var keepers = await KeeperSet.StartAsync(around);
        var folder = Directory.CreateTempSubdirectory("wetoo").FullName;
        var set = new VaultSet(plan, keepers, counselors, secret, await Engines.CreateAsync(plan.Engine, typeof(VaultHost).Assembly), folder);
        await set.Matcher.StartAsync();
        if (!plan.MatcherIsThere) await set.Matcher.StopAsync();
        set._options.MatcherUrl = set.Matcher.Address;
        await File.WriteAllTextAsync(set._options.KeysetFile, keepers.Signed.ToJson(), Cancel);
        plan.Settings(set._options);
        await set.StartVaultAsync();
        return set;
    }

    internal async Task StartVaultAsync()
    {
        _app = await VaultHost.StartAsync(_options, Time, logging => logging.ClearProviders().AddProvider(Log), Cancel);
        Client.Dispose();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Hosts.AddressOf(_app) };
    }

    /// <summary>Writes what a command needs to find this vault's database.</summary>
    /// <returns>The settings file.</returns>
    internal async Task<string> WriteSettingsAsync()
    {
        var path = Path.Combine(_folder, "vault.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { Vault = new { Database = Connection, _options.MatcherKeyFile } }), Cancel);
        return path;
    }

    internal async Task StopVaultAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Sends bytes.</summary>
    /// <returns>The answer's bytes, or why not.</returns>
    internal async Task<(byte[] Bytes, Refusal? Refusal)> SendAsync(HttpMethod method, string path, byte[] message, string? header = null, string? value = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = method == HttpMethod.Get ? null : new ByteArrayContent(message) };
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await Client.SendAsync(request, Cancel);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent
            ? (bytes, null)
            : ([], Problems.TryRead(bytes) ?? throw new InvalidDataException($"{answer.StatusCode} is no problem we know."));
    }

    internal async Task<Refusal?> PostAsync(string path, byte[] message) => (await SendAsync(HttpMethod.Post, path, message)).Refusal;

    /// <summary>Sends as the matcher does.</summary>
    internal Task<(byte[] Bytes, Refusal? Refusal)> AsMatcherAsync(string path, byte[] message, string? bearer = null) =>
        SendAsync(HttpMethod.Post, path, message, "Authorization", $"Bearer {bearer ?? Bearer}");

    /// <summary>How many rows each table has: to hold that a refusal stores nothing.</summary>
    internal Task<string> CountsAsync() => Database.ReadAsync(
        session => string.Join(' ', s_tables.Select(table => $"{table}={session.Query<long>($"SELECT count(*) FROM {table}")[0]}")), Cancel);

    internal Task<long> CountAsync(string table) => Database.ReadAsync(session => session.Query<long>($"SELECT count(*) FROM {table}")[0], Cancel);

    /// <summary>Asks again until it is so. Whoever must act has been told; this only waits for them.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopVaultAsync();
        await Matcher.DisposeAsync();
        await Keepers.DisposeAsync();
        Client.Dispose();
        Log.Dispose();
        MatcherSecret.Dispose();
        foreach (var counselor in Counselors) counselor.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
