using System.Net;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>X1: a mailbox of two registers. Looking, reading and writing are one exchange; what is replaced is gone. WEP-1, section 17.</summary>
public sealed class MailTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Looking_reading_and_writing_are_the_same_exchange_and_what_was_left_comes_to_the_other(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var sealedFiling = await new TestFiling(set).FiledAsync(set);
        var waiting = new TestMail(set, sealedFiling.Author, sealedFiling.Id);
        var (mail, counselor, caseId, direct) = await BeginAsync(set);
        var (fromAuthor, fromCounselor) = (TestMail.Put(1), TestMail.Put(1));
        var answers = new List<string>
        {
            await WholeAsync(set, waiting.Message(TestMail.Look)), // Nobody has it yet.
            await WholeAsync(set, mail.Message(TestMail.Look)),
            await WholeAsync(set, mail.Message(fromAuthor, counselor)),
        };
        Assert.Null((await mail.CounselorAsync(counselor, caseId, fromCounselor)).Refusal);
        answers.Add(await WholeAsync(set, mail.Message(TestMail.Look))); // There is something to read.
        answers.Add(await WholeAsync(set, mail.Message(TestMail.Put(2), counselor)));

        Assert.Single(answers.Distinct());
        Assert.Equal(mail.Message(TestMail.Look).Length, mail.Message(fromAuthor, counselor).Length);

        var read = await mail.AuthorAsync(TestMail.Look);
        Assert.Equal(counselor.Signing.PublicKey.ToArray(), read.Counselor);
        Assert.Equal(2u, read.Put!.Revision);
        Assert.Equal(fromCounselor.Bundle.ToArray(), read.Put.Bundle.ToArray());
        var desk = await mail.CounselorAsync(counselor, caseId, TestMail.Look);
        Assert.Equal(1u, desk.Put!.Revision);
        Assert.Equal(fromCounselor.State.ToArray(), desk.Put.State.ToArray());
        Assert.NotEqual(fromAuthor.Bundle.ToArray(), desk.Put.Bundle.ToArray()); // Replaced by the second.
        Assert.Equal(new byte[32], (await waiting.AuthorAsync(TestMail.Look)).Counselor);
        Assert.Equal("opened", (await direct.StatusAsync(set)).GetProperty("state").GetString()); // Looking says nothing else to anybody.
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_is_replaced_is_gone_and_nothing_grows_with_what_is_said(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (mail, counselor, caseId, _) = await BeginAsync(set);
        const string First = "what was there at first";
        Assert.Null((await mail.AuthorAsync(TestMail.Put(1, Holding(First, MailPut.StateSize), Holding(First, MailPut.BundleSize)), counselor)).Refusal);
        Assert.Null((await mail.CounselorAsync(counselor, caseId, TestMail.Put(1, Holding(First, MailPut.StateSize), Holding(First, MailPut.BundleSize)))).Refusal);
        Assert.Equal(4, (await Leaks.FindAsync(set, First)).Count);

        for (var revision = 2u; revision < 6; revision++)
        {
            Assert.Null((await mail.AuthorAsync(TestMail.Put(revision), counselor)).Refusal);
            Assert.Null((await mail.CounselorAsync(counselor, caseId, TestMail.Put(revision))).Refusal);
        }

        Assert.Empty(await Leaks.FindAsync(set, First));
        Assert.Equal((1, 1), (await set.CountAsync("mailboxes"), await set.CountAsync("mail")));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_older_or_skipped_revision_changes_nothing_and_of_many_at_once_one_is_kept_whole(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (mail, counselor, caseId, _) = await BeginAsync(set);
        var first = mail.Message(TestMail.Put(1), counselor);
        Assert.Null(await set.PostAsync("/v1/mail", first));
        var kept = (await mail.AuthorAsync(TestMail.Put(3), counselor)).Put!;
        Assert.Equal(1u, kept.Revision);
        Assert.Null(await set.PostAsync("/v1/mail", first)); // Sent again by whoever watched: nothing happens.
        Assert.Equal(kept.State.ToArray(), (await mail.AuthorAsync(TestMail.Put(1), counselor)).Put!.State.ToArray());

        MailPut[] puts = [.. Enumerable.Range(0, 8).Select(_ => TestMail.Put(2))];
        var answers = await Task.WhenAll(puts.Select(put => mail.AuthorAsync(put, counselor)));
        var winner = puts.Single(put => put.State.Span.SequenceEqual(answers[0].Put!.State.Span));
        Assert.All(answers, answer => Assert.True(answer.Put!.Revision == 2 && answer.Put.State.Span.SequenceEqual(winner.State.Span)));
        Assert.Equal(winner.Bundle.ToArray(), (await mail.CounselorAsync(counselor, caseId, TestMail.Look)).Put!.Bundle.ToArray());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_cut_in_the_middle_keeps_all_or_nothing_and_the_same_can_be_sent_again(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (mail, counselor, _, _) = await BeginAsync(set);
        var before = TestMail.Put(1);
        Assert.Null((await mail.AuthorAsync(before, counselor)).Refusal);
        var put = TestMail.Put(2);
        using var half = new HalfContent(mail.Message(put, counselor));
        await Assert.ThrowsAsync<HttpRequestException>(() => set.Client.PostAsync(new Uri("/v1/mail", UriKind.Relative), half, Cancel));
        Assert.Equal(before.State.ToArray(), (await mail.AuthorAsync(TestMail.Look)).Put!.State.ToArray());

        Assert.Null((await mail.AuthorAsync(put, counselor)).Refusal); // Kept, and its answer never read: the machine stops.
        await set.StopVaultAsync();
        await set.StartVaultAsync();

        var again = await mail.AuthorAsync(put, counselor);
        Assert.Equal(2u, again.Put!.Revision);
        Assert.Equal(put.State.ToArray(), again.Put.State.ToArray());
    }

    [Fact]
    public async Task Whoever_is_not_the_author_or_their_counselor_is_refused_and_leaves_nothing()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var (mail, counselor, caseId, direct) = await BeginAsync(set, chosen: 1);
        var other = set.Counselors[1];
        var stranger = new Author(set.Keyset.Keyset);
        var forged = mail.Message(TestMail.Put(1), counselor);
        forged[60] ^= 1; // Another filing.
        var state = mail.Message(TestMail.Put(1), counselor);
        state[5000] ^= 1;

        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/mail", forged));
        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/mail", state));
        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/mail", mail.Message(TestMail.Put(1), counselor, by: stranger.Pseudonym)));
        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/mail", mail.Message(TestMail.Put(1), counselor, of: new byte[16])));
        Assert.Equal(Refusal.DeploymentForeign, await set.PostAsync("/v1/mail", mail.Message(TestMail.Put(1), counselor, deployment: new byte[16])));
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync("/v1/mail", mail.Message(TestMail.Put(1), counselor, day: set.Today - 2)));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/mail", [.. mail.Message(TestMail.Put(1), counselor), 0]));
        Assert.Equal(Refusal.MessageTooLarge, await set.PostAsync("/v1/mail", new byte[Limits.OtherBytes + 1]));
        Assert.Equal(Refusal.CaseUnknown, (await mail.CounselorAsync(other, caseId, TestMail.Put(1))).Refusal);
        Assert.Equal(Refusal.CaseUnknown, (await mail.CounselorAsync(counselor, new string('a', 32), TestMail.Put(1))).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/mail", new byte[9])).Refusal);
        Assert.Equal((0, 0), (await set.CountAsync("mailboxes"), await set.CountAsync("mail")));

        Assert.Null(await set.PostAsync("/v1/freezes", direct.Freeze(true)));
        Assert.Equal(Refusal.ContactFrozen, (await mail.CounselorAsync(counselor, caseId, TestMail.Look)).Refusal);
        Assert.Null((await mail.AuthorAsync(TestMail.Look)).Refusal); // What is theirs, they read.
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_was_said_ends_with_the_case_of_a_counselor_and_all_of_it_with_a_withdrawal(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (mail, first, caseId, direct) = await BeginAsync(set);
        var second = set.Counselors.Single(one => one != first);
        var (own, file) = (TestMail.Put(1), RandomNumberGenerator.GetBytes(16));
        Assert.Null((await mail.AuthorAsync(own, first)).Refusal);
        Assert.Null((await mail.CounselorAsync(first, caseId, TestMail.Put(1))).Refusal);
        Assert.Null(await mail.PutPartAsync(file, 0, 1, [1, 2, 3]));

        Assert.Null((await first.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/recusal", "{}"u8.ToArray())).Refusal);

        Assert.Equal(Refusal.CaseUnknown, (await mail.CounselorAsync(first, caseId, TestMail.Look)).Refusal);
        Assert.Equal((1, 0, 0), (await set.CountAsync("mailboxes"), await set.CountAsync("mail"), await set.CountAsync("mail_parts")));
        var late = await mail.AuthorAsync(TestMail.Put(2), first); // Written before they saw who has it now.
        Assert.Equal(own.State.ToArray(), late.Put!.State.ToArray());
        Assert.Equal((1u, Convert.ToHexString(second.Signing.PublicKey.Span)), (late.Put.Revision, Convert.ToHexString(late.Counselor)));
        Assert.Equal(0, await set.CountAsync("mail"));

        Assert.Null((await mail.AuthorAsync(TestMail.Put(2), second)).Refusal);
        Assert.Null((await mail.CounselorAsync(second, caseId, TestMail.Put(1))).Refusal);
        Assert.Null(await mail.PutPartAsync(second, caseId, file, 0, 1, [4]));
        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));
        Assert.Equal((0, 0, 0), (await set.CountAsync("mailboxes"), await set.CountAsync("mail"), await set.CountAsync("mail_parts")));
        Assert.Equal(Refusal.FilingWithdrawn, (await mail.AuthorAsync(TestMail.Put(1), second)).Refusal);
        Assert.Equal(Refusal.FilingWithdrawn, (await mail.CounselorAsync(second, caseId, TestMail.Put(1))).Refusal);
        Assert.Equal(Refusal.FilingWithdrawn, await mail.PutPartAsync(second, caseId, file, 0, 1, [4]));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Files_go_with_messages_either_way_and_to_nobody_else(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2, Settings = options => options.MailFilesBytesPerSide = 100 });
        var (mail, counselor, caseId, direct) = await BeginAsync(set, chosen: 1);
        var stranger = new Author(set.Keyset.Keyset);
        var (theirs, ours) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16));

        Assert.Equal(Refusal.FilePartOutOfOrder, await mail.PutPartAsync(theirs, 1, 2, [2]));
        Assert.Null(await mail.PutPartAsync(theirs, 0, 2, [1]));
        Assert.Null(await mail.PutPartAsync(theirs, 0, 2, [1])); // Its answer was lost.
        Assert.Equal(Refusal.FileIdReused, await mail.PutPartAsync(theirs, 0, 2, [9]));
        Assert.Equal(Refusal.FileIdReused, await mail.PutPartAsync(theirs, 1, 3, [2]));
        Assert.Equal(Refusal.FileIdReused, await mail.PutPartAsync(counselor, caseId, theirs, 1, 2, [2]));
        Assert.Equal(Refusal.CaseUnknown, await mail.PutPartAsync(theirs, 1, 2, [2], by: stranger));
        Assert.Null(await mail.PutPartAsync(theirs, 1, 2, [2]));
        Assert.Null(await mail.PutPartAsync(counselor, caseId, ours, 0, 1, new byte[100]));
        Assert.Equal(Refusal.StorageFull, await mail.PutPartAsync(counselor, caseId, RandomNumberGenerator.GetBytes(16), 0, 1, [1]));
        Assert.Equal(Refusal.MalformedMessage, await mail.PutPartAsync(counselor, caseId, RandomNumberGenerator.GetBytes(16), 0, 13, [1]));
        Assert.Equal(Refusal.CaseUnknown, await mail.PutPartAsync(set.Counselors[1], caseId, RandomNumberGenerator.GetBytes(16), 0, 1, [1]));

        Assert.Equal([2], (await mail.PartAsync(counselor, caseId, theirs, 1)).Bytes); // Without a yes to the account: this was sent to them.
        Assert.Equal(new byte[100], (await mail.PartAsync(ours, 0)).Bytes);
        Assert.Equal(Refusal.NotFound, (await mail.PartAsync(ours, 0, by: stranger)).Refusal);
        Assert.Equal(Refusal.NotFound, (await mail.PartAsync(ours, 1)).Refusal);
        Assert.Equal(Refusal.CaseUnknown, (await mail.PartAsync(set.Counselors[1], caseId, theirs, 0)).Refusal);

        Assert.Null(await set.PostAsync("/v1/freezes", direct.Freeze(true)));
        Assert.Equal(Refusal.CaseUnknown, (await mail.PartAsync(counselor, caseId, theirs, 0)).Refusal);
        Assert.Equal(Refusal.ContactFrozen, await mail.PutPartAsync(counselor, caseId, RandomNumberGenerator.GetBytes(16), 0, 1, [1]));
    }

    [Fact]
    public async Task A_part_of_a_file_of_an_account_is_none_of_a_mailbox()
    {
        await using var set = await VaultSet.StartAsync();
        var (_, _, _, direct) = await BeginAsync(set);
        var part = FilePart.Write(set.Keyset.Keyset.Deployment.Span, set.Today, direct.Id, new byte[16], 0, 1, direct.Author.Credential, [1], direct.Author.Pseudonym);

        Assert.Equal(Refusal.SignatureInvalid, (await set.SendAsync(HttpMethod.Put, "/v1/mail/files", part)).Refusal);
        Assert.Equal(Refusal.SignatureInvalid, (await set.SendAsync(
            HttpMethod.Put, "/v1/files",
            FilePart.Write<MailPartPurpose>(set.Keyset.Keyset.Deployment.Span, set.Today, direct.Id, new byte[16], 0, 1, direct.Author.Credential, [1], direct.Author.Pseudonym))).Refusal);
    }

    private static async Task<(TestMail Mail, TestCounselor Counselor, string CaseId, TestDirect Direct)> BeginAsync(VaultSet set, int? chosen = null)
    {
        var direct = await new TestDirect(set, counselors: [.. set.Counselors.Take(chosen ?? set.Counselors.Count)]).SentAsync(set);
        foreach (var counselor in set.Counselors)
            if (await counselor.CasesAsync(set) is [var one]) return (new(set, direct.Author, direct.Id), counselor, one.GetProperty("case_id").GetString()!, direct);
        throw new InvalidOperationException("Nobody has the case.");
    }

    /// <summary>Status, headers and length: all that anybody sees who cannot open it.</summary>
    private static async Task<string> WholeAsync(VaultSet set, byte[] message)
    {
        using var content = new ByteArrayContent(message);
        using var answer = await set.Client.PostAsync(new Uri("/v1/mail", UriKind.Relative), content, Cancel);
        return Answers.Whole(answer, $"{(await answer.Content.ReadAsByteArrayAsync(Cancel)).Length} bytes");
    }

    private static byte[] Holding(string text, int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        Encoding.UTF8.GetBytes(text).CopyTo(bytes, 1000);
        return bytes;
    }

    /// <summary>A body whose sender goes away in the middle.</summary>
    private sealed class HalfContent(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), Cancel);
            await stream.FlushAsync(Cancel);
            throw new IOException("Cut.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
