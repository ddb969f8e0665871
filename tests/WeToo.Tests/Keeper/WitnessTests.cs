using System.Net;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Keys;
using WeToo.Tests.Core.Log;
using Xunit;

namespace WeToo.Tests.Keeper;

/// <summary>A keeper as a witness: it cosigns what continues, in its order, and nothing else, to the letter of C2SP tlog-witness.</summary>
public sealed class WitnessTests
{
    private const string Name = "keeper.example/w";

    private static readonly SigningKey s_log = SigningKey.FromSeed(Enumerable.Repeat((byte)7, 32).ToArray());
    private static readonly NoteKey s_ours = new("log.example/a", NoteKeyKind.Log, s_log.PublicKey);
    private static readonly byte[][] s_leaves = [.. Enumerable.Range(0, 600).Select(i => Merkle.LeafHash(BitConverter.GetBytes(i)))];

    public static TheoryData<Engine> Both => [Engine.Sqlite, Engine.Postgres];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_log_of_another_implementation_is_cosigned_in_order_and_refused_out_of_order(Engine engine)
    {
        await using var set = await StartAsync(engine);
        var keeper = set.Keepers[0];
        var key = await KeyOfAsync(keeper);
        for (var size = 0UL; size <= TilesVectorTests.Last; size++)
        {
            var note = TilesVectorTests.Note(size);
            var before = size == 0 ? 0 : size - 1;
            var request = new AddCheckpoint(before, before == 0 ? [] : TilesVectorTests.TreeOf(size).Consistency(before), note);
            var (status, body) = await AddAsync(keeper, request.ToText());

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.NotNull(SignedNote.TryParse($"{note.Text}\n{body}")!.CosignedAt(key));
            if (size < 2) continue;
            // Again, backwards, and two steps at once with the proof of one.
            Assert.Equal((HttpStatusCode.Conflict, $"{size}\n"), await AddAsync(keeper, request.ToText()));
            Assert.Equal((HttpStatusCode.Conflict, $"{size}\n"), await AddAsync(keeper, (request with { Old = 0, Proof = [], Note = TilesVectorTests.Note(size - 1) }).ToText()));
            Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(keeper, (request with { Old = size, Note = TilesVectorTests.Note(size - 1) }).ToText())).Status);
        }

        using var latest = await keeper.Client.GetAsync(new Uri($"witness/{HashOf("example.com/log/testdata")}/checkpoint", UriKind.Relative), Cancel);
        var kept = SignedNote.TryParse(await latest.Content.ReadAsStringAsync(Cancel))!;
        Assert.True(kept.IsSignedBy(TilesVectorTests.Key));
        Assert.NotNull(kept.CosignedAt(key));
        Assert.Equal(TilesVectorTests.Last, Checkpoint.TryParse(kept.Text)!.Size);
    }

    [Fact]
    public async Task A_forked_log_gets_its_first_branch_cosigned_and_never_the_other()
    {
        await using var set = await StartAsync();
        var keeper = set.Keepers[0];
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(keeper, Request(0, TreeOf(100)))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(keeper, Request(100, TreeOf(300)))).Status);

        foreach (var fork in new[] { TreeOf(300, altered: 7), TreeOf(400, altered: 7), TreeOf(400, altered: 299) })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync(keeper, Request(300, fork))).Status);
        Assert.Equal((HttpStatusCode.Conflict, "300\n"), await AddAsync(keeper, Request(100, TreeOf(400, altered: 200)))); // Forked after what it saw first.
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(keeper, Request(300, TreeOf(200)))).Status); // Rolled back.
        Assert.Equal((HttpStatusCode.Conflict, "300\n"), await AddAsync(keeper, Request(200, TreeOf(200))));
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(keeper, Request(300, TreeOf(400)))).Status); // The honest one goes on.
    }

    [Fact]
    public async Task What_a_strange_log_sends_or_what_is_malformed_gets_the_status_of_the_specification()
    {
        await using var set = await StartAsync();
        var keeper = set.Keepers[0];
        using var other = SigningKey.FromSeed(Enumerable.Repeat((byte)8, 32).ToArray());
        var text = new Checkpoint("log.example/a", 0, Merkle.EmptyRoot).ToText();
        var wrongRoot = new Checkpoint("log.example/a", 0, new byte[32]).ToText();
        foreach (var (request, status) in new (string, HttpStatusCode)[]
        {
            ("", HttpStatusCode.BadRequest), ("old 01\n\n", HttpStatusCode.BadRequest), ("old 0\nAAAA\n\n" + SignedNote.Sign(text, s_ours.Name, s_log).ToText(), HttpStatusCode.BadRequest),
            ("old 0\n\n" + SignedNote.Sign(new Checkpoint("log.example/b", 0, Merkle.EmptyRoot).ToText(), "log.example/b", s_log).ToText(), HttpStatusCode.NotFound),
            ("old 0\n\n" + SignedNote.Sign(text, s_ours.Name, other).ToText(), HttpStatusCode.Forbidden),
            ("old 0\n\n" + (SignedNote.Sign(text, s_ours.Name, s_log) is var note ? note with { Text = wrongRoot } : null!).ToText(), HttpStatusCode.Forbidden),
            ("old 0\n\n" + SignedNote.Sign(wrongRoot, s_ours.Name, s_log).ToText(), HttpStatusCode.UnprocessableEntity),
            ("old 0\n" + Convert.ToBase64String(new byte[32]) + "\n\n" + Signed(TreeOf(3)).ToText(), HttpStatusCode.UnprocessableEntity),
        })
            Assert.Equal(status, (await AddAsync(keeper, request)).Status);

        using var nothing = await keeper.Client.GetAsync(new Uri($"witness/{HashOf("log.example/a")}/checkpoint", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Of_two_requests_at_once_that_split_one_is_refused_also_after_a_restart(Engine engine)
    {
        await using var set = await StartAsync(engine);
        var keeper = set.Keepers[0];
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(keeper, Request(0, TreeOf(50)))).Status);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => AddAsync(keeper, Request(50, TreeOf(100, altered: 60 + i)))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);

        var kept = 60 + Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.OK);
        await keeper.StopAsync();
        await keeper.StartAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync(keeper, Request(100, TreeOf(101, altered: kept == 60 ? 61 : 60)))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(keeper, Request(100, TreeOf(101, altered: kept)))).Status);
    }

    [Fact]
    public async Task A_keeper_that_is_no_witness_has_no_such_address()
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1 });
        Assert.Equal(HttpStatusCode.NotFound, (await AddAsync(set.Keepers[0], Request(0, TreeOf(1)))).Status);
    }

    private static Task<KeeperSet> StartAsync(Engine engine = Engine.Sqlite) => KeeperSet.StartAsync(new()
    {
        Count = 1, Quorum = 1, Engine = engine,
        Settings = options => (options.WitnessName, options.WitnessLogs) = (Name, [TilesVectorTests.Key.ToText(), s_ours.ToText()]),
    });

    private static Task<NoteKey> KeyOfAsync(RunningKeeper keeper)
    {
        using var keys = KeyFile.Read(keeper.Options.KeyFile);
        return Task.FromResult(new NoteKey(Name, NoteKeyKind.Witness, keys.Witness.PublicKey));
    }

    private static async Task<(HttpStatusCode Status, string Body)> AddAsync(RunningKeeper keeper, string request)
    {
        using var content = new StringContent(request);
        using var answer = await keeper.Client.PostAsync(new Uri("witness/add-checkpoint", UriKind.Relative), content, Cancel);
        if (answer.StatusCode == HttpStatusCode.Conflict) Assert.Equal("text/x.tlog.size", answer.Content.Headers.ContentType!.MediaType);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static string Request(ulong old, Tree tree) =>
        new AddCheckpoint(old, old == 0 || old > tree.Size ? [] : tree.Consistency(old), Signed(tree)).ToText();

    private static SignedNote Signed(Tree tree) => SignedNote.Sign(new Checkpoint(s_ours.Name, tree.Size, tree.Root()).ToText(), s_ours.Name, s_log);

    private static Tree TreeOf(ulong size, int altered = -1) => new(size, (level, index) => HashOf(level, index, altered));

    private static byte[] HashOf(int level, ulong index, int altered)
    {
        if (level > 0) return Merkle.NodeHash(HashOf(level - 1, 2 * index, altered), HashOf(level - 1, (2 * index) + 1, altered));
        return (int)index == altered ? Merkle.LeafHash("another"u8) : s_leaves[index];
    }

    private static string HashOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
}
