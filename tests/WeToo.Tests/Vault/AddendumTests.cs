using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Sealing;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What an author adds to what they sealed. WEP-1, section 6.1.</summary>
public sealed class AddendumTests
{
    private const string Path = "/v1/addenda";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Additions_stand_in_their_order_and_what_was_sealed_stays_as_it_was(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        var before = await SealedHashAsync(set, filing);
        var (first, second) = (AddendumOf(set, filing, 1), AddendumOf(set, filing, 2));

        Assert.Equal(Refusal.AddendumOutOfOrder, await set.PostAsync(Path, second));
        Assert.Null(await set.PostAsync(Path, first));
        Assert.Null(await set.PostAsync(Path, first));
        Assert.Equal(Refusal.AddendumOutOfOrder, await set.PostAsync(Path, AddendumOf(set, filing, 1)));
        Assert.Null(await set.PostAsync(Path, second));
        Assert.Equal(Refusal.AddendumOutOfOrder, await set.PostAsync(Path, AddendumOf(set, filing, 4)));

        Assert.Equal(2, await set.CountAsync("addenda"));
        Assert.Equal(before, await SealedHashAsync(set, filing));
        Assert.Contains("\"addenda\":2", (await AuthorTests.StatusAsync(set, filing.Author.Pseudonym)).Json, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Sixteen_additions_at_once_take_one_place(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => set.PostAsync(Path, AddendumOf(set, filing, 1))));

        Assert.Single(answers, answer => answer is null);
        Assert.All(answers.OfType<Refusal>(), answer => Assert.Equal(Refusal.AddendumOutOfOrder, answer));
        Assert.Equal(1, await set.CountAsync("addenda"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Nobody_adds_to_what_another_filed_or_to_what_was_withdrawn(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (filing, other) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        var strangers = AddendumOf(set, filing, 1, author: other.Author);

        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync(Path, strangers));
        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync(Path, AddendumOf(set, new TestFiling(set), 1)));
        Assert.Null(await set.PostAsync(Path, AddendumOf(set, filing, 1)));
        Assert.Null(await set.PostAsync(Path, AddendumOf(set, other, 1)));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));

        Assert.Equal(Refusal.FilingWithdrawn, await set.PostAsync(Path, AddendumOf(set, filing, 2)));
        Assert.Equal(1, await set.CountAsync("addenda"));
        Assert.Contains("\"addenda\":0", (await AuthorTests.StatusAsync(set, filing.Author.Pseudonym)).Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_addition_must_be_fresh_signed_of_a_known_size_and_for_this_deployment()
    {
        await using var set = await VaultSet.StartAsync();
        var filing = await new TestFiling(set).FiledAsync(set);
        var (unsigned, altered) = (AddendumOf(set, filing, 1), AddendumOf(set, filing, 1));
        unsigned[AddendumMessage.SignedSize - 1] ^= 1;
        altered[^1] ^= 1;

        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync(Path, unsigned));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync(Path, altered));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync(Path, AddendumOf(set, filing, 0)));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync(Path, AddendumOf(set, filing, 100)));
        Assert.Equal(Refusal.SizeClassUnknown, await set.PostAsync(Path, AddendumOf(set, filing, 1, content: new byte[4096])));
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync(Path, AddendumOf(set, filing, 1, day: set.Today - 2)));
        Assert.Equal(Refusal.DeploymentForeign, await set.PostAsync(Path, AddendumOf(set, filing, 1, deployment: new byte[16])));
        Assert.Equal(Refusal.MessageTooLarge, await set.PostAsync(Path, new byte[Limits.EvidenceBytes + 1]));
        Assert.Equal(0, await set.CountAsync("addenda"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_counselor_gets_additions_with_the_account_and_hears_of_none_before(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var counselor = set.Counselors[0];
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Null(await set.PostAsync(Path, AddendumOf(set, filings[0], 1, text: "One more thing.")));
        var @case = (await counselor.CasesAsync(set)).Single(one => one.GetProperty("filing_id").GetString() == filings[0].IdText);
        var caseId = @case.GetProperty("case_id").GetString()!;
        Assert.Equal(0, (await counselor.CaseAsync(set, caseId)).GetProperty("added").GetInt32());

        Assert.Null(await counselor.VerifyAsync(set, @case));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Null(await set.PostAsync(Path, AddendumOf(set, filings[0], 2, text: "And another.")));

        var addenda = (await counselor.OpenRoomAsync(set, caseId, 9)).Given.GetProperty("addenda").EnumerateArray().ToList();
        Assert.Equal(2, (await counselor.CaseAsync(set, caseId)).GetProperty("added").GetInt32());
        Assert.Empty((await counselor.OpenRoomAsync(set, caseId, 0)).Given.GetProperty("addenda").EnumerateArray());
        Assert.Equal(["One more thing.", "And another."], addenda.Select((one, i) => Opened(filings[0], one, (byte)(i + 1))));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));
        Assert.Equal(0, (await counselor.CaseAsync(set, caseId)).GetProperty("added").GetInt32());
    }

    private static byte[] AddendumOf(
        VaultSet set, TestFiling filing, byte number, string text = "", Author? author = null, uint? day = null, byte[]? deployment = null, byte[]? content = null)
    {
        using var key = KeyOf(filing);
        var pseudonym = (author ?? filing.Author).Pseudonym;
        return AddendumMessage.Write(
            deployment ?? filing.Keyset.Deployment.Span, filing.Id, number, day ?? set.Today,
            content ?? Addenda.Seal(key, LabelOf(filing, number), text, RandomNumberGenerator.Fill), pseudonym);
    }

    private static string? Opened(TestFiling filing, JsonElement one, byte number)
    {
        Assert.Equal(AddendumMessage.SignedSize, one.GetProperty("message").GetBytesFromBase64().Length);
        using var key = KeyOf(filing);
        return Addenda.Open(key, LabelOf(filing, number), one.GetProperty("sealed_text").GetBytesFromBase64());
    }

    private static byte[] LabelOf(TestFiling filing, byte number) =>
        Labels.Addendum(filing.Keyset.Deployment.Span, filing.Author.Pseudonym.PublicKey.Span, filing.Id, number);

    /// <summary>The key that an author derives from their own box key.</summary>
    private static SecretBytes KeyOf(TestFiling filing)
    {
        using var boxKey = new SecretBytes(SHA256.HashData(filing.Id));
        return Addenda.KeyFor(boxKey, filing.Id);
    }

    private static async Task<string> SealedHashAsync(VaultSet set, TestFiling filing)
    {
        var (message, contact, account) = await set.Database.ReadAsync(
            session => session.QueryOne<(byte[] Message, byte[] Contact, byte[] Account)>(
                "SELECT message, contact, account FROM filings WHERE filing_id = @filing_id", new { filing_id = filing.Id }),
            Cancel);
        return Convert.ToHexString(SHA256.HashData([.. message, .. contact, .. account]));
    }
}
