using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Tests.Log;
using WeToo.Vault.Features.Dates;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What is sealed gets a date that its author can prove, nobody waits for it, and who watches the log learns nothing.</summary>
public sealed class DatesTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Accounts_filings_and_notices_of_a_match_get_proofs_in_the_order_in_which_they_were(Engine engine)
    {
        await using var log = await RunningLog.StartAsync(engine);
        await using var set = await StartAsync(log, engine);
        var (filing, other) = (new TestFiling(set), new TestFiling(set));
        var put = AuthorTests.PutOf(set, filing.Author, 1);
        Assert.Null(await AuthorTests.PutAsync(set, put));
        await TestMatch.MatchedAsync(set, filing, other);
        Assert.Equal((2, 1), ((await EntriesAsync(set, filing.Author.Pseudonym)).Count, (await EntriesAsync(set, other.Author.Pseudonym)).Count)); // Nobody was told yet.
        Assert.Null(await set.Counselors[0].VerifyAsync(set, (await set.Counselors[0].CasesAsync(set))[0]));

        var own = await ProvedAsync(set, log, filing.Author.Pseudonym, 3);
        Assert.Equal([EntryKind.Account, EntryKind.Filing, EntryKind.MatchNotice], own.Select(one => one.Entry.Kind));
        Assert.Equal(BoxPut.TryParse(put)!.Entry.ToBytes(), own[0].Entry.ToBytes());
        Assert.Null(own[0].Salt);
        Assert.Equal(LogEntry.Of(EntryKind.Filing, own[1].Salt, filing.Submission.Filing.Bytes.Span).ToBytes(), own[1].Entry.ToBytes());
        var notice = LogEntry.MatchNotice(set.Keyset.Keyset.Deployment.Span, filing.Id, own[2].Day);
        Assert.Equal(LogEntry.Of(EntryKind.MatchNotice, own[2].Salt, notice).ToBytes(), own[2].Entry.ToBytes());
        Assert.True(own[0].Proof.Index < own[2].Proof.Index, "the account was there before the notice");
        Assert.Equal(2, (await ProvedAsync(set, log, other.Author.Pseudonym, 2)).Count);
        Assert.Empty(await EntriesAsync(set, new Keeper.Author(set.Keyset.Keyset).Pseudonym));
    }

    [Fact]
    public async Task What_everybody_reads_can_be_found_in_the_log_by_everybody()
    {
        await using var log = await RunningLog.StartAsync();
        await using var set = await StartAsync(log);
        await Eventually.HoldsAsync(async () => (await PublicAsync(set)).GetProperty("entries").EnumerateArray().All(one => one.GetProperty("proof").ValueKind == JsonValueKind.String), "all are proved");

        var answer = await PublicAsync(set);
        var files = await set.Client.GetByteArrayAsync(new Uri("files.json", UriKind.Relative), Cancel);
        (EntryKind Kind, byte[] Thing)[] things = [(EntryKind.Keyset, Encoding.UTF8.GetBytes(set.Keyset.Keyset.Text)), (EntryKind.Roster, Encoding.UTF8.GetBytes(set.Keyset.Roster.Text)), (EntryKind.Release, files)];
        foreach (var ((kind, thing), one) in things.Zip(answer.GetProperty("entries").EnumerateArray()))
        {
            var proof = LogProof.TryParse(one.GetProperty("proof").GetString()!)!;
            Assert.True(proof.Includes(LogEntry.Of(kind, LogEntry.PublicSalt.Span, thing).ToBytes()));
            Assert.Null(proof.ShownBy(LogPolicy.TryParse(answer.GetProperty("policy").GetString()!)!).Fault);
        }
    }

    [Fact]
    public async Task A_filing_is_taken_while_the_log_is_away_and_dated_once_it_is_back()
    {
        await using var log = await RunningLog.StartAsync();
        var port = log.Address;
        await log.StopAsync();
        await using var set = await StartAsync(log, url: port);
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null((await EntriesAsync(set, filing.Author.Pseudonym))[0].Proof);

        log.Options.Urls = port.ToString();
        await log.StartAsync();
        Assert.True((await ProvedAsync(set, log, filing.Author.Pseudonym, 1))[0].Proof.Checkpoint.Size > 0);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_withdrawal_takes_salts_and_dates_of_the_filing_and_leaves_the_authors_own(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null(await AuthorTests.PutAsync(set, AuthorTests.PutOf(set, filing.Author, 1)));
        Assert.Equal(2, (await EntriesAsync(set, filing.Author.Pseudonym)).Count);

        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));

        Assert.Equal(EntryKind.Account, Assert.Single(await EntriesAsync(set, filing.Author.Pseudonym)).Entry.Kind);
        Assert.Equal(0, await set.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM dated WHERE salt IS NOT NULL"), Cancel));
    }

    [Fact]
    public async Task Only_the_pseudonym_itself_is_told()
    {
        await using var set = await VaultSet.StartAsync();
        var key = new Keeper.Author(set.Keyset.Keyset).Pseudonym;
        var unsigned = StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, new byte[16], key);
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/proofs", unsigned));
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync("/v1/proofs", StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today - 2, new byte[16], key)));
        Assert.Equal(Refusal.DeploymentForeign, await set.PostAsync("/v1/proofs", StatusRequest.Write(new byte[16], set.Today, new byte[16], key)));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/proofs", [1]));
    }

    /// <summary>What the log shows of an interval in which nobody wrote, and of one with an account, a filing and a match.</summary>
    [Fact]
    public void Who_watches_the_log_sees_the_same_whether_somebody_wrote_or_nobody()
    {
        byte[][] real = [RunningLog.NewEntry(), RunningLog.NewEntry(EntryKind.Filing), RunningLog.NewEntry(EntryKind.MatchNotice), RunningLog.NewEntry(EntryKind.MatchNotice)];
        Assert.Equal(KindsOf(Cover.Over([])), KindsOf(Cover.Over(real)));
        Assert.All(real, entry => Assert.Contains(entry, Cover.Over(real)));
        Assert.Equal(4, KindsOf(Cover.Over([.. Enumerable.Range(0, 3).Select(_ => RunningLog.NewEntry())]))[EntryKind.Account]);
        Assert.All(Cover.Over(real), entry => Assert.NotNull(LogEntry.TryParse(entry)));
    }

    [Fact]
    public void The_place_among_those_of_its_kind_says_nothing_either()
    {
        byte[][] real = [RunningLog.NewEntry()];
        var places = Enumerable.Range(0, 200).Select(_ => Array.FindIndex(Cover.Over(real), entry => entry.AsSpan().SequenceEqual(real[0]))).ToHashSet();
        Assert.Equal([0, 1], places.Order());
    }

    private static Dictionary<EntryKind, int> KindsOf(byte[][] entries) => entries.GroupBy(entry => (EntryKind)entry[0]).ToDictionary(kind => kind.Key, kind => kind.Count());

    internal static Task<VaultSet> StartAsync(RunningLog log, Engine engine = Engine.Sqlite, Uri? url = null) => VaultSet.StartAsync(new()
    {
        Engine = engine, CounselorCount = 2,
        Settings = options => (options.LogUrl, options.LogKeyFile, options.LogEverySeconds) = (url ?? log.Address, log.Options.AppendKeyFile, 1),
    });

    private static async Task<IReadOnlyList<(LogEntry Entry, byte[]? Salt, uint Day, LogProof Proof)>> ProvedAsync(VaultSet set, RunningLog log, SigningKey pseudonym, int count)
    {
        await Eventually.HoldsAsync(async () => (await EntriesAsync(set, pseudonym)).Count(one => one.Proof is not null) == count, "everything is proved");
        var entries = await EntriesAsync(set, pseudonym);
        Assert.All(entries, one => Assert.True(one.Proof!.Includes(one.Entry.ToBytes()) && one.Proof.ShownBy(log.Policy).Fault is null));
        return entries!;
    }

    private static async Task<IReadOnlyList<(LogEntry Entry, byte[]? Salt, uint Day, LogProof? Proof)>> EntriesAsync(VaultSet set, SigningKey pseudonym)
    {
        var request = StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, RandomNumberGenerator.GetBytes(16), pseudonym);
        var (bytes, refusal) = await set.SendAsync(HttpMethod.Post, "/v1/proofs", request);
        Assert.Null(refusal);
        var answer = JsonSerializer.Deserialize<JsonElement>(bytes);
        return [.. answer.GetProperty("entries").EnumerateArray().Select(one => (
            LogEntry.TryParse(Convert.FromHexString(one.GetProperty("entry").GetString()!))!,
            one.GetProperty("salt").GetString() is { } salt ? Convert.FromHexString(salt) : null,
            one.GetProperty("day").GetUInt32(),
            one.GetProperty("proof").GetString() is { } proof ? LogProof.TryParse(proof) : null))];
    }

    private static async Task<JsonElement> PublicAsync(VaultSet set) => JsonSerializer.Deserialize<JsonElement>((await set.SendAsync(HttpMethod.Get, "/v1/proofs", [])).Bytes);
}
