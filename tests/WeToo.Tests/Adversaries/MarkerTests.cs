using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core.Filings;
using WeToo.Core.Nudges;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Tests.Story;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>
/// What an author types is nowhere on the server, also once it was matched, released and read: not in the databases and their journals, the logs, the mails, temporary
/// files, nor the memory of the process. The same search finds what the server does know: a counselor's name.
/// </summary>
[Collection(Engines.Named)]
public sealed class MarkerTests : IAsyncLifetime
{
    private const string Identifier = "email:boss.quatschkopf.7731@example.org";

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-marker-").FullName;
    private readonly StringBuilder _log = new();
    private readonly Marker _control = new("Klementine-Vorwerk-2209");
    private readonly Dictionary<string, Marker> _typed = new()
    {
        ["account"] = new("zimtschneckendieb-4711a"),
        ["contact"] = new("hinterhofkatzenglas-88b"),
        ["notes"] = new("pfefferkuchenuhrwerk-3c"),
        ["addition"] = new("knoblauchzopfhalter-55d"),
        ["file name"] = new("regenschirmfabrik-902.e"),
        ["message"] = new("marillenknoedelfee-317f"[..22]),
        ["note of a counselor"] = new("heidelbeerpflasterer-66q"),
        ["whom it names"] = new("boss.quatschkopf.7731@example.org"[..20]),
    };

    private MailServer _mails = null!;
    private Process? _server;

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    private string Temporary => Path.Combine(_folder, "tmp");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Temporary);
        _mails = await MailServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync(CancellationToken.None);
        }

        _server?.Dispose();
        await _mails.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_search_finds_every_form_and_half_a_word()
    {
        var marker = _typed["account"];
        byte[][] forms =
        [
            Encoding.UTF8.GetBytes(marker.Text), Encoding.Unicode.GetBytes(marker.Text), Encoding.UTF8.GetBytes(marker.Text[..11]),
            .. Enumerable.Range(0, 3).Select(before => Encoding.UTF8.GetBytes(Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(marker.Text), 7]))),
            Encoding.Unicode.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"x{marker.Text}"))),
            Encoding.UTF8.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(marker.Text))), Encoding.Unicode.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(marker.Text))),
        ];

        Assert.All(forms, form => Assert.True(marker.IsIn([9, 9, .. form, 9])));
        Assert.All(forms, form => Assert.False(marker.IsIn(RandomNumberGenerator.GetBytes(form.Length))));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_an_author_types_is_nowhere_on_the_server(Engine engine)
    {
        await Engines.DropNamedAsync();
        var server = _server = await StartAsync(engine);
        using var ready = JsonDocument.Parse(await ReadyAsync(server));
        using var http = new HttpClient { BaseAddress = new Uri(ready.RootElement.GetProperty("vault").GetString()!) };
        await LiveThroughAsync(new VaultClient(http), ready.RootElement);

        var (known, bytes) = ProcessMemory.Search(server.Id, _control);
        Assert.True(known, "the search finds in memory what the server does know");
        Assert.InRange(bytes, 20_000_000, long.MaxValue);
        foreach (var (what, marker) in _typed) Assert.False(ProcessMemory.Search(server.Id, marker).Found, $"{what} is in memory");

        Assert.Contains(await LookThroughAsync(server, engine), found => found);

        var mail = string.Concat(_mails.Mails);
        Assert.Contains("Subject:", mail, StringComparison.Ordinal);
        await StopAsync(server);
        Assert.True(_log.Length > 0, "there is a log to look through");
        foreach (var (what, marker) in _typed) Assert.False(marker.IsIn(Encoding.UTF8.GetBytes(mail + _log)), $"{what} is in a mail or a log");
        await Engines.DropNamedAsync();
    }

    /// <summary>
    /// Looks through every file, and again through those that came meanwhile: PostgreSQL gives a segment of its log another name when it is used anew.
    /// </summary>
    /// <returns>For each file, whether it holds what the server does know.</returns>
    private async Task<List<bool>> LookThroughAsync(Process server, Engine engine)
    {
        var (looked, known) = (new HashSet<string>(), new List<bool>());
        while ((await FilesAsync(engine)).Concat(OpenFiles(server)).Where(looked.Add).ToList() is { Count: > 0 } files)
        {
            foreach (var path in files.Where(File.Exists))
            {
                try
                {
                    known.Add(_control.IsIn(path));
                    foreach (var (what, marker) in _typed) Assert.False(marker.IsIn(path), $"{what} is in {path}");
                }
                catch (FileNotFoundException)
                {
                    // It has another name now, under which it is looked for, or is gone.
                }
            }
        }

        return known;
    }

    /// <summary>Ana writes all she has to say, meets Ben's account, consents, and is read by her counselor; and asks for a reminder.</summary>
    private async Task LiveThroughAsync(VaultClient vault, JsonElement ready)
    {
        var invitations = ready.GetProperty("invitations").EnumerateArray().Select(code => code.GetString()!).ToList();
        using var counselor = new CounselorClient(vault, TimeProvider.System, Convert.FromHexString(ready.GetProperty("deployment").GetString()!));
        Assert.Null(await counselor.JoinAsync(ready.GetProperty("counselor_invitation").GetString()!, _control.Text, Cancel));

        var ana = await FileAsync(vault, invitations[0], Anas);
        await RemindAsync(vault, ana.Visit.Keyset.Keyset.Deployment);
        await WriteAsync(vault, ana);
        Assert.Null(await ana.Client.AddAsync(ana.Visit, ana.Visit.Box.Accounts.Single(), "addition", _typed["addition"].Text, Cancel));
        _ = await FileAsync(vault, invitations[1], (client, visit) => client.NewAccount(visit.Keyset, 2, new() { CallMe = "B.", How = "mail", Identifiers = [Identifier] }, "Me too."));
        await Eventually.HoldsAsync(async () => (await counselor.CasesAsync(Cancel)).Cases.Count == 2, "two cases are there");
        var anas = (await counselor.CasesAsync(Cancel)).Cases.Single(one => one.FilingId == ana.FilingId);
        Assert.Null(await counselor.VerifyAsync((await counselor.OpenAsync(anas.CaseId, Cancel)).Case!, Cancel));
        Assert.Null(await counselor.NoteAsync(anas, _typed["note of a counselor"].Text, Cancel));
        Assert.Null(await ana.Client.ConsentAsync(ana.Visit, ana.FilingId, Cancel));
        await Eventually.HoldsAsync(async () => (await counselor.OpenAsync(anas.CaseId, Cancel)).Case!.State == "released", "the account is released");
        var read = (await counselor.OpenAsync(anas.CaseId, Cancel)).Case!;
        Assert.Equal(_typed["account"].Text, counselor.Read<AccountContent>((await counselor.OpenRoomAsync(anas.CaseId, 0, Cancel)).Reading!.Account)!.Text);
        Assert.Equal(_typed["notes"].Text, counselor.Read<ContactContent>(read.Contact)!.Notes);
        await Eventually.HoldsAsync(() => Task.FromResult(_mails.Mails.Count > 0), "a mail went");
    }

    private BoxAccount Anas(AuthorClient client, AuthorVisit visit)
    {
        var contact = _typed["contact"].Text;
        var account = client.NewAccount(
            visit.Keyset, 2, new() { CallMe = contact, How = contact, Times = contact, Say = contact, Who = contact, Notes = _typed["notes"].Text, Identifiers = [Identifier] }, _typed["account"].Text);
        account.Account.More["files"] = JsonSerializer.SerializeToElement(new[] { new { name = _typed["file name"].Text } });
        return account;
    }

    private static async Task<Filed> FileAsync(VaultClient vault, string invitation, Func<AuthorClient, AuthorVisit, BoxAccount> write)
    {
        var client = new AuthorClient(vault, TimeProvider.System, RandomNumberGenerator.Fill, World.InputOf);
        var (keyset, refused) = await client.LoadKeysetAsync(Cancel);
        Assert.Null(refused);
        var (receipt, visit) = client.Begin(keyset!);
        Assert.Null(await client.ObtainCredentialAsync(visit, invitation, Cancel));
        var account = write(client, visit);
        Assert.True((await client.AdvanceAsync(visit, account, Cancel)).Filed);
        return new(client, visit, account.FilingId, receipt.ToWords());
    }

    /// <summary>What her browser sends when she writes before anybody has the case, and keeps in her state.</summary>
    private async Task WriteAsync(VaultClient vault, Filed ana)
    {
        var (keyset, filingId) = (ana.Visit.Keyset.Keyset, Convert.FromHexString(ana.FilingId));
        using var identity = MailBundle.First(ana.Visit.BoxKey);
        using var stateKey = MailBundle.StateKey(ana.Visit.BoxKey, filingId);
        var text = Encoding.UTF8.GetBytes(_typed["message"].Text.PadRight(MailPut.StateText));
        var nonce = RandomNumberGenerator.GetBytes(Xchacha.NonceSize);
        byte[] state = [.. nonce, .. Xchacha.Seal(stateKey.Span, nonce, text, filingId)];
        var bundle = MailBundle.Seal(identity.Recipient, new(keyset.Deployment, filingId, FromAuthor: true), _typed["message"].Text, ana.Visit.Pseudonym, RandomNumberGenerator.Fill)!;
        var today = (uint)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86_400);
        var answer = await vault.PostAsync("v1/mail", MailExchange.Write(keyset.Deployment.Span, today, filingId, new byte[32], new(1, state, bundle), ana.Visit.Pseudonym), Cancel);
        Assert.Equal(1u, MailPut.TryParse(answer.Body.AsMemory(32))!.Revision);
    }

    private static async Task RemindAsync(VaultClient vault, ReadOnlyMemory<byte> deployment)
    {
        using var key = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        var settings = new NudgeSettings("ana@mail.example", "Library", "Time to look.", 2, 6, 9, "Europe/Paris", "");
        var today = (uint)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86_400);
        Assert.Null((await vault.PutAsync("v1/nudges", NudgePut.Write(deployment.Span, today, 1, settings.ToJson(), key)!, Cancel)).Refused);
    }

    private async Task<Process> StartAsync(Engine engine)
    {
        string[] more = engine == Engine.Postgres ? ["--postgres", Engines.Cluster()] : [];
        var server = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [
                typeof(WeToo.Tool.CommandLine).Assembly.Location, "up", "--port", "0", "--data", Data, "--demo-delay", "0", "--try", "--ready-json", .. more,
                "--mail", $"{_mails.Address}", "--mail-from", "post@garden-notes.example"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["TMPDIR"] = Temporary, ["DOTNET_EnableDiagnostics"] = "0" }, // Or the runtime puts pipes there.
            },
        };
        server.ErrorDataReceived += (_, line) => Keep(line.Data);
        server.Start();
        server.BeginErrorReadLine();
        await File.WriteAllTextAsync(Path.Combine(Temporary, "control"), _control.Text, Cancel);
        return server;
    }

    private async Task<string> ReadyAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            Keep(line);
            if (line.StartsWith("READY ", StringComparison.Ordinal)) return line["READY ".Length..];
        }

        throw new InvalidOperationException(_log.ToString());
    }

    private void Keep(string? line)
    {
        lock (_log) _log.AppendLine(line);
    }

    private static async Task StopAsync(Process server)
    {
        using var stop = Process.Start("kill", ["-INT", $"{server.Id}"]);
        await server.WaitForExitAsync(Cancel);
    }

    /// <summary>The data folder, temporary files, and on PostgreSQL what the server keeps of these databases, its write-ahead log too.</summary>
    private async Task<IEnumerable<string>> FilesAsync(Engine engine)
    {
        List<string> folders = [Data, Temporary];
        if (engine == Engine.Postgres)
        {
            using var cluster = Database.Open(Engines.Cluster());
            var root = await cluster.ReadAsync(session => session.QueryOne<string>("SHOW data_directory"), Cancel);
            var databases = await cluster.ReadAsync(session => session.Query<long>("SELECT oid::bigint FROM pg_database WHERE datname = ANY(@Names)", new { Engines.Names }), Cancel);
            Assert.NotEmpty(databases);
            folders.AddRange([Path.Combine(root!, "pg_wal"), .. databases.Select(database => Path.Combine(root!, "base", $"{database}"))]);
        }

        return folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Where(path => !path.EndsWith("/control", StringComparison.Ordinal));
    }

    /// <summary>Files that the process has open, those too that nobody finds by name any more.</summary>
    private static IEnumerable<string> OpenFiles(Process server) => Directory.EnumerateFiles($"/proc/{server.Id}/fd")
        .Where(path => File.ResolveLinkTarget(path, returnFinalTarget: false) is { } target && target.FullName.StartsWith('/')
            && !target.FullName.StartsWith("/dev/", StringComparison.Ordinal) && !target.FullName.StartsWith("/proc/", StringComparison.Ordinal)
            && !target.FullName.StartsWith("/sys/", StringComparison.Ordinal) && !target.FullName.Contains(':', StringComparison.Ordinal));
}
