using System.CommandLine;
using System.Globalization;
using WeToo.Core.Keysets;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Retention;

namespace WeToo.Tool.Operating;

/// <summary><c>wetoo retention set | show | plan | run | certificates | key | verify</c>: how long things stay, and what was deleted.</summary>
internal static class RetentionCommands
{
    internal static Command Create() =>
        new("retention", "Decide how long things stay, see what will be deleted, and show what was.") { Set(), Show(), Plan(), Run(), Print(), Key(), Verify() };

    private static Command Set()
    {
        var vault = new VaultChoice();
        var cases = new Option<int?>("--cases") { Description = "How long a case stays after its counselor said that it has ended.", HelpName = "months" };
        var country = new Option<string?>("--country") { Description = $"Instead: what one overview of laws has for {string.Join(", ", RetentionPeriods.Countries)}. Ask your counsel whether it is meant for you.", HelpName = "code" };
        var mail = new Option<int?>("--mail") { Description = $"How long what both sides said stays after that; {RetentionPeriods.UsualMail} unless you say otherwise, and never longer than the case.", HelpName = "months" };
        var candidates = new Option<int>("--candidates") { Description = "How long people stay who asked to join the team and are not on it.", HelpName = "months", DefaultValueFactory = _ => RetentionPeriods.UsualCandidates };
        var requests = new Option<int>("--requests") { Description = "How long the register of requests from outside stays.", HelpName = "months", DefaultValueFactory = _ => RetentionPeriods.UsualRequests };
        var command = vault.AddTo(new Command("set", "Decide. Nothing is deleted by it for 30 days when it makes anything shorter, or is the first.") { cases, country, mail, candidates, requests });
        command.SetAction(async (parsed, cancel) =>
        {
            var around = RetentionPeriods.Around(CasesOf(parsed.GetValue(cases), parsed.GetValue(country)));
            var periods = around with { Mail = parsed.GetValue(mail) ?? around.Mail, Candidates = parsed.GetValue(candidates), Requests = parsed.GetValue(requests) };
            using var database = await vault.OpenAsync(parsed, cancel);
            await parsed.InvocationConfiguration.Output.WriteAsync(Told(await RetentionBook.DecideAsync(database, periods, TimeProvider.System, cancel)).AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static int CasesOf(int? months, string? country) => (months, country) switch
    {
        ({ } given, null) => given,
        (null, { } code) => RetentionPeriods.CasesIn(code) ?? throw new ArgumentException($"Nothing is known of {code}. Say --cases <months>, after asking your counsel."),
        _ => throw new ArgumentException("Say either --cases <months> or --country <code>: there is no period that is right everywhere, so none is chosen for you."),
    };

    private static Command Show() => OfVault("show", "Print what was decided.", async (database, _, output, cancel) =>
    {
        if (await RetentionBook.ReadAsync(database, cancel) is not { } policy) return await UndecidedAsync(output);
        await output.WriteAsync(Told(policy).AsMemory(), cancel);
        return ExitCodes.Done;
    });

    private static Command Plan()
    {
        var vault = new VaultChoice();
        var weeks = new Option<int>("--weeks") { Description = $"How many runs to look at, up to {RetentionRuns.MostPlanned}.", DefaultValueFactory = _ => 5 };
        var command = vault.AddTo(new Command("plan", "A dry run: what the next runs would delete. Nothing is changed.") { weeks });
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            var output = parsed.InvocationConfiguration.Output;
            var planned = await RetentionRuns.PlanAsync(database, parsed.GetValue(weeks), TimeProvider.System, cancel);
            if (planned.Count == 0) return await UndecidedAsync(output);

            foreach (var run in planned) await output.WriteLineAsync($"{run.Day}  {string.Join("  ", run.Deletes.Select(one => $"{one.Kind}: {one.Words}"))}");
            await output.WriteLineAsync($"What was withdrawn goes earlier, each on the day that its author was shown: {vault.OptionsOf(parsed).EraseAfterDays} days after they took it out.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Run() => OfVault("run", "Do the run of this week now, if the vault has not done it. It prints the certificate.", async (database, keyFile, output, cancel) =>
    {
        if (await RetentionBook.ReadAsync(database, cancel) is null) return await UndecidedAsync(output);

        var (certificate, day) = await RetentionRuns.RunAsync(database, keyFile, TimeProvider.System, cancel);
        await output.WriteAsync((certificate ?? $"Nothing is to be done: the run of {day} was done, or your periods do not hold yet. See wetoo retention plan.\n").AsMemory(), cancel);
        return ExitCodes.Done;
    });

    private static Command Print() => OfVault("certificates", "Print what each run says of itself, oldest first.", async (database, _, output, cancel) =>
    {
        await output.WriteAsync(string.Join("\n", await Certificates.ReadAsync(database, 0, cancel)).AsMemory(), cancel);
        return ExitCodes.Done;
    });

    private static Command Key() => OfVault("key", "Print the public key of certificates, for whoever verifies one.", async (database, keyFile, output, cancel) =>
    {
        var document = await database.ReadAsync(session => session.QueryOne<string>(Sql.Keyset), cancel)
            ?? throw new InvalidOperationException("There is no keyset yet: hold the key ceremony and start the vault first.");
        await output.WriteLineAsync(Certificates.KeyOf(keyFile, SignedKeyset.TryParse(document)!.Keyset.Deployment.Span).ToText());
        return ExitCodes.Done;
    });

    private static Command Verify()
    {
        var file = new Argument<FileInfo>("certificate") { Description = "One certificate." };
        var key = new Option<string>("--key") { Description = "The key, as wetoo retention key prints it.", Required = true };
        var command = new Command("verify", "Check that a certificate is whole and signed by a key. No vault is needed.") { file, key };
        command.SetAction(async (parsed, cancel) =>
        {
            var known = NoteKey.TryParse(parsed.GetRequiredValue(key)) ?? throw new ArgumentException("That is no key.");
            var isGenuine = Certificates.IsGenuine(await File.ReadAllTextAsync(parsed.GetRequiredValue(file).FullName, cancel), known);
            var output = isGenuine ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error;
            await output.WriteLineAsync(isGenuine ? "It is whole, and signed by that key." : "It is not what that key signed.");
            return isGenuine ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static Command OfVault(string name, string description, Func<Database, string, TextWriter, CancellationToken, Task<int>> act)
    {
        var vault = new VaultChoice();
        var command = vault.AddTo(new Command(name, description));
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            return await act(database, vault.OptionsOf(parsed).CertificateKeyFile, parsed.InvocationConfiguration.Output, cancel);
        });
        return command;
    }

    private static async Task<int> UndecidedAsync(TextWriter output)
    {
        await output.WriteLineAsync("Nobody decided how long things stay, and until then intake is closed and nothing is deleted. See wetoo retention set --help.");
        return ExitCodes.Refused;
    }

    private static string Told(RetentionPolicy policy) => $"""
        Cases that have ended   {policy.Periods.Cases} months
        What was said in them   {policy.Periods.Mail} months
        People not let in       {policy.Periods.Candidates} months
        Requests from outside   {policy.Periods.Requests} months
        Nothing is deleted by this before {DateTime.UnixEpoch.AddDays(policy.FromDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Each run is on a Monday.

        """;

    private static class Sql
    {
        internal const string Keyset = "SELECT document FROM keysets ORDER BY revision DESC LIMIT 1";
    }
}
