using System.CommandLine;

namespace WeToo.Tool.Authoring;

/// <summary><c>wetoo file | status | withdraw | consent</c>: what the author's page does, in a terminal.</summary>
internal static class AuthorCommands
{
    internal static IReadOnlyList<Command> All() => [File(), Status(), Withdraw(), Consent()];

    private static Command File()
    {
        var common = new CommonOptions();
        var text = new Option<string>("--text") { Description = "A file with what happened; - reads it from standard input.", HelpName = "file", Required = true };
        var identifiers = new Option<string[]>("--identifier") { Description = "A telephone number, an e-mail address or the address of a profile of the person you name; up to four times.", HelpName = "identifier", Required = true };
        var region = new Option<string?>("--region") { Description = "The country of telephone numbers without a +, such as FR.", HelpName = "code" };
        var number = new Option<byte>("--least-number") { Description = "Open only when this many people, you among them, named the same person: 2 to 5.", HelpName = "t", Required = true };
        var invitation = new Option<string?>("--invitation") { Description = "Your invitation code, where one is asked for.", HelpName = "code" };
        var (callMe, how, times, who) = (Text("--call-me", "How a counselor should call you."), Text("--how", "How they may reach you."), Text("--times", "When it is safe."), Text("--who", "Whom you name, in your words."));
        var yes = new Option<bool>("--yes") { Description = "Do not ask whether the identifiers are read right." };
        number.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<byte>() is < 2 or > 5) result.AddError("--least-number is 2, 3, 4 or 5.");
        });

        var command = new Command("file", "Put an account in escrow. Prints the ten words of your receipt: only they lead back to it.") { text, identifiers, region, number, invitation, callMe, how, times, who, yes };
        common.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var session = new AuthorSession(common, parsed);
            var contact = new ContactContent
            {
                CallMe = parsed.GetValue(callMe) ?? "",
                How = parsed.GetValue(how) ?? "",
                Times = parsed.GetValue(times) ?? "",
                Who = parsed.GetValue(who) ?? "",
                NoContact = string.IsNullOrEmpty(parsed.GetValue(how)),
            };
            if (session.ReadIdentifiers(parsed.GetRequiredValue(identifiers), parsed.GetValue(region), parsed.GetValue(yes)) is not { } named) return ExitCodes.Usage;

            var account = await ReadTextAsync(parsed.GetRequiredValue(text), cancel);
            return await session.FileAsync(parsed.GetValue(number), contact with { Identifiers = named }, account, parsed.GetValue(invitation), cancel);
        });
        return command;
    }

    private static Command Status() => ForReceipt("status", "Say how your accounts stand, and finish what could not be finished before.", null, (session, _, cancel) => session.StatusAsync(cancel));

    private static Command Withdraw() =>
        ForReceipt("withdraw", "Take an account back: it is erased, and counts for nobody any more.", FilingArgument(), (session, filing, cancel) => session.WithdrawAsync(filing!, cancel));

    private static Command Consent() =>
        ForReceipt("consent", "Let the counselor read what happened, once it is opened.", FilingArgument(), (session, filing, cancel) => session.ConsentAsync(filing!, cancel));

    private static Command ForReceipt(string name, string description, Argument<string>? filing, Func<AuthorSession, string?, CancellationToken, Task<int>> act)
    {
        var common = new CommonOptions();
        var command = new Command(name, description);
        if (filing is not null) command.Add(filing);
        common.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var session = new AuthorSession(common, parsed);
            return await act(session, filing is null ? null : parsed.GetRequiredValue(filing), cancel);
        });
        return command;
    }

    private static Argument<string> FilingArgument()
    {
        var filing = new Argument<string>("filing") { Description = "The filing's id, as wetoo status prints it." };
        filing.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: 32 } id || !id.All(char.IsAsciiHexDigitLower)) result.AddError("A filing's id is 32 hexadecimal digits.");
        });
        return filing;
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "text" };

    private static Task<string> ReadTextAsync(string path, CancellationToken cancel) =>
        path == "-" ? Console.In.ReadToEndAsync(cancel) : System.IO.File.ReadAllTextAsync(path, cancel);
}

/// <summary>What every command of an author takes.</summary>
internal sealed class CommonOptions
{
    internal Option<Uri> Site { get; } = SiteOption.Create("The vault's address.");

    internal Option<FileInfo?> Receipt { get; } = new("--receipt") { Description = "A file with the words of your receipt. Without it they are asked for; never on the command line, which others can see.", HelpName = "file" };

    internal Option<FileInfo?> Pin { get; } = new("--pin") { Description = "Remember the deployment's keys in this file, and refuse others later.", HelpName = "file" };

    internal Option<bool> Json { get; } = new("--json") { Description = "Answer in JSON." };

    internal void AddTo(Command command)
    {
        foreach (var option in (Option[])[Site, Receipt, Pin, Json]) command.Add(option);
    }
}
