using System.Security.Cryptography;
using WeToo.Core.Receipts;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Story;

/// <summary>The whole story over real HTTP: every host of <c>wetoo up</c>, a real ceremony, real cryptography, real databases.</summary>
[Collection(Engines.Named)]
public sealed class StoryTests : IAsyncLifetime
{
    private World _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await World.BeginAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Whoever_of_the_team_is_named_is_offered_nothing_and_keepers_alone_know_it()
    {
        using var ines = await _world.JoinAsync("Inès");
        using var tomasz = await _world.JoinAsync("Tomasz");
        using var dana = await _world.JoinAsync("Dana");
        Assert.Null(await dana.RegisterAsync([World.InputOf("tel:+33612345678"), World.InputOf("email:dana@example.org")], Cancel));

        await _world.FileAsync("Ana's account", 2, "tel:+33612345678");
        await _world.FileAsync("Ben's account", 3, "email:other@example.org", "tel:+33612345678");
        await _world.FileAsync("Cleo's account", 3, "tel:+33612345678");

        var cases = await _world.SettledCasesAsync(ines, tomasz, dana);
        Assert.Equal(3, cases.Count);
        Assert.DoesNotContain(cases, one => one.Counselor == dana);
    }

    [Fact]
    public async Task Two_people_who_name_the_same_person_meet_a_counselor_each_and_decide_alone()
    {
        using var ines = await _world.JoinAsync("Inès");
        using var tomasz = await _world.JoinAsync("Tomasz");
        var ana = await _world.FileAsync("Ana's account", 2, "tel:+33612345678", "email:boss@example.org");
        Assert.Empty(await _world.SettledCasesAsync(ines, tomasz));

        var ben = await _world.FileAsync("Ben's account", 2, "tel:+33612345678");
        var cases = await _world.SettledCasesAsync(ines, tomasz);
        Assert.Equal(2, cases.Count);
        Assert.Single(cases.Select(one => one.Case.MatchId).Distinct());
        Assert.Equal(2, cases.Select(one => one.Counselor).Distinct().Count());

        var (counselor, first) = cases.Single(one => one.Case.FilingId == ana.FilingId);
        var opened = (await counselor.OpenAsync(first.CaseId, Cancel)).Case!;
        Assert.Contains("tel:+33612345678", counselor.Read<ContactContent>(opened.Contact)!.Identifiers);
        Assert.Equal("not-allowed", (await counselor.OpenRoomAsync(first.CaseId, 0, Cancel)).Refused);

        // Nobody is told anything before both counselors have compared.
        var (other, second) = cases.Single(one => one.Case.FilingId == ben.FilingId);
        Assert.Null(await counselor.VerifyAsync(first, Cancel));
        Assert.Equal("sealed", (await ana.Client.ReturnAsync(ana.Visit, Cancel)).Filings!.Single().State);
        Assert.Null(await other.VerifyAsync(second, Cancel));
        Assert.Equal("opened", (await ana.Client.ReturnAsync(ana.Visit, Cancel)).Filings!.Single().State);
        Assert.Equal("not-allowed", (await counselor.OpenRoomAsync(first.CaseId, 0, Cancel)).Refused);

        Assert.Null(await ana.Client.ConsentAsync(ana.Visit, ana.FilingId, Cancel));
        await IsReleasedAsync(counselor, first.CaseId);
        Assert.Equal("Ana's account", counselor.Read<AccountContent>((await counselor.OpenRoomAsync(first.CaseId, 0, Cancel)).Reading!.Account)!.Text);

        Assert.Equal("not-allowed", (await other.OpenRoomAsync(second.CaseId, 0, Cancel)).Refused);
        Assert.Equal("case-unknown", (await other.OpenAsync(first.CaseId, Cancel)).Refused);
        Assert.Equal("case-unknown", (await other.OpenRoomAsync(first.CaseId, 0, Cancel)).Refused);
    }

    [Fact]
    public async Task Different_people_named_and_a_higher_least_number_open_nothing()
    {
        using var ines = await _world.JoinAsync("Inès");
        _ = await _world.FileAsync("one", 2, "tel:+33612345678");
        _ = await _world.FileAsync("two", 2, "tel:+33612345679");
        _ = await _world.FileAsync("three", 3, "tel:+33612345678");

        Assert.Empty(await _world.SettledCasesAsync(ines));
    }

    [Fact]
    public async Task Three_who_ask_for_three_open_when_the_third_comes_and_not_before()
    {
        using var ines = await _world.JoinAsync("Inès");
        _ = await _world.FileAsync("one", 3, "email:x@example.org");
        _ = await _world.FileAsync("two", 3, "email:x@example.org");
        Assert.Empty(await _world.SettledCasesAsync(ines));

        _ = await _world.FileAsync("three", 3, "email:x@example.org");
        Assert.Equal(3, (await _world.SettledCasesAsync(ines)).Count);
    }

    [Fact]
    public async Task What_was_withdrawn_counts_no_more_and_is_gone()
    {
        using var ines = await _world.JoinAsync("Inès");
        var ana = await _world.FileAsync("Ana's account", 2, "member:org:42");
        Assert.Null(await ana.Client.WithdrawAsync(ana.Visit, ana.FilingId, Cancel));
        _ = await _world.FileAsync("Ben's account", 2, "member:org:42");

        Assert.Empty(await _world.SettledCasesAsync(ines));
        Assert.Equal("withdrawn", (await ana.Client.ReturnAsync(ana.Visit, Cancel)).Filings!.Single().State);
    }

    [Fact]
    public async Task An_author_comes_back_with_ten_words_and_reads_what_they_wrote()
    {
        using var ines = await _world.JoinAsync("Inès");
        var ana = await _world.FileAsync("what happened", 2, "member:org:1");

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

    [Fact]
    public async Task The_same_story_on_postgresql_by_one_setting()
    {
        await Engines.DropNamedAsync();
        await using (var world = await World.BeginAsync(Engines.Cluster()))
        {
            using var ines = await world.JoinAsync("Inès");
            var ana = await world.FileAsync("Ana's account", 2, "tel:+33612345678");
            _ = await world.FileAsync("Ben's account", 3, "tel:+33612345678");
            Assert.Empty(await world.SettledCasesAsync(ines));

            _ = await world.FileAsync("Cleo's account", 3, "tel:+33612345678");
            var cases = await world.SettledCasesAsync(ines);
            Assert.Equal(3, cases.Count);

            var caseId = cases.Single(one => one.Case.FilingId == ana.FilingId).Case.CaseId;
            Assert.Null(await ines.VerifyAsync((await ines.OpenAsync(caseId, Cancel)).Case!, Cancel));
            Assert.Null(await ana.Client.ConsentAsync(ana.Visit, ana.FilingId, Cancel));
            await IsReleasedAsync(ines, caseId);
        }

        await Engines.DropNamedAsync();
    }

    private static Task IsReleasedAsync(CounselorClient counselor, string caseId) =>
        Eventually.HoldsAsync(async () => (await counselor.OpenAsync(caseId, Cancel)).Case!.State == "released", "the account is released");
}
