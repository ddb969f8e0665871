using System.Net;
using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Sealing;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What the vault takes as a filing, and what it stores of one. WEP-1, section 7.</summary>
public sealed class FilingTests
{
    private const string Path = "/v1/filings";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_filing_is_stored_together_with_the_slips_that_must_go_to_the_matcher(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, MatcherIsThere = false });
        var filing = new TestFiling(set);

        var (answer, refusal) = await set.SendAsync(HttpMethod.Post, Path, filing.Bytes);

        Assert.Null(refusal);
        Assert.Equal([1], answer);
        var stored = await set.Database.ReadAsync(s => s.Query<(byte[] Id, byte[] Message, byte[] Contact)>("SELECT filing_id, message, contact FROM filings"), Cancel);
        var (id, message, contact) = Assert.Single(stored);
        Assert.Equal([filing.Id, filing.Submission.Filing.Bytes.ToArray(), filing.Submission.Contact.ToArray()], (byte[][])[id, message, contact]);
        Assert.Equal(filing.Submission.SlipsBox.ToArray(), Assert.Single(await set.Database.ReadAsync(s => s.Query<byte[]>("SELECT message FROM outbox"), Cancel)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_same_filing_is_answered_again_and_stored_once(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, MatcherIsThere = false });
        var filing = new TestFiling(set);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => set.SendAsync(HttpMethod.Post, Path, filing.Bytes)));

        Assert.All(answers, answer => Assert.Equal([1], answer.Bytes));
        Assert.Equal(1, await set.CountAsync("filings"));
        Assert.Equal(1, await set.CountAsync("outbox"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Another_filing_under_the_same_id_is_refused(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, MatcherIsThere = false });
        var first = await new TestFiling(set).FiledAsync(set);
        var before = await set.CountsAsync();

        Assert.Equal(Refusal.FilingIdReused, await set.PostAsync(Path, new TestFiling(set, id: first.Id, author: first.Author).Bytes));
        Assert.Equal(Refusal.FilingIdReused, await set.PostAsync(Path, new TestFiling(set, id: first.Id).Bytes));
        Assert.Equal(before, await set.CountsAsync());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_was_withdrawn_cannot_be_filed_again_and_a_stranger_does_not_hear_of_it(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));

        Assert.Equal(Refusal.FilingWithdrawn, await set.PostAsync(Path, filing.Bytes));
        Assert.Equal(Refusal.FilingWithdrawn, await set.PostAsync(Path, new TestFiling(set, id: filing.Id, author: filing.Author).Bytes));
        Assert.Equal(Refusal.FilingIdReused, await set.PostAsync(Path, new TestFiling(set, id: filing.Id).Bytes));
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_name_and_nothing_is_stored()
    {
        var expired = new TestRegistrar(notAfterDay: 20_000);
        await using var set = await VaultSet.StartAsync(new() { Keepers = new() { Registrars = [TestRegistrar.Shared.Key, expired.Key] } });
        var today = set.Today;
        var before = await set.CountsAsync();

        Assert.Equal(Refusal.MalformedMessage, await RefusalOf([]));
        Assert.Equal(Refusal.MalformedMessage, await RefusalOf(new TestFiling(set).Bytes[..^1]));
        Assert.Equal(Refusal.MalformedMessage, await RefusalOf([.. new TestFiling(set).Bytes, 0]));
        Assert.Equal(Refusal.MalformedMessage, await RefusalOf(With(new TestFiling(set).Bytes, 0, 2))); // another version
        Assert.Equal(Refusal.MalformedMessage, await RefusalOf(With(new TestFiling(set).Bytes, 365, 6))); // t
        Assert.Equal(Refusal.DeploymentForeign, await RefusalOf(new TestFiling(set, deployment: new byte[16]).Bytes));
        Assert.Equal(Refusal.WrongEpoch, await RefusalOf(new TestFiling(set, epoch: 2).Bytes));
        Assert.Equal(Refusal.RequestExpired, await RefusalOf(new TestFiling(set, day: today - 2).Bytes));
        Assert.Equal(Refusal.RequestExpired, await RefusalOf(new TestFiling(set, day: today + 2).Bytes));
        Assert.Equal(Refusal.CredentialForeign, await RefusalOf(new TestFiling(set, registrar: new TestRegistrar(100_000)).Bytes));
        Assert.Equal(Refusal.CredentialExpired, await RefusalOf(new TestFiling(set, registrar: expired).Bytes));
        Assert.Equal(Refusal.CredentialInvalid, await RefusalOf(Flipped(new TestFiling(set).Bytes, 37 + 80)));
        Assert.Equal(Refusal.SignatureInvalid, await RefusalOf(Flipped(new TestFiling(set).Bytes, 785)));
        Assert.Equal(Refusal.SignatureInvalid, await RefusalOf(Flipped(new TestFiling(set).Bytes, 375))); // SHA-256 of the slips
        Assert.Equal(Refusal.MalformedMessage, await RefusalOf(Flipped(new TestFiling(set).Bytes, 786 + 4))); // not the contact part that was signed
        Assert.Equal(Refusal.SizeClassUnknown, await RefusalOf(Shorter(new TestFiling(set))));
        Assert.Equal(Refusal.MessageTooLarge, await RefusalOf(new byte[Limits.SubmissionBytes + 1]));
        Assert.Equal(before, await set.CountsAsync());

        Task<Refusal?> RefusalOf(byte[] message) => set.PostAsync(Path, message);
        static byte[] Flipped(byte[] message, int at) => With(message, at, (byte)(message[at] ^ 1));
        static byte[] Shorter(TestFiling filing) => (filing.Submission with { Contact = filing.Submission.Contact[..^1] }).ToBytes();
    }

    [Fact]
    public async Task Midnight_and_time_zones_refuse_nobody()
    {
        await using var set = await VaultSet.StartAsync();

        Assert.Null(await set.PostAsync(Path, new TestFiling(set, day: set.Today - 1).Bytes));
        Assert.Null(await set.PostAsync(Path, new TestFiling(set, day: set.Today + 1).Bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_size_class_is_taken(int sizeClass)
    {
        await using var set = await VaultSet.StartAsync();
        var account = new string('a', (SizeClass.Account[sizeClass] / 2) + 100);

        Assert.Null(await set.PostAsync(Path, new TestFiling(set, account: account).Bytes));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Of_sixty_four_people_at_once_nobody_is_refused_and_nothing_is_lost(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filings = Enumerable.Range(0, 64).Select(i => new TestFiling(set, leastNumber: (byte)(2 + (i % 4)))).ToList();

        var answers = await Task.WhenAll(filings.Select(filing => set.SendAsync(HttpMethod.Post, Path, filing.Bytes)));

        Assert.All(answers, answer => Assert.Equal([1], answer.Bytes));
        Assert.Equal(64, await set.CountAsync("filings"));
        var arrived = await set.Matcher.NextSlipsAsync(64);
        Assert.Equal(filings.Select(filing => Hex(filing.Submission.SlipsBox)).Order(), arrived.Select(box => Hex(box)).Order());
        static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes.Span));
    }

    [Fact]
    public async Task Before_the_key_ceremony_nothing_is_taken()
    {
        await using var set = await VaultSet.StartAsync(new() { Settings = options => options.KeysetFile = "" });

        Assert.Equal(Refusal.ServiceUnavailable, await set.PostAsync(Path, new TestFiling(set).Bytes));
        Assert.Equal(Refusal.ServiceUnavailable, (await set.SendAsync(HttpMethod.Get, "/v1/keyset", [])).Refusal);
        Assert.Equal(0, await set.CountAsync("filings"));
    }

    [Fact]
    public async Task A_page_of_another_site_files_nothing()
    {
        await using var set = await VaultSet.StartAsync();

        var (_, refusal) = await set.SendAsync(HttpMethod.Post, Path, new TestFiling(set).Bytes, "Sec-Fetch-Site", "cross-site");

        Assert.Equal(Refusal.CrossSiteRequest, refusal);
        Assert.Equal(0, await set.CountAsync("filings"));
    }

    [Fact]
    public async Task A_refusal_says_its_status_and_repeats_no_input()
    {
        await using var set = await VaultSet.StartAsync();
        var filing = await new TestFiling(set).FiledAsync(set);
        using var answer = await set.Client.PostAsync(new Uri(Path, UriKind.Relative), new ByteArrayContent(new TestFiling(set, id: filing.Id).Bytes), Cancel);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain(filing.IdText, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] With(byte[] message, int at, byte value)
    {
        message[at] = value;
        return message;
    }
}
