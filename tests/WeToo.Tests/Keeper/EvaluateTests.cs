using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Keeper;

/// <summary>What an author gets from a keeper, and how often.</summary>
public sealed class EvaluateTests
{
    private const string Path = "/v1/evaluations";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Every_quorum_gives_the_same_output_and_every_proof_verifies(Engine engine)
    {
        await using var set = await KeeperSet.StartAsync(new() { Engine = engine });
        var author = new Author(set.Keyset);
        var input = RandomNumberGenerator.GetBytes(32);
        using var blind = Scalar.Random(RandomNumberGenerator.Fill);
        Element[] blinded = [OprfClient.Blind(input, blind), .. Author.Blinded()[1..]];

        var parts = new List<PartialEvaluation>();
        foreach (var keeper in set.Keepers)
        {
            var (bytes, refusal) = await keeper.Client.AskAsync(Path, author.Request(blinded: blinded));
            Assert.Null(refusal);
            var reply = EvaluateReply.TryParse(bytes)!;
            Assert.True(Dleq.Verify(DleqContext.Evaluate, set.Keyset.Keeper(reply.KeeperIndex)!.Y, blinded, [.. reply.Evaluated], reply.Proof));
            parts.Add(new(reply.KeeperIndex, reply.Evaluated[0]));
        }

        var outputs = ((PartialEvaluation[][])[[parts[0], parts[1]], [parts[1], parts[2]], [parts[2], parts[0]], [.. parts]])
            .Select(quorum => Convert.ToHexString(OprfClient.Finalize(input, OprfClient.Unblind(blind, Quorum.Combine(quorum)!.Value))));
        Assert.Single(outputs.Distinct());
    }

    [Fact]
    public async Task Somebody_of_the_team_asks_under_their_own_key_as_often_as_an_author_and_nobody_else_does()
    {
        using SigningKey ines = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32)), stranger = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1, Counselors = [new("Inès", "age1a", ines.PublicKey) { Role = TeamRole.Admin }] });
        byte[] Request(SigningKey key, Element[] blinded) => TeamEvaluateRequest.Write(
            set.Keyset.Deployment.Span, set.Keyset.Epoch, Author.Today(TimeProvider.System), RandomNumberGenerator.GetBytes(16), blinded, key);

        var blinded = Author.Blinded();
        var (bytes, refusal) = await set.Keepers[0].Client.AskAsync(Path, Request(ines, blinded));
        Assert.Null(refusal);
        var reply = EvaluateReply.TryParse(bytes)!;
        Assert.True(Dleq.Verify(DleqContext.Evaluate, set.Keyset.Keepers[0].Y, blinded, [.. reply.Evaluated], reply.Proof));

        Assert.Equal(Refusal.CounselorUnknown, (await set.Keepers[0].Client.AskAsync(Path, Request(stranger, blinded))).Refusal);
        byte[] altered = Request(ines, blinded);
        altered[80] ^= 1;
        Assert.NotNull((await set.Keepers[0].Client.AskAsync(Path, altered)).Refusal);
        Assert.Null((await set.Keepers[0].Client.AskAsync(Path, Request(ines, blinded))).Refusal);
        Assert.Equal(Refusal.QuotaExhausted, (await set.Keepers[0].Client.AskAsync(Path, Request(ines, blinded))).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Of_twenty_requests_at_once_exactly_two_are_answered(Engine engine)
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1, Engine = engine });
        var author = new Author(set.Keyset);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => set.Keepers[0].Client.AskAsync(Path, author.Request())));

        Assert.Equal(2, outcomes.Count(outcome => outcome.Refusal is null));
        Assert.Equal(18, outcomes.Count(outcome => outcome.Refusal == Refusal.QuotaExhausted));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Five_in_thirty_days_and_then_again(Engine engine)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1, Engine = engine, Time = time });
        var author = new Author(set.Keyset);
        var outcomes = new List<Refusal?>();

        foreach (var days in (int[])[0, 0, 0, 1, 0, 0, 1, 0, 27, 1])
        {
            time.Advance(TimeSpan.FromDays(days));
            outcomes.Add((await set.Keepers[0].Client.AskAsync(Path, author.Request(time: time))).Refusal);
        }

        Refusal? no = Refusal.QuotaExhausted;
        Assert.Equal([null, null, no, null, null, no, null, no, no, null], outcomes);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_same_request_is_answered_again_and_costs_nothing(Engine engine)
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1, Engine = engine });
        var author = new Author(set.Keyset);
        var request = author.Request();

        var replies = new List<EvaluateReply>();
        for (var i = 0; i < 5; i++) replies.Add(EvaluateReply.TryParse((await set.Keepers[0].Client.AskAsync(Path, request)).Bytes)!);

        Assert.All(replies, reply => Assert.Equal(replies[0].Evaluated, reply.Evaluated));
        Assert.Null((await set.Keepers[0].Client.AskAsync(Path, author.Request())).Refusal);
        Assert.Equal(Refusal.QuotaExhausted, (await set.Keepers[0].Client.AskAsync(Path, author.Request())).Refusal);
        Assert.Null((await set.Keepers[0].Client.AskAsync(Path, request)).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Another_question_under_the_same_id_is_refused(Engine engine)
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1, Engine = engine });
        var author = new Author(set.Keyset);
        var id = RandomNumberGenerator.GetBytes(16);

        Assert.Null((await set.Keepers[0].Client.AskAsync(Path, author.Request(id))).Refusal);
        Assert.Equal(Refusal.RequestIdReused, (await set.Keepers[0].Client.AskAsync(Path, author.Request(id))).Refusal);
        Assert.Null((await set.Keepers[0].Client.AskAsync(Path, new Author(set.Keyset).Request(id))).Refusal);
    }

    [Fact]
    public async Task What_does_not_belong_here_is_refused_by_name()
    {
        var expired = new TestRegistrar(notAfterDay: 20_000);
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1, Registrars = [TestRegistrar.Shared.Key, expired.Key] });
        var author = new Author(set.Keyset);
        var today = Author.Today(TimeProvider.System);
        var unsigned = author.Request();
        unsigned[^1] ^= 1;
        var forged = author.Request();
        forged[1 + 16 + 4 + 4 + 16 + 72] ^= 1;

        Assert.Equal(Refusal.WrongEpoch, await RefusalOf(author.Request(epoch: 2)));
        Assert.Equal(Refusal.DeploymentForeign, await RefusalOf(author.Request(deployment: new byte[16])));
        Assert.Equal(Refusal.RequestExpired, await RefusalOf(author.Request(day: today - 2)));
        Assert.Equal(Refusal.RequestExpired, await RefusalOf(author.Request(day: today + 2)));
        Assert.Null(await RefusalOf(author.Request(day: today - 1)));
        Assert.Equal(Refusal.SignatureInvalid, await RefusalOf(unsigned));
        Assert.Equal(Refusal.CredentialInvalid, await RefusalOf(forged));
        Assert.Equal(Refusal.CredentialForeign, await RefusalOf(new Author(set.Keyset, new TestRegistrar(100_000)).Request()));
        Assert.Equal(Refusal.CredentialExpired, await RefusalOf(new Author(set.Keyset, expired).Request()));

        async Task<Refusal?> RefusalOf(byte[] message) => (await set.Keepers[0].Client.AskAsync(Path, message)).Refusal;
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")] // the identity
    [InlineData("00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")] // not canonical: RFC 9496, A.2
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")] // negative
    [InlineData("26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371")] // not a square
    public async Task A_point_that_is_none_is_refused(string hex)
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1 });
        var message = new Author(set.Keyset).Request();
        Convert.FromHexString(hex).CopyTo(message, message.Length - 64 - 32);

        Assert.Equal(Refusal.MalformedMessage, (await set.Keepers[0].Client.AskAsync(Path, message)).Refusal);
    }

    [Fact]
    public async Task A_message_of_another_length_is_refused()
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1 });
        var message = new Author(set.Keyset).Request();

        Assert.Equal(Refusal.MalformedMessage, (await set.Keepers[0].Client.AskAsync(Path, message[..^1])).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await set.Keepers[0].Client.AskAsync(Path, [.. message, 0])).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await set.Keepers[0].Client.AskAsync(Path, [])).Refusal);
        Assert.Equal(Refusal.MessageTooLarge, (await set.Keepers[0].Client.AskAsync(Path, new byte[Limits.OtherBytes + 1])).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_answer_does_not_change_when_the_keeper_starts_again(Engine engine)
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1, Engine = engine });
        var request = new Author(set.Keyset).Request();

        var before = EvaluateReply.TryParse((await set.Keepers[0].Client.AskAsync(Path, request)).Bytes)!;
        await set.Keepers[0].StopAsync();
        await set.Keepers[0].StartAsync();
        var after = EvaluateReply.TryParse((await set.Keepers[0].Client.AskAsync(Path, request)).Bytes)!;

        Assert.Equal(before.Evaluated, after.Evaluated);
    }

    [Fact]
    public async Task A_log_line_says_nothing()
    {
        await using var set = await KeeperSet.StartAsync(new() { Count = 1, Quorum = 1 });

        await set.Keepers[0].Client.AskAsync(Path, new Author(set.Keyset).Request());
        await set.Keepers[0].Client.AskAsync(Path, [1, 2, 3]);

        Assert.Empty(set.Keepers[0].Log.Lines);
    }
}
