using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;
using WeToo.Hosting.Storage;
using WeToo.Tests.Authors;
using Xunit;

namespace WeToo.Tests.Matcher;

/// <summary>What counselors found not to count together, and which code a filing opened by. WEP-1, sections 9.1 and 9.2.</summary>
public sealed class ApartTests : IDisposable
{
    private const string Accused = "tel:+33612345678";

    private readonly SigningKey _counselor = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));

    public static TheoryData<Engine> Both => Engines.Both;

    public void Dispose() => _counselor.Dispose();

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Two_found_apart_open_with_a_third_each_and_never_with_each_other(Engine engine)
    {
        await using var matcher = await StartAsync(engine);
        var (ana, ben) = (await matcher.FileAsync(matcher.NewAuthor(), 2, Accused), await matcher.FileAsync(matcher.NewAuthor(), 2, Accused));
        Assert.True(matcher.HasOpened(ana) && matcher.HasOpened(ben));

        Assert.Null((await PostAsync(matcher, Apart(matcher, ana, ben))).Refusal);
        Assert.Null((await PostAsync(matcher, Apart(matcher, ben, ana))).Refusal); // The outbox may bring it again, from either side.
        await matcher.RunDueAsync();
        Assert.Equal(0, await CountAsync(matcher, "openings"));
        matcher.Vault.Opened.Clear();
        await matcher.RunDueAsync();
        Assert.Empty(matcher.Vault.Opened);

        var cleo = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);
        Assert.True(matcher.HasOpened(ana) && matcher.HasOpened(ben) && matcher.HasOpened(cleo));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Two_found_apart_do_not_make_three(Engine engine)
    {
        await using var matcher = await StartAsync(engine);
        var (ana, ben) = (await matcher.FileAsync(matcher.NewAuthor(), 2, Accused), await matcher.FileAsync(matcher.NewAuthor(), 2, Accused));
        Assert.Null((await PostAsync(matcher, Apart(matcher, ana, ben))).Refusal);
        await matcher.RunDueAsync();

        var careful = await matcher.FileAsync(matcher.NewAuthor(), 3, Accused);
        Assert.False(matcher.HasOpened(careful));
        _ = await matcher.FileAsync(matcher.NewAuthor(), 3, Accused);
        Assert.True(matcher.HasOpened(careful));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_its_author_uses_no_more_counts_no_more(Engine engine)
    {
        await using var matcher = await StartAsync(engine);
        var (older, newer) = (await matcher.FileAsync(matcher.NewAuthor(), 2, Accused), await matcher.FileAsync(matcher.NewAuthor(), 2, Accused));

        Assert.Null((await PostAsync(matcher, Apart(matcher, newer, older, isOneAuthor: true))).Refusal);
        await matcher.RunDueAsync();
        Assert.Equal(0, await CountAsync(matcher, "openings"));
        matcher.Vault.Opened.Clear();
        var cleo = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);

        Assert.True(matcher.HasOpened(newer) && matcher.HasOpened(cleo));
        Assert.False(matcher.HasOpened(older));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_is_left_alone_by_a_withdrawal_opens_anew_with_the_next(Engine engine)
    {
        await using var matcher = await StartAsync(engine);
        var author = matcher.NewAuthor();
        var (ana, ben) = (await matcher.FileAsync(matcher.NewAuthor(), 2, Accused), await matcher.FileAsync(author, 2, Accused));

        await matcher.WithdrawAsync(author, ben);
        await matcher.RunDueAsync();
        Assert.Equal(0, await CountAsync(matcher, "openings"));
        matcher.Vault.Opened.Clear();
        _ = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);

        Assert.True(matcher.HasOpened(ana));
    }

    [Fact]
    public async Task Only_two_counselors_of_the_roster_who_agree_part_two_and_only_the_vault_brings_it()
    {
        await using var matcher = await StartAsync();
        using var stranger = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        var (ana, ben) = (await matcher.FileAsync(matcher.NewAuthor(), 2, Accused), await matcher.FileAsync(matcher.NewAuthor(), 2, Accused));
        var right = Apart(matcher, ana, ben);
        var forged = right.ToArray();
        forged[^1] ^= 1;

        Assert.Equal(Refusal.NotAllowed, (await matcher.AsVaultAsync("v1/apart", right, new string('0', 64))).Refusal);
        Assert.Equal(Refusal.CounselorUnknown, (await PostAsync(matcher, Apart(matcher, ana, ben, second: stranger))).Refusal);
        Assert.Equal(Refusal.SignatureInvalid, (await PostAsync(matcher, forged)).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await PostAsync(matcher, Apart(matcher, ana, ben, answer: FindingAnswer.Yes))).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await PostAsync(matcher, right[..^1])).Refusal);
        Assert.Equal(0, await CountAsync(matcher, "apart"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_counselor_learns_by_which_of_the_codes_it_opened_and_a_copied_one_is_none(Engine engine)
    {
        await using var matcher = await StartAsync(engine);
        var (ana, ben) = (await matcher.FileAsync(matcher.NewAuthor(), 2, Accused, "email:x@example.org"), await matcher.FileAsync(matcher.NewAuthor(), 2, Accused));
        var alone = await matcher.FileAsync(matcher.NewAuthor(), 2, "email:y@example.org");
        var other = RandomNumberGenerator.GetBytes(64);

        Assert.Equal([1, 0, 0, 0], await CompareAsync(matcher, ana, ana.Starts[0], ana.Starts[1], other, other));
        Assert.Equal([0, 1, 0, 0], await CompareAsync(matcher, ben, other, ana.Starts[0], other, other));
        Assert.Equal([0, 0, 0, 0], await CompareAsync(matcher, ben, other, other, other, other));
        Assert.Equal([0, 0, 0, 0], await CompareAsync(matcher, alone, alone.Starts[0], other, other, other));
        Assert.Equal(Refusal.NotAllowed, (await matcher.AsVaultAsync("v1/comparisons", [], "")).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await matcher.AsVaultAsync("v1/comparisons", new byte[100])).Refusal);
    }

    private Task<RunningMatcher> StartAsync(Engine engine = Engine.Sqlite) =>
        RunningMatcher.StartAsync(engine, keeperPlan: new() { Counselors = [new("Inès", "age1x", _counselor.PublicKey)] });

    private byte[] Apart(
        RunningMatcher matcher, TestFiling one, TestFiling other, bool isOneAuthor = false, SigningKey? second = null, FindingAnswer answer = FindingAnswer.No)
    {
        var question = isOneAuthor ? FindingQuestion.Authors : FindingQuestion.Named;
        FindingMessage Finding(TestFiling about, TestFiling with, FindingAnswer said, SigningKey by) => FindingMessage.TryParse(FindingMessage.Write(
            matcher.Keepers.Keyset.Deployment.Span, about.Message.FilingId.Span, with.Message.FilingId.Span, question, said, about.Message.Day, by))!;
        return new ApartMessage(
            one.Message.Credential.Pseudonym, Finding(one, other, answer, _counselor),
            other.Message.Credential.Pseudonym, Finding(other, one, isOneAuthor ? FindingAnswer.NoLongerThis : answer, second ?? _counselor)).ToBytes();
    }

    private static Task<(byte[] Bytes, Refusal? Refusal)> PostAsync(RunningMatcher matcher, byte[] message) => matcher.AsVaultAsync("v1/apart", message);

    private static async Task<byte[]> CompareAsync(RunningMatcher matcher, TestFiling filing, params byte[][] starts)
    {
        var keyset = matcher.Keepers.Keyset;
        var content = new ComparisonContent(keyset.Deployment, filing.Message.FilingId, [.. starts.Select(start => (ReadOnlyMemory<byte>)start)]);
        var box = SealedBox.Seal(keyset.Matcher.Span, content.ToBytes(), RandomNumberGenerator.Fill);
        var message = new WireWriter().Bytes(filing.Message.Credential.Pseudonym.Span).Bytes(filing.Message.FilingId.Span).Bytes(box).ToArray();
        var (bytes, refusal) = await matcher.AsVaultAsync("v1/comparisons", message);
        Assert.Null(refusal);
        return bytes;
    }

    private static Task<long> CountAsync(RunningMatcher matcher, string table) =>
        matcher.Database.ReadAsync(session => session.QueryOne<long>($"SELECT count(*) FROM {table}"), TestContext.Current.CancellationToken);
}
