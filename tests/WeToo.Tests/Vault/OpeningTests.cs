using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Wire;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>From keepers' shares to a counselor's case. WEP-1, section 14.</summary>
public sealed class OpeningTests
{
    private const string Path = "/v1/internal/openings";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Each_author_of_a_match_gets_another_counselor_who_can_read_how_to_reach_them(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });

        var filings = await TestMatch.MatchedAsync(set, [.. Enumerable.Range(0, 3).Select(i => new TestFiling(set, leastNumber: 3, contact: $"Author {i}"))]);

        var read = new List<string>();
        foreach (var counselor in set.Counselors)
        {
            var listed = Assert.Single(await counselor.CasesAsync(set));
            Assert.Equal("contact", listed.GetProperty("state").GetString());
            var whole = await counselor.CaseAsync(set, listed.GetProperty("case_id").GetString()!);
            Assert.Equal(Refusal.NotAllowed, (await counselor.OpenRoomAsync(set, listed.GetProperty("case_id").GetString()!, 0)).Refusal);
            read.Add(Encoding.UTF8.GetString(AgeFile.TryDecrypt(counselor.Identity, whole.GetProperty("contact").GetBytesFromBase64())!));
        }

        Assert.Equal(["Author 0", "Author 1", "Author 2"], read.Order());
        foreach (var filing in filings) Assert.Equal("sealed", await AuthorTests.StateAsync(set, filing));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Handing_over_twice_changes_nothing(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        TestFiling[] filings = [await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set)];
        var opening = await TestMatch.OpenAsync(set, filings);

        Assert.Null((await set.AsMatcherAsync(Path, opening)).Refusal);
        var (before, cases) = (await set.CountsAsync(), await CasesAsync(set));
        Assert.Null((await set.AsMatcherAsync(Path, opening)).Refusal);

        Assert.Equal((before, cases), (await set.CountsAsync(), await CasesAsync(set)));
    }

    [Fact]
    public async Task A_case_goes_to_those_the_author_chose_and_for_others_it_does_not_exist()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        var chosen = set.Counselors.Take(1).ToList();

        await TestMatch.MatchedAsync(set, new TestFiling(set, counselors: chosen), new TestFiling(set, counselors: chosen));

        Assert.Equal(2, (await set.Counselors[0].CasesAsync(set)).Count);
        Assert.Empty(await set.Counselors[1].CasesAsync(set));
        Assert.Empty(await set.Counselors[2].CasesAsync(set));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_one_author_sealed_wrongly_holds_up_nobody_and_is_on_record(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });

        await TestMatch.MatchedAsync(set, new TestFiling(set).WithGarbageContact(), new TestFiling(set, contact: "Ana"));

        var contacts = new List<byte[]>();
        foreach (var counselor in set.Counselors)
        {
            var listed = Assert.Single(await counselor.CasesAsync(set));
            contacts.Add((await counselor.CaseAsync(set, listed.GetProperty("case_id").GetString()!)).GetProperty("contact").GetBytesFromBase64());
        }

        Assert.Single(contacts, contact => contact.Length == 0);
        var readable = contacts.FindIndex(contact => contact.Length > 0);
        Assert.Equal("Ana"u8, AgeFile.TryDecrypt(set.Counselors[readable].Identity, contacts[readable])!);
        Assert.Contains(set.Log.Lines, line => line.StartsWith("1 contact parts were opened and cannot be read", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_contact_part_that_wrong_shares_left_closed_opens_with_the_right_ones(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        TestFiling[] filings = [await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set)];
        var right = await TestMatch.OpenAsync(set, filings);
        var wrong = right.ToArray();
        right.AsSpan(1 + 16 + 1 + 16 + 1 + 1, 32).CopyTo(wrong.AsSpan(1 + 16 + 1 + 16 + 1 + 162 + 1, 32)); // the first keeper's share as the second's too

        Assert.Null((await set.AsMatcherAsync(Path, wrong)).Refusal);
        Assert.Equal(1, (await ContactsAsync(set)).Count(contact => contact.Length == 0));
        Assert.Null((await set.AsMatcherAsync(Path, right)).Refusal);

        Assert.All(await ContactsAsync(set), Assert.NotEmpty);
        Assert.Equal(2, await set.CountAsync("cases"));
    }

    [Fact]
    public async Task Nothing_opens_without_the_signed_word_of_a_quorum()
    {
        await using var set = await VaultSet.StartAsync();
        TestFiling[] filings = [await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set)];
        var opening = await TestMatch.OpenAsync(set, filings);
        var forged = opening.ToArray();
        forged[1 + 16 + 1 + 16 + 1 + 1 + 32] ^= 1;
        var twice = opening.ToArray();
        opening.AsSpan(1 + 16 + 1 + 16 + 1, 162).CopyTo(twice.AsSpan(1 + 16 + 1 + 16 + 1 + 162));

        Assert.Equal(Refusal.OpeningMissing, (await set.AsMatcherAsync(Path, await TestMatch.OpenAsync(set, filings, answers: 1))).Refusal);
        Assert.Equal(Refusal.OpeningMissing, (await set.AsMatcherAsync(Path, twice)).Refusal);
        Assert.Equal(Refusal.SignatureInvalid, (await set.AsMatcherAsync(Path, forged)).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await set.AsMatcherAsync(Path, opening[..^1])).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await set.AsMatcherAsync(Path, [])).Refusal);
        Assert.Equal(0, await set.CountAsync("cases"));
    }

    [Fact]
    public async Task Only_the_matcher_is_answered()
    {
        await using var set = await VaultSet.StartAsync();
        var filing = await new TestFiling(set).FiledAsync(set);

        foreach (var bearer in (string[])["", new string('0', 64), set.Bearer[..^1], set.Bearer + "0"])
        {
            Assert.Equal(Refusal.NotAllowed, (await set.AsMatcherAsync(Path, [], bearer)).Refusal);
            Assert.Equal(Refusal.NotAllowed, (await set.AsMatcherAsync("/v1/internal/filings", filing.Id, bearer)).Refusal);
        }

        Assert.Equal(Refusal.NotAllowed, await set.PostAsync("/v1/internal/filings", filing.Id));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_matcher_gets_signed_filings_but_none_that_was_withdrawn_or_never_was(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (living, withdrawn) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        Assert.Null(await set.PostAsync("/v1/withdrawals", withdrawn.Withdrawal));

        var (bytes, refusal) = await set.AsMatcherAsync("/v1/internal/filings", [.. living.Id, .. withdrawn.Id, .. RandomNumberGenerator.GetBytes(16)]);

        Assert.Null(refusal);
        var reader = new WireReader(bytes);
        Assert.Equal(living.Submission.Filing.Bytes.ToArray(), reader.Vec32(FilingMessage.Size).ToArray());
        Assert.Equal((0, 0, true), (reader.Vec32(FilingMessage.Size).Length, reader.Vec32(FilingMessage.Size).Length, reader.Done));
        Assert.Equal(Refusal.MalformedMessage, (await set.AsMatcherAsync("/v1/internal/filings", new byte[15])).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_was_withdrawn_before_the_shares_came_stays_closed(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        TestFiling[] filings = [await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set)];
        var opening = await TestMatch.OpenAsync(set, filings);
        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));

        Assert.Null((await set.AsMatcherAsync(Path, opening)).Refusal);

        Assert.Equal(filings[1].IdText, Assert.Single(await set.Counselors[0].CasesAsync(set)).GetProperty("filing_id").GetString());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_withdraws_after_the_opening_is_forgotten_at_the_desk(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));

        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));

        var withdrawn = Assert.Single(await set.Counselors[0].CasesAsync(set), one => one.GetProperty("state").GetString() == "withdrawn");
        Assert.Empty((await set.Counselors[0].CaseAsync(set, withdrawn.GetProperty("case_id").GetString()!)).GetProperty("contact").GetBytesFromBase64());
        Assert.Equal(Refusal.FilingWithdrawn, await set.Counselors[0].VerifyAsync(set, withdrawn));
    }

    private static Task<IReadOnlyList<byte[]>> ContactsAsync(VaultSet set) =>
        set.Database.ReadAsync(session => session.Query<byte[]>("SELECT contact FROM cases"), TestContext.Current.CancellationToken);

    private static async Task<string> CasesAsync(VaultSet set) => string.Join(
        ' ', (await set.Database.ReadAsync(
            session => session.Query<(byte[] Id, byte[] Counselor)>("SELECT case_id, counselor FROM cases ORDER BY case_id"), TestContext.Current.CancellationToken))
            .Select(row => Convert.ToHexString(row.Id) + Convert.ToHexString(row.Counselor)));
}
