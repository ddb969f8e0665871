using System.Net;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Log.Features.Entries;
using WeToo.Log.Store;
using Xunit;

namespace WeToo.Tests.Log;

/// <summary>Entries come in, each once, in an order that stays, and everybody can read it.</summary>
public sealed class AppendTests
{
    public static TheoryData<Engine> Both => [Engine.Sqlite, Engine.Postgres];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Entries_of_many_callers_stand_once_each_and_have_proofs(Engine engine)
    {
        await using var log = await RunningLog.StartAsync(engine);
        byte[][] entries = [.. Enumerable.Range(0, 600).Select(_ => RunningLog.NewEntry())];

        var positions = await Task.WhenAll(entries.Concat(entries).Chunk(50).Select(log.AppendAsync));
        var flat = positions.SelectMany(some => some).ToArray();
        Assert.Equal(Enumerable.Range(0, 600).Select(i => (ulong)i), flat.Take(600).Order());
        Assert.Equal(flat[..600], flat[600..]);

        var written = await log.VerifyAsync();
        for (var i = 0; i < entries.Length; i++) Assert.Equal(entries[i], written[(int)flat[i]]);
        foreach (var at in new[] { 0, 255, 256, 599 })
        {
            var proof = await log.ProofAsync((ulong)at);
            Assert.True(proof.Includes(written[at]));
            Assert.Null(proof.ShownBy(log.Policy).Fault);
            Assert.False(proof.Includes(RunningLog.NewEntry()));
        }
    }

    [Fact]
    public async Task A_proof_stays_the_same_however_the_log_grows()
    {
        await using var log = await RunningLog.StartAsync();
        var position = (await log.AppendAsync(RunningLog.NewEntry()))[0];
        var first = (await log.ProofAsync(position)).ToText();

        var last = (await log.AppendAsync([.. Enumerable.Range(0, 300).Select(_ => RunningLog.NewEntry())]))[^1];
        _ = await log.ProofAsync(last);

        Assert.Equal(first, (await log.ProofAsync(position)).ToText());
    }

    [Fact]
    public async Task Whoever_has_no_secret_adds_nothing_and_what_is_no_entry_is_refused()
    {
        await using var log = await RunningLog.StartAsync();
        byte[] entry = RunningLog.NewEntry(), other = [.. entry], letter = RunningLog.NewEntry(EntryKind.LetterRevision), count = RunningLog.NewEntry(EntryKind.SignatureCount);
        other[1] = 2;
        foreach (var (body, bearer, status) in new (byte[], string?, HttpStatusCode)[]
        {
            (entry, null, HttpStatusCode.Forbidden), (entry, new string('0', 64), HttpStatusCode.Forbidden), (entry[1..], log.Bearer, HttpStatusCode.BadRequest), ([], log.Bearer, HttpStatusCode.BadRequest),
            (other, log.Bearer, HttpStatusCode.BadRequest), (new byte[(AppendEndpoint.Most + 1) * LogEntry.Size], log.Bearer, HttpStatusCode.RequestEntityTooLarge),

            // Neither of two callers writes in the other's name.
            (letter, log.Bearer, HttpStatusCode.Forbidden), ([.. entry, .. count], log.Bearer, HttpStatusCode.Forbidden), (entry, log.LettersBearer, HttpStatusCode.Forbidden),
        })
        {
            using var answer = await log.PostAsync(body, bearer);
            Assert.Equal(status, answer.StatusCode);
        }

        Assert.Empty(await log.VerifyAsync());
    }

    [Fact]
    public async Task Tiles_bundles_checkpoint_and_policy_are_there_for_everybody_and_nothing_else_is()
    {
        await using var log = await RunningLog.StartAsync();
        using (var nothing = await log.TryGetAsync("checkpoint")) Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        var positions = await log.AppendAsync([.. Enumerable.Range(0, 300).Select(_ => RunningLog.NewEntry())]);
        _ = await log.ProofAsync(positions[^1]);

        foreach (var (path, length) in new[] { ("tile/0/000", 8192), ("tile/0/001.p/44", 44 * 32), ("tile/1/000.p/1", 32), ("tile/entries/000", 256 * 36), ("tile/entries/001.p/44", 44 * 36), ("tile/0/000.p/7", 224), ("tile/entries/000.p/7", 7 * 36) })
        {
            using var answer = await log.TryGetAsync(path);
            Assert.Equal((HttpStatusCode.OK, length), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync(Cancel)).Length));
            Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        foreach (var path in new[] { "tile/0/0", "tile/0/x000/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/07", "tile/0/002", "tile/8/000", "tile/0/..%2F..%2Flog.key", "tile/entries/00a", "tile/1/000", "log.key", "v1/entries" })
            using (var answer = await log.TryGetAsync(path)) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);

        using var checkpoint = await log.TryGetAsync("checkpoint");
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType!.ToString());
        var note = SignedNote.TryParse(await checkpoint.Content.ReadAsStringAsync(Cancel))!;
        Assert.True(note.IsSignedBy(log.Key));
        Assert.Equal(300UL, Checkpoint.TryParse(note.Text)!.Size);
        Assert.Equal(note.ToText(), await File.ReadAllTextAsync(Path.Combine(log.Options.Folder, "checkpoint"), Cancel));
        Assert.Equal(await File.ReadAllTextAsync(log.Options.PolicyFile, Cancel), await log.Client.GetStringAsync(new Uri("policy", UriKind.Relative), Cancel));
        using var beyond = await log.TryGetAsync("v1/proofs/300");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, beyond.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Two_processes_take_turns_and_never_write_over_each_other(Engine engine)
    {
        await using var log = await RunningLog.StartAsync(engine);
        await log.StopAsync();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(80));
        using var key = new LogKey(RunningLog.Origin, log.Options.KeyFile);
        LogWriter[] writers = [.. Enumerable.Range(0, 2).Select(_ => new LogWriter(log.Database, new TileFolder(new Disk(log.Options.Folder)), key, time))];
        var own = new List<byte[]>();

        for (var turn = 0; turn < 6; turn++)
        {
            time.Advance(TimeSpan.FromSeconds(30)); // Whoever had the pen has held it too long.
            var (now, other) = (writers[turn % 2], writers[1 - (turn % 2)]);
            own.Add(RunningLog.NewEntry());
            Assert.Equal((ulong)turn, (await now.AppendAsync([own[^1]], Cancel))!.Value.Positions[0]);
            Assert.Null(await other.AppendAsync([RunningLog.NewEntry()], Cancel));
        }

        Assert.Equal(own, await log.VerifyAsync());
    }
}
