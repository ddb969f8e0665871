using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;
using WeToo.Tests.Authors;
using Xunit;

namespace WeToo.Tests.Keeper;

/// <summary>What a keeper must be shown before it helps to unseal, open or release anything, and what it refuses.</summary>
public sealed class EvidenceTests : IAsyncLifetime
{
    private const string Named = "tel:+33612345678";

    private readonly SigningKey _counselor = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
    private readonly SecretBytes _matcher = SecretBytes.Random(32, RandomNumberGenerator.Fill);
    private KeeperSet _set = null!;

    private static uint Today => Keeper.Author.Today(TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        var counselor = new TeamMember("Inès", AgeIdentity.Random(RandomNumberGenerator.Fill).Recipient, _counselor.PublicKey);
        _set = await KeeperSet.StartAsync(new() { Matcher = SealedBox.PublicKey(_matcher), Counselors = [counselor] });
    }

    public ValueTask DisposeAsync()
    {
        _counselor.Dispose();
        _matcher.Dispose();
        return _set.DisposeAsync();
    }

    [Fact]
    public async Task Two_equal_tags_unseal_and_one_alone_does_not()
    {
        var (ana, ben) = (File(2, Named), File(2, Named));

        Assert.Equal(2, (await DropAsync(1, 2, AtFirst(ana), AtFirst(ben))).Seeds);
        Assert.Equal(Refusal.RuleNotMet, (await DropAsync(1, 2, AtFirst(ana))).Refusal);
    }

    [Fact]
    public async Task Different_tags_a_repeated_author_and_a_made_up_place_are_refused()
    {
        var author = new TestAuthor(_set.Keyset);
        var (first, second, other) = (author.File(2, Named), author.File(2, Named), File(2, "tel:+33612345679"));
        var (three, ben) = (File(3, Named), File(2, Named));

        Assert.Equal(Refusal.TagMismatch, (await DropAsync(1, 2, AtFirst(first), AtFirst(other))).Refusal);
        Assert.Equal(Refusal.PseudonymRepeated, (await DropAsync(1, 2, AtFirst(first), AtFirst(second))).Refusal);
        Assert.Equal(Refusal.PseudonymRepeated, (await DropAsync(1, 2, AtFirst(first), AtFirst(first))).Refusal);
        Assert.Equal(Refusal.TagMismatch, (await DropAsync(1, 3, AtFirst(three), AtFirst(ben))).Refusal);
        Assert.Equal(Refusal.TagMismatch, (await DropAsync(1, 3, At(three, 1, RandomNumberGenerator.GetBytes(64)), AtFirst(ben))).Refusal);
        Assert.Equal(Refusal.RuleNotMet, (await DropAsync(1, 3, At(three, 1), AtFirst(ben))).Refusal);
    }

    [Fact]
    public async Task Foreign_epochs_and_deployments_and_altered_slips_are_refused()
    {
        Member[] members = [AtFirst(File(2, Named)), AtFirst(File(2, Named))];
        var altered = new DropRequest(_set.Keyset.Deployment, 1, 1, 2, members).ToBytes();
        altered[^100] ^= 1; // In the last slips' signature or what it covers.

        Assert.Equal(Refusal.WrongEpoch, (await AskAsync("v1/drops", new DropRequest(_set.Keyset.Deployment, 2, 1, 2, members).ToBytes())).Refusal);
        Assert.Equal(Refusal.DeploymentForeign, (await AskAsync("v1/drops", new DropRequest(new byte[16], 1, 1, 2, members).ToBytes())).Refusal);
        Assert.NotNull((await AskAsync("v1/drops", altered)).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await AskAsync("v1/drops", [1, 2, 3])).Refusal);
        Assert.Equal(Refusal.MessageTooLarge, (await AskAsync("v1/drops", new byte[Limits.EvidenceBytes + 1])).Refusal);
    }

    [Fact]
    public async Task A_withdrawn_filing_is_refused_in_every_kind_of_evidence()
    {
        var author = new TestAuthor(_set.Keyset);
        var (ana, ben) = (author.File(2, Named), File(2, Named));
        var (signatures, _) = await OpenEverywhereAsync(ana, ben);
        Assert.Null((await AskAsync("v1/tombstones", author.Withdraw(ana))).Refusal);

        Assert.Equal(Refusal.FilingWithdrawn, (await DropAsync(1, 2, AtFirst(ana), AtFirst(ben))).Refusal);
        Assert.Equal(Refusal.FilingWithdrawn, (await AskAsync("v1/openings", Opening(2, (ana, true), (ben, true)))).Refusal);
        Assert.Equal(Refusal.FilingWithdrawn, (await AskAsync("v1/releases", Release(ana, signatures))).Refusal);
    }

    [Fact]
    public async Task An_opening_needs_the_start_of_every_chain_and_enough_people()
    {
        var (ana, ben, cleo) = (File(2, Named), File(2, Named), File(3, Named));

        Assert.Equal(Refusal.RuleNotMet, (await AskAsync("v1/openings", Opening(2, (ana, true)))).Refusal);
        Assert.Equal(Refusal.RuleNotMet, (await AskAsync("v1/openings", Opening(3, (ana, true), (cleo, true)))).Refusal);
        Assert.Equal(Refusal.TagMismatch, (await AskAsync("v1/openings", new OpeningRequest(_set.Keyset.Deployment, 1, 2, [new(At(ana, 0), ana.Message), new(AtFirst(ben), ben.Message)]).ToBytes())).Refusal);
        Assert.Null((await AskAsync("v1/openings", Opening(2, (ana, true), (ben, true)))).Refusal);
    }

    [Fact]
    public async Task A_filing_that_is_not_the_slips_own_is_not_opened()
    {
        var (ana, ben, other) = (File(2, Named), File(2, Named), File(2, "tel:+33612345679"));
        OpeningMember[] members = [new(At(ana, 0), other.Message), new(At(ben, 0), ben.Message)];

        Assert.Equal(Refusal.MalformedMessage, (await AskAsync("v1/openings", new OpeningRequest(_set.Keyset.Deployment, 1, 2, members).ToBytes())).Refusal);
    }

    [Fact]
    public async Task An_account_needs_an_opening_by_a_quorum_a_counselor_on_the_roster_and_the_authors_own_word()
    {
        var (ana, ben) = (File(2, Named), File(2, Named));
        var (signatures, _) = await OpenEverywhereAsync(ana, ben);
        using var stranger = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));

        Assert.Null((await AskAsync("v1/releases", Release(ana, signatures))).Refusal);
        Assert.Equal(Refusal.OpeningMissing, (await AskAsync("v1/releases", Release(ana, [signatures[0]]))).Refusal);
        Assert.Equal(Refusal.OpeningMissing, (await AskAsync("v1/releases", Release(ana, [signatures[0], signatures[0]]))).Refusal);
        Assert.Equal(Refusal.OpeningMissing, (await AskAsync("v1/releases", Release(ben, signatures))).Refusal);
        Assert.Equal(Refusal.CounselorUnknown, (await AskAsync("v1/releases", Release(ana, signatures, counselor: stranger))).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await AskAsync("v1/releases", Release(ana, signatures, consentOf: ben))).Refusal);
        Assert.Equal(Refusal.RosterUnknown, (await AskAsync("v1/releases", Release(ana, signatures, roster: _set.Signed.Roster.Text + " "))).Refusal);
    }

    [Fact]
    public async Task An_account_needs_both_checks_signed_with_yes()
    {
        var (ana, ben) = (File(2, Named), File(2, Named));
        var (signatures, _) = await OpenEverywhereAsync(ana, ben);

        foreach (var no in (FindingAnswer[])[FindingAnswer.No, FindingAnswer.CannotTell])
        {
            Assert.Equal(Refusal.CheckMissing, (await AskAsync("v1/releases", Release(ana, signatures, authors: no))).Refusal);
            Assert.Equal(Refusal.CheckMissing, (await AskAsync("v1/releases", Release(ana, signatures, named: no))).Refusal);
        }

        Assert.Null((await AskAsync("v1/releases", Release(ana, signatures))).Refusal);
    }

    [Fact]
    public async Task A_counselor_has_codes_evaluated_again_for_what_opened_so_often_and_each_is_on_record()
    {
        var (ana, ben) = (File(2, Named), File(2, Named));
        var (signatures, _) = await OpenEverywhereAsync(ana, ben);
        using var stranger = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        using var blind = Scalar.Random(RandomNumberGenerator.Fill);
        var input = RandomNumberGenerator.GetBytes(32);
        var first = Recheck(ana, signatures, input, blind);
        var records = await CountRecordsAsync();

        var reply = EvaluateReply.TryParse((await AskAsync("v1/rechecks", first)).Bytes)!;
        Assert.True(Dleq.Verify(DleqContext.Evaluate, _set.Keyset.Keepers[0].Y, [.. Enumerable.Repeat(OprfClient.Blind(input, blind), 4)], [.. reply.Evaluated], reply.Proof));
        Assert.Null((await AskAsync("v1/rechecks", first)).Refusal);
        Assert.Equal(records + 1, await CountRecordsAsync());

        Assert.Equal(Refusal.OpeningMissing, (await AskAsync("v1/rechecks", Recheck(ana, [signatures[0]], input, blind))).Refusal);
        Assert.Equal(Refusal.OpeningMissing, (await AskAsync("v1/rechecks", Recheck(ben, signatures, input, blind))).Refusal);
        Assert.Equal(Refusal.CounselorUnknown, (await AskAsync("v1/rechecks", Recheck(ana, signatures, input, blind, stranger))).Refusal);
        Assert.Equal(Refusal.RequestExpired, (await AskAsync("v1/rechecks", Recheck(ana, signatures, input, blind, daysOff: 2))).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await AskAsync("v1/rechecks", Recheck(ana, signatures, input, blind, of: ben))).Refusal);
        for (var more = 1; more < 6; more++) Assert.Null((await AskAsync("v1/rechecks", Recheck(ana, signatures, input, blind))).Refusal);
        Assert.Equal(Refusal.QuotaExhausted, (await AskAsync("v1/rechecks", Recheck(ana, signatures, input, blind))).Refusal);
        Assert.Equal(records + 6, await CountRecordsAsync());

        Assert.Null((await AskAsync("v1/tombstones", WithdrawalMessage.Write(_set.Keyset.Deployment.Span, ana.Message.FilingId.Span, Today, ana.Draft.Pseudonym))).Refusal);
        Assert.Equal(Refusal.FilingWithdrawn, (await AskAsync("v1/rechecks", first)).Refusal);
    }

    private TestFiling File(byte leastNumber, string identifier) => new TestAuthor(_set.Keyset).File(leastNumber, identifier);

    private SlipsMessage SlipsOf(TestFiling filing) => SlipsMessage.TryParse(SealedBox.Open(_matcher, _set.Keyset.Matcher.Span, filing.Submission.SlipsBox.Span)!)!;

    private Member AtFirst(TestFiling filing) => new(SlipsOf(filing), 0, default, (byte)(filing.Draft.LeastNumber - 1));

    private Member At(TestFiling filing, byte rung, byte[]? shown = null) => new(SlipsOf(filing), 0, shown ?? Chain.Climb(filing.Starts[0], 0, rung), rung);

    private async Task<(int Seeds, Refusal? Refusal)> DropAsync(byte rung, byte leastCount, params Member[] members)
    {
        var (bytes, refusal) = await AskAsync("v1/drops", new DropRequest(_set.Keyset.Deployment, 1, rung, leastCount, members).ToBytes());
        if (refusal is not null) return (0, refusal);

        var reply = DropReply.TryParse(bytes)!;
        Element[] bases = [.. members.Select(member => member.Slips.Seed(0, member.Rung - 1).Header.U)];
        Assert.True(Dleq.Verify(DleqContext.Drop, _set.Keyset.Keepers[0].Z, bases, [.. reply.Shares], reply.Proof));
        return (reply.Shares.Count, null);
    }

    private byte[] Opening(byte leastCount, params (TestFiling Filing, bool Open)[] members) => new OpeningRequest(
        _set.Keyset.Deployment, 1, leastCount, [.. members.Select(member => new OpeningMember(At(member.Filing, 0), member.Open ? member.Filing.Message : null))]).ToBytes();

    /// <summary>Two keepers open both; the first filing's signatures, and its contact part, which their shares unlock.</summary>
    private async Task<(OpeningSignature[] Signatures, byte[] Contact)> OpenEverywhereAsync(TestFiling first, TestFiling second)
    {
        var replies = new List<OpeningReply>();
        foreach (var keeper in _set.Keepers.Take(2))
            replies.Add(OpeningReply.TryParse((await keeper.Client.AskAsync("v1/openings", Opening(2, (first, true), (second, true)))).Bytes)!);

        var point = Quorum.Combine([.. replies.Select(reply => new PartialEvaluation(reply.KeeperIndex, reply.Opened[0].Share))])!.Value;
        var contact = Tdh2.Open(point, first.Message.Contact, first.Message.PackageLabel(PackageField.Contact), first.Submission.Contact.Span);
        Assert.NotNull(contact);
        return ([.. replies.Select(reply => new OpeningSignature(reply.KeeperIndex, reply.Opened[0].Signature))], contact);
    }

    private byte[] Release(TestFiling filing, OpeningSignature[] signatures, SigningKey? counselor = null, TestFiling? consentOf = null, string? roster = null,
        FindingAnswer authors = FindingAnswer.Yes, FindingAnswer named = FindingAnswer.Yes)
    {
        var consenting = consentOf ?? filing;
        var deployment = _set.Keyset.Deployment.Span;
        return new ReleaseRequest(
            _set.Keyset.Deployment,
            1,
            filing.Message,
            roster ?? _set.Signed.Roster.Text,
            Finding(FindingQuestion.Authors, filing, counselor ?? _counselor, authors),
            Finding(FindingQuestion.Named, filing, counselor ?? _counselor, named),
            ConsentMessage.TryParse(ConsentMessage.Write(deployment, consenting.Message.FilingId.Span, Today, consenting.Draft.Pseudonym))!,
            signatures).ToBytes();
    }

    private FindingMessage Finding(FindingQuestion question, TestFiling filing, SigningKey counselor, FindingAnswer answer) => FindingMessage.TryParse(
        FindingMessage.Write(_set.Keyset.Deployment.Span, filing.Message.FilingId.Span, new byte[16], question, answer, Today, counselor))!;

    private byte[] Recheck(
        TestFiling filing, OpeningSignature[] signatures, byte[] input, Scalar blind, SigningKey? counselor = null, uint daysOff = 0, TestFiling? of = null)
    {
        Element[] blinded = [.. Enumerable.Repeat(OprfClient.Blind(input, blind), Limits.SlipCount)];
        var request = RecheckRequest.Write(
            _set.Keyset.Deployment.Span, 1, Today + daysOff, RandomNumberGenerator.GetBytes(16), (of ?? filing).Message.FilingId.Span, blinded, counselor ?? _counselor);
        return new RecheckEvidence(RecheckRequest.TryParse(request)!, filing.Message, signatures).ToBytes();
    }

    private async Task<int> CountRecordsAsync() =>
        (await _set.Keepers[0].Client.GetStringAsync(new Uri("v1/audit", UriKind.Relative), TestContext.Current.CancellationToken)).Split("\"Recheck\"").Length - 1;

    private Task<(byte[] Bytes, Refusal? Refusal)> AskAsync(string path, byte[] message) => _set.Keepers[0].Client.AskAsync(path, message);
}
