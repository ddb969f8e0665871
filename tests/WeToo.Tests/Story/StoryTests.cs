using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeToo.Core.Receipts;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Features.Matching;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Authoring;
using WeToo.Tool.Up;
using WeToo.Vault.Features.Desk;
using Xunit;

namespace WeToo.Tests.Story;

/// <summary>The whole story over real HTTP: every host of <c>wetoo up</c>, a real ceremony, real cryptography, real databases.</summary>
public sealed class StoryTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-story-").FullName;
    private readonly List<IDisposable> _clients = [];
    private Deployment _deployment = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _deployment = await Deployment.StartAsync(new(new(_folder, null), 0, (0, 0), "invitation"), TimeProvider.System, logging => logging.ClearProviders(), Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _deployment.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_people_who_name_the_same_person_meet_a_counselor_each_and_decide_alone()
    {
        using var ines = await JoinAsync("Inès");
        using var tomasz = await JoinAsync("Tomasz");
        var ana = await FileAsync("Ana's account", 2, "tel:+33612345678", "email:boss@example.org");
        Assert.Empty(await SettledCasesAsync(ines, tomasz));

        var ben = await FileAsync("Ben's account", 2, "tel:+33612345678");
        var cases = await SettledCasesAsync(ines, tomasz);
        Assert.Equal(2, cases.Count);
        Assert.Single(cases.Select(one => one.Case.MatchId).Distinct());
        Assert.Equal(2, cases.Select(one => one.Counselor).Distinct().Count());

        var (counselor, first) = cases.Single(one => one.Case.FilingId == ana.FilingId);
        var opened = (await counselor.OpenAsync(first.CaseId, Cancel)).Case!;
        Assert.Contains("tel:+33612345678", counselor.Read<ContactContent>(opened.Contact)!.Identifiers);
        Assert.Null(opened.Account);

        Assert.Null(await counselor.VerifyAsync(first, Cancel));
        Assert.Null((await counselor.OpenAsync(first.CaseId, Cancel)).Case!.Account);

        Assert.Null(await ana.Client.ConsentAsync(ana.Visit, ana.FilingId, Cancel));
        await IsReleasedAsync(counselor, first.CaseId);
        var read = (await counselor.OpenAsync(first.CaseId, Cancel)).Case!;
        Assert.Equal("Ana's account", counselor.Read<AccountContent>(read.Account)!.Text);
        Assert.Equal("released", read.State);

        var (other, second) = cases.Single(one => one.Case.FilingId == ben.FilingId);
        Assert.Null((await other.OpenAsync(second.CaseId, Cancel)).Case!.Account);
        Assert.Equal("case-unknown", (await other.OpenAsync(first.CaseId, Cancel)).Refused);
    }

    [Fact]
    public async Task Different_people_named_and_a_higher_least_number_open_nothing()
    {
        using var ines = await JoinAsync("Inès");
        _ = await FileAsync("one", 2, "tel:+33612345678");
        _ = await FileAsync("two", 2, "tel:+33612345679");
        _ = await FileAsync("three", 3, "tel:+33612345678");

        Assert.Empty(await SettledCasesAsync(ines));
    }

    [Fact]
    public async Task Three_who_ask_for_three_open_when_the_third_comes_and_not_before()
    {
        using var ines = await JoinAsync("Inès");
        _ = await FileAsync("one", 3, "email:x@example.org");
        _ = await FileAsync("two", 3, "email:x@example.org");
        Assert.Empty(await SettledCasesAsync(ines));

        _ = await FileAsync("three", 3, "email:x@example.org");
        Assert.Equal(3, (await SettledCasesAsync(ines)).Count);
    }

    [Fact]
    public async Task What_was_withdrawn_counts_no_more_and_is_gone()
    {
        using var ines = await JoinAsync("Inès");
        var ana = await FileAsync("Ana's account", 2, "member:org:42");
        Assert.Null(await ana.Client.WithdrawAsync(ana.Visit, ana.FilingId, Cancel));
        _ = await FileAsync("Ben's account", 2, "member:org:42");

        Assert.Empty(await SettledCasesAsync(ines));
        Assert.Equal("withdrawn", (await ana.Client.ReturnAsync(ana.Visit, Cancel)).Filings!.Single().State);
    }

    [Fact]
    public async Task An_author_comes_back_with_ten_words_and_reads_what_they_wrote()
    {
        using var ines = await JoinAsync("Inès");
        var ana = await FileAsync("what happened", 2, "member:org:1");

        var visit = new AuthorVisit(ana.Visit.Keyset, Receipt.TryParse(ana.Words)!);
        var (filings, refused) = await ana.Client.ReturnAsync(visit, Cancel);
        var wrong = new AuthorVisit(ana.Visit.Keyset, Receipt.Random(RandomNumberGenerator.Fill));
        var (nothing, alsoRefused) = await ana.Client.ReturnAsync(wrong, Cancel);

        Assert.Null(refused ?? alsoRefused);
        Assert.Equal("sealed", Assert.Single(filings!).State);
        Assert.Equal("what happened", Assert.Single(visit.Box.Accounts).Account.Text);
        Assert.Empty(nothing!);
        Assert.Empty(wrong.Box.Accounts);
    }

    private async Task<Filed> FileAsync(string text, byte leastNumber, params string[] identifiers)
    {
        var client = new AuthorClient(Vault(), TimeProvider.System, RandomNumberGenerator.Fill, identifier => SHA256.HashData(Encoding.UTF8.GetBytes(identifier)));
        var (keyset, refused) = await client.LoadKeysetAsync(Cancel);
        Assert.Null(refused);
        var (receipt, visit) = client.Begin(keyset!);
        var codes = await _deployment.Registrar.Services.GetRequiredService<InvitationList>().IssueAsync(1, Cancel);
        Assert.Null(await client.ObtainCredentialAsync(visit, codes[0], Cancel));

        var account = client.NewAccount(keyset!, leastNumber, new() { CallMe = "A.", How = "mail", Identifiers = identifiers }, text);
        var attempt = await client.AdvanceAsync(visit, account, Cancel);
        Assert.Null(attempt.Refused);
        Assert.True(attempt.Filed);
        return new(client, visit, account.FilingId, receipt.ToWords());
    }

    private async Task<CounselorClient> JoinAsync(string name)
    {
        var keyset = _deployment.FirstKeyset.Keyset;
        var code = await InvitationCodes.IssueAsync(_deployment.Vault.Services.GetRequiredService<Database>(), Cancel);
        var counselor = new CounselorClient(Vault(), TimeProvider.System, keyset.Deployment);
        Assert.Null(await counselor.JoinAsync(code, name, Cancel));
        return counselor;
    }

    /// <summary>All cases of some counselors, once everything that is due has been carried and looked at.</summary>
    private async Task<IReadOnlyList<(CounselorClient Counselor, DeskCase Case)>> SettledCasesAsync(params CounselorClient[] counselors)
    {
        var vault = _deployment.Vault.Services.GetRequiredService<Database>();
        await Eventually.HoldsAsync(async () => await vault.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM outbox"), Cancel) == 0, "the outbox is empty");
        await _deployment.Matcher.Services.GetRequiredService<MatchingWorker>().RunDueAsync(Cancel);
        var all = new List<(CounselorClient, DeskCase)>();
        foreach (var counselor in counselors)
        {
            var (cases, refused) = await counselor.CasesAsync(Cancel);
            Assert.Null(refused);
            all.AddRange(cases.Select(one => (counselor, one)));
        }

        return all;
    }

    private static Task IsReleasedAsync(CounselorClient counselor, string caseId) =>
        Eventually.HoldsAsync(async () => (await counselor.OpenAsync(caseId, Cancel)).Case!.Account is not null, "the account is released");

    private VaultClient Vault()
    {
        var http = new HttpClient { BaseAddress = Hosts.AddressOf(_deployment.Vault) };
        _clients.Add(http);
        return new VaultClient(http);
    }

    private sealed record Filed(AuthorClient Client, AuthorVisit Visit, string FilingId, string Words);
}
