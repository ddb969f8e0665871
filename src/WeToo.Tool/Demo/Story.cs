using System.Diagnostics;
using WeToo.Core.Identifiers;
using WeToo.Hosting.Storage;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Authoring;
using WeToo.Tool.Up;
using WeToo.Vault.Features.Desk;

namespace WeToo.Tool.Demo;

/// <summary>
/// Ana, Ben and Cleo name the same man and ask for two, three and two. Everything that is told happens while it is told, over HTTP, with real
/// keys; whatever somebody is said to see was looked up in their own store.
/// </summary>
internal sealed class Story : IDisposable
{
    private const string Typed = "06 12 34 56 78";
    private const string Country = "FR";
    private const string Digits = "33612345678";
    private const string AnasAccount = "He locked the office door.";
    private const string BensAccount = "He wrote to me every night.";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Deployment _deployment;
    private readonly Stores _stores;
    private readonly Narrator _narrator;
    private readonly HttpClient _http;
    private readonly VaultClient _vault;
    private readonly CounselorClient _ines;

    internal Story(Deployment deployment, Stores stores, Narrator narrator)
    {
        (_deployment, _stores, _narrator) = (deployment, stores, narrator);
        _http = new HttpClient { BaseAddress = deployment.Ports.Vault };
        _vault = new(_http);
        _ines = new(_vault, TimeProvider.System, deployment.FirstKeyset.Keyset.Deployment);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ines.Dispose();
        _http.Dispose();
    }

    internal async Task TellAsync(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await BeginAsync(cancel);
        using var ana = await AnaAsync(cancel);
        using var ben = await BenAsync(cancel);
        using var cleo = await CleoAsync(cancel);
        await CounselAsync(ana, ben, cancel);
        await ReleaseAsync(ana, ben, cancel);
        await WithdrawAsync(cleo, cancel);
        await EndAsync(clock, cancel);
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        var keyset = _deployment.FirstKeyset.Keyset;
        _narrator.Say("Everything below happens now, with real keys, and is forgotten at the end.");
        _narrator.Say("All hosts run in this one process; in earnest each keeper belongs to another organisation.");

        _narrator.Chapter("Three keepers make a key that none of them holds");
        _narrator.Say($"Any {keyset.Quorum} of {keyset.Keepers.Count} must agree before anything opens. The whole key was never anywhere.");
        _narrator.Quote($"z = {Convert.ToHexStringLower(keyset.Z.ToBytes())}");

        var code = await InvitationCodes.IssueAsync(_deployment.Vault.Services.GetRequiredService<Database>(), cancel);
        Person.Require(await _ines.JoinAsync(code, "Inès", cancel));
        _narrator.Say("Inès becomes a counselor: her keys stay with her, and every keeper signs the list she is on.");
    }

    private async Task<Person> AnaAsync(CancellationToken cancel)
    {
        _narrator.Chapter("Ana files, and asks for two");
        _narrator.Say($"She names a man by his number, {Typed}; her device reads it as {Read(Typed)}.");
        var ana = await FileAsync(2, "Ana", AnasAccount, cancel);
        _narrator.Say("Her receipt, which nobody can replace:");
        _narrator.Quote(ana.Words);
        await LookAsync("one filing", AnasAccount, cancel);
        return ana;
    }

    private async Task<Person> BenAsync(CancellationToken cancel)
    {
        _narrator.Chapter("Ben names the same man, and asks for three");
        var ben = await FileAsync(3, "Ben", BensAccount, cancel);
        _narrator.Say("Two people are enough for Ana and too few for Ben, so nothing opens: nobody is counted towards what they did not accept.");
        _narrator.Looks("matcher", $"{await SharedTagsAsync(cancel)} tags in common: Ana and Ben stand on different rungs, and look unrelated");
        _narrator.Looks("Inès", $"{(await _ines.CasesAsync(cancel)).Cases.Count} cases");
        return ben;
    }

    private async Task<Person> CleoAsync(CancellationToken cancel)
    {
        _narrator.Chapter("Cleo names him too, and asks for two");
        var cleo = await FileAsync(2, "Cleo", "He followed me home.", cancel);
        await UntilAsync(async () => (await _ines.CasesAsync(cancel)).Cases.Count == 3, cancel);
        _narrator.Say("Now three people named him who each asked for three or fewer: all three open, down the ladder, step by step.");
        _narrator.Looks("matcher", $"{await SharedTagsAsync(cancel)} tags in common. {Found(UpPlan.Matcher, Digits, "the number")}; {Found(UpPlan.Matcher, AnasAccount, "an account")}");
        foreach (var keeper in UpPlan.Keepers)
            _narrator.Looks(keeper, $"{await _stores.CountAsync(keeper, Stores.Sql.Audit, cancel)} records in its log; it helped only after checking the evidence itself");
        return cleo;
    }

    private async Task CounselAsync(Person ana, Person ben, CancellationToken cancel)
    {
        _narrator.Chapter("Inès learns how to reach them, and not yet what happened");
        foreach (var person in (Person[])[ana, ben])
        {
            var opened = await OpenAsync(person, cancel);
            var contact = _ines.Read<ContactContent>(opened.Contact)!;
            _narrator.Quote($"{contact.CallMe}: {contact.How}; names {string.Join(", ", contact.Identifiers)}");
        }

        _narrator.Looks("Inès", await ReadAsync(ana, cancel) is null ? "no account: it is still sealed to the keepers" : "an account, too early");
    }

    private async Task ReleaseAsync(Person ana, Person ben, CancellationToken cancel)
    {
        _narrator.Chapter("Inès checks that they mean the same man. Ana says yes, Ben has not decided");
        foreach (var person in (Person[])[ana, ben]) Person.Require(await _ines.VerifyAsync(await CaseOfAsync(person, cancel), cancel));
        await ana.ConsentAsync(cancel);
        await UntilAsync(async () => (await OpenAsync(ana, cancel)).State == "released", cancel);
        _narrator.Say("Inès opens Ana's own words, and Ana sees on which day she did:");
        _narrator.Quote((await ReadAsync(ana, cancel))!.Text);
        _narrator.Looks("Inès", await ReadAsync(ben, cancel) is null ? "nothing of Ben's account: it takes his own yes" : "Ben's account, without his yes");
        _narrator.Looks("vault", Found(UpPlan.Vault, AnasAccount, "Ana's words: what it passes on is sealed to Inès"));
    }

    private async Task WithdrawAsync(Person cleo, CancellationToken cancel)
    {
        _narrator.Chapter("Cleo takes hers back");
        await cleo.WithdrawAsync(cancel);
        await UntilAsync(async () => await _stores.CountAsync(UpPlan.Vault, Stores.Sql.Outbox, cancel) == 0, cancel);
        _narrator.Say($"Her filing is {await cleo.StateAsync(cancel)}; what was sealed is erased.");
        foreach (var keeper in UpPlan.Keepers)
            _narrator.Looks(keeper, $"{await _stores.CountAsync(keeper, Stores.Sql.Tombstones, cancel)} tombstone: it will never help to open that filing again");
    }

    private async Task EndAsync(Stopwatch clock, CancellationToken cancel)
    {
        _narrator.Chapter("What is left");
        foreach (var keeper in UpPlan.Keepers)
            _narrator.Looks(keeper, $"a log of {await _stores.CountAsync(keeper, Stores.Sql.Audit, cancel)} records, its head {(await _stores.ReadAsync(keeper, Stores.Sql.Head, cancel))![..16]}…");
        _narrator.Say($"Told in {clock.Elapsed.TotalSeconds:0} seconds. Try it yourself: wetoo up");
    }

    private async Task<Person> FileAsync(byte leastNumber, string name, string text, CancellationToken cancel)
    {
        var codes = await _deployment.Registrar.Services.GetRequiredService<InvitationList>().IssueAsync(1, cancel);
        var contact = new ContactContent { CallMe = name, How = $"{name.ToLowerInvariant()}@example.org, evenings", Identifiers = [Read(Typed)] };
        var person = await Person.FileAsync(_vault, codes[0], leastNumber, contact, text, cancel);
        await UntilAsync(async () => await _stores.CountAsync(UpPlan.Vault, Stores.Sql.Outbox, cancel) == 0, cancel);
        await UntilAsync(async () => await _stores.CountAsync(UpPlan.Matcher, Stores.Sql.Due, cancel) == 0, cancel);
        return person;
    }

    private async Task LookAsync(string filings, string text, CancellationToken cancel)
    {
        _narrator.Say("What each of them finds who looks through everything they store:");
        _narrator.Looks("vault", $"{filings}, when, and that it asks for two. {Found(UpPlan.Vault, Digits, "the number")}; {Found(UpPlan.Vault, text, "the account")}");
        _narrator.Looks("matcher", $"{await _stores.CountAsync(UpPlan.Matcher, Stores.Sql.Standings, cancel)} tags, of which three are padding. {Found(UpPlan.Matcher, Digits, "the number")}");
        foreach (var keeper in UpPlan.Keepers)
            _narrator.Looks(keeper, $"{await _stores.CountAsync(keeper, Stores.Sql.Evaluations, cancel)} blinded evaluation(s). {Found(keeper, Digits, "the number")}");
        _narrator.Looks("registrar", $"one invitation used. {Found(UpPlan.Registrar, Digits, "the number")}; which pseudonym it signed it cannot know");
    }

    private static string Read(string typed) =>
        Identifier.TryDetect(typed, Country, out var identifier, out _) ? identifier.Canonical : throw new InvalidOperationException("The number of the story cannot be read.");

    private string Found(string host, string text, string what) => _stores.Holds(host, text) ? $"Found: {what}" : $"Nowhere: {what}";

    private Task<long> SharedTagsAsync(CancellationToken cancel) => _stores.CountAsync(UpPlan.Matcher, Stores.Sql.SharedTags, cancel);

    private async Task<DeskCase> CaseOfAsync(Person person, CancellationToken cancel) =>
        (await _ines.CasesAsync(cancel)).Cases.Single(one => one.FilingId == person.FilingId);

    /// <summary>The room of their own words; null while there is nothing to read.</summary>
    private async Task<AccountContent?> ReadAsync(Person person, CancellationToken cancel) =>
        _ines.Read<AccountContent>((await _ines.OpenRoomAsync((await CaseOfAsync(person, cancel)).CaseId, 0, cancel)).Reading?.Account);

    private async Task<DeskCase> OpenAsync(Person person, CancellationToken cancel) =>
        (await _ines.OpenAsync((await CaseOfAsync(person, cancel)).CaseId, cancel)).Case!;

    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition()) await timer.WaitForNextTickAsync(limit.Token);
    }
}
