using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>X5: an introduction needs two times two consents. WEP-1, section 18.</summary>
public sealed class MeetTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task With_three_of_four_consents_no_answer_has_a_name_or_a_word_of_the_other(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (one, other) = await MatchedAsync(set);
        Func<Task>[] consents = [() => one.AskAsync(), () => other.AskAsync(), () => one.GiveAsync(other), () => other.GiveAsync(one)];
        Assert.Equal(Refusal.CheckMissing, await one.TryGiveAsync(other)); // Nobody has said anything yet.

        await consents[0]();
        Assert.Null(await one.VouchAsync());
        Assert.Empty((await one.MeetAsync()).With);
        Assert.Empty((await other.MeetAsync()).With); // Not even that there is a wish.
        Assert.Equal(Refusal.CheckMissing, await one.TryGiveAsync(other));
        await consents[1]();
        Assert.Empty((await one.MeetAsync()).With); // Their counselor has not spoken with them.
        Assert.Null(await other.VouchAsync());

        var (vouch, given, put) = Assert.Single((await one.MeetAsync()).With);
        Assert.Equal((other.Mark, other.Recipient, false, null), (Hex(vouch.Mark), Hex(vouch.Recipient), given, put));
        await consents[2]();
        Assert.Equal((true, null), await one.StandingAsync());
        Assert.Equal((false, null), await other.StandingAsync());
        foreach (var answer in await AnswersAsync(set, one, other)) Assert.DoesNotContain(Convert.ToBase64String(one.Sealed(other))[..64], answer, StringComparison.Ordinal);

        await consents[3]();
        Assert.Equal((true, "from other"), await one.StandingAsync());
        Assert.Equal((true, "from one"), await other.StandingAsync());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Each_may_take_it_back_and_what_followed_is_gone(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (one, other) = await MatchedAsync(set);
        foreach (var each in (Person[])[one, other])
        {
            await each.AskAsync();
            Assert.Null(await each.VouchAsync());
        }

        await one.GiveAsync(other);
        await other.GiveAsync(one);
        Assert.Null(await other.AskAsync(asks: false));
        Assert.Equal((true, 0), ((await one.MeetAsync()).Asked, (await one.MeetAsync()).With.Count));
        Assert.Equal((false, 0), ((await other.MeetAsync()).Asked, (await other.MeetAsync()).With.Count));
        Assert.Equal((1L, 0L), (await set.CountAsync("meet_vouches"), await set.CountAsync("meet_puts")));

        // Said again, it begins anew: with their counselor's word, and with both second times.
        Assert.Null(await other.AskAsync());
        Assert.Empty((await one.MeetAsync()).With);
        Assert.Null(await other.VouchAsync());
        Assert.Equal((false, null), await one.StandingAsync());
        await one.GiveAsync(other);

        // While contact is stopped nobody is shown or given; a withdrawal takes all of it.
        Assert.Null(await set.PostAsync("/v1/freezes", FreezeMessage.Write(Deployment(set), one.Filing.Id, set.Today, true, RandomNumberGenerator.GetBytes(16), one.Filing.Author.Pseudonym)));
        Assert.Empty((await other.MeetAsync()).With);
        Assert.Equal(Refusal.ContactFrozen, await one.AskAsync());
        Assert.Null(await set.PostAsync("/v1/withdrawals", one.Filing.Withdrawal));
        Assert.Equal(Refusal.FilingWithdrawn, await one.AskAsync());
        Assert.Equal((0L, 1L), (await set.CountAsync("meet_puts"), await set.CountAsync("meet_vouches")));
    }

    [Fact]
    public async Task Nobody_stands_by_anything_but_the_wish_of_their_own_case_and_nobody_wishes_for_another()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var (one, other) = await MatchedAsync(set);
        Assert.Equal(Refusal.FilingUnknown, await one.VouchAsync()); // There is no wish.
        await one.AskAsync();
        var message = one.Wish();
        var unsigned = one.Wish();
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/meets", unsigned));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/meets", unsigned[1..]));
        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/meets", one.Wish(signer: other.Filing.Author.Pseudonym)));
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync("/v1/meets", one.Wish(day: set.Today - 2)));
        Assert.Null(await set.PostAsync("/v1/meets", message));
        Assert.Null(await set.PostAsync("/v1/meets", message)); // Its answer was lost.
        Assert.Null(await one.AskAsync(asks: false));
        Assert.Equal(Refusal.RequestReplayed, await set.PostAsync("/v1/meets", message));
        await one.AskAsync();

        Assert.Equal(Refusal.CaseUnknown, await one.VouchAsync(by: other.Counselor));
        Assert.Equal(Refusal.FilingUnknown, await one.VouchAsync(recipient: RandomNumberGenerator.GetBytes(32)));
        Assert.Equal(Refusal.FilingUnknown, await one.VouchAsync(mark: Convert.FromHexString(other.Mark)));
        Assert.Equal(Refusal.FilingUnknown, await one.VouchAsync(signer: other.Counselor.Signing));
        Assert.Equal(0, await set.CountAsync("meet_vouches"));
    }

    [Fact]
    public async Task Before_they_are_told_of_a_match_an_author_is_answered_as_one_without()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var alone = new Person(set, await new TestFiling(set).FiledAsync(set), set.Counselors[0], "alone");
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set, counselors: [set.Counselors[0]]), new TestFiling(set, counselors: [set.Counselors[1]]));
        var untold = new Person(set, filings[0], set.Counselors[0], "untold");

        Assert.Equal((Refusal.CheckMissing, Refusal.CheckMissing), (await alone.AskAsync(), await untold.AskAsync()));
        foreach (var each in (Person[])[alone, untold])
            Assert.Contains("\"meet\":null", (await AuthorTests.StatusAsync(set, each.Filing.Author.Pseudonym)).Json, StringComparison.Ordinal);
    }

    private static async Task<(Person One, Person Other)> MatchedAsync(VaultSet set)
    {
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set, counselors: [set.Counselors[0]]), new TestFiling(set, counselors: [set.Counselors[1]]));
        var (one, other) = (new Person(set, filings[0], set.Counselors[0], "from one"), new Person(set, filings[1], set.Counselors[1], "from other"));
        Assert.Null(await one.Counselor.VerifyAsync(set, Assert.Single(await one.Counselor.CasesAsync(set))));
        return (one, other);
    }

    /// <summary>All that each of the four can be answered.</summary>
    private static async Task<IReadOnlyList<string>> AnswersAsync(VaultSet set, params Person[] people)
    {
        var answers = new List<string>();
        foreach (var each in people)
        {
            answers.Add((await AuthorTests.StatusAsync(set, each.Filing.Author.Pseudonym)).Json);
            answers.Add((await each.Counselor.CaseAsync(set, await each.CaseIdAsync())).GetRawText());
            answers.Add(JsonSerializer.Serialize(await each.Counselor.CasesAsync(set)));
        }

        return answers;
    }

    private static ReadOnlySpan<byte> Deployment(VaultSet set) => set.Keyset.Keyset.Deployment.Span;

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);

    /// <summary>One of the two, with their counselor, and what is otherwise on their devices.</summary>
    private sealed class Person(VaultSet set, TestFiling filing, TestCounselor counselor, string words)
    {
        private readonly Dictionary<string, byte[]> _sealed = [];
        private readonly SecretBytes _key = SecretBytes.Random(SealedBox.KeySize, RandomNumberGenerator.Fill);

        internal TestFiling Filing { get; } = filing;

        internal TestCounselor Counselor { get; } = counselor;

        internal string Mark { get; } = Convert.ToHexStringLower(MeetMessage.MarkOf(filing.Author.Pseudonym.PublicKey.Span, filing.Id));

        internal string Recipient => Convert.ToHexStringLower(SealedBox.PublicKey(_key));

        internal byte[] Wish(bool asks = true, uint? day = null, SigningKey? signer = null) => MeetMessage.Write(
            Deployment(set), Filing.Id, day ?? set.Today, asks, SealedBox.PublicKey(_key), RandomNumberGenerator.GetBytes(16), signer ?? Filing.Author.Pseudonym);

        internal Task<Refusal?> AskAsync(bool asks = true) => set.PostAsync("/v1/meets", Wish(asks));

        internal async Task<string> CaseIdAsync() => Assert.Single(await Counselor.CasesAsync(set)).GetProperty("case_id").GetString()!;

        internal async Task<Refusal?> VouchAsync(TestCounselor? by = null, byte[]? mark = null, byte[]? recipient = null, SigningKey? signer = null) =>
            (await (by ?? Counselor).AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{await CaseIdAsync()}/meet", MeetVouch.Write(
                Deployment(set), set.Today, mark ?? Convert.FromHexString(Mark), recipient ?? SealedBox.PublicKey(_key), signer ?? (by ?? Counselor).Signing))).Refusal;

        /// <summary>What is sealed to the other, the same each time.</summary>
        internal byte[] Sealed(Person other)
        {
            if (!_sealed.TryGetValue(other.Mark, out var box))
                _sealed[other.Mark] = box = SealedBox.Seal(Convert.FromHexString(other.Recipient), System.Text.Encoding.UTF8.GetBytes(words.PadRight(MeetPut.ContentSize)), RandomNumberGenerator.Fill)!;
            return box;
        }

        internal async Task<Refusal?> TryGiveAsync(Person other) => (await set.SendAsync(HttpMethod.Put, "/v1/meets", MeetPut.Write(
            Deployment(set), Filing.Id, set.Today, Convert.FromHexString(other.Mark), Sealed(other), Filing.Author.Pseudonym))).Refusal;

        internal async Task GiveAsync(Person other) => Assert.Null(await TryGiveAsync(other));

        internal async Task<(bool Asked, IReadOnlyList<(MeetVouch Vouch, bool Given, byte[]? Put)> With)> MeetAsync()
        {
            using var status = JsonDocument.Parse((await AuthorTests.StatusAsync(set, Filing.Author.Pseudonym)).Json);
            var meet = status.RootElement.GetProperty("filings")[0].GetProperty("meet");
            return (meet.GetProperty("asked").GetBoolean(), [.. meet.GetProperty("with").EnumerateArray().Select(one => (
                MeetVouch.TryParse(one.GetProperty("vouch").GetBytesFromBase64())!, one.GetProperty("given").GetBoolean(),
                one.GetProperty("put").ValueKind == JsonValueKind.Null ? null : one.GetProperty("put").GetBytesFromBase64()))]);
        }

        /// <summary>Whether this one has said yes to the other for the second time, and what came of the other.</summary>
        internal async Task<(bool Given, string? Words)> StandingAsync()
        {
            var (_, given, put) = Assert.Single((await MeetAsync()).With);
            return (given, put is null ? null : System.Text.Encoding.UTF8.GetString(SealedBox.Open(_key, SealedBox.PublicKey(_key), MeetPut.TryParse(put)!.Sealed.Span)!).TrimEnd());
        }
    }
}
