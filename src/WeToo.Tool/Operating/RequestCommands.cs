using System.CommandLine;
using WeToo.Vault.Features.Requests;

namespace WeToo.Tool.Operating;

/// <summary><c>wetoo request reply | add</c>: whoever asks us for what we hold.</summary>
internal static class RequestCommands
{
    internal static Command Create() => new("request", "Answer and register whoever asks what we hold about somebody.") { Reply(), Add() };

    private static Command Reply()
    {
        var language = new Option<string>("--language") { Description = "The language of the letter.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong([.. FixedReply.Languages]);
        var command = new Command("reply", "Print the letter that everybody gets, whoever asks and whatever there is. Nothing is looked up.") { language };
        command.SetAction(async (parsed, cancel) =>
        {
            await parsed.InvocationConfiguration.Output.WriteAsync(FixedReply.In(parsed.GetRequiredValue(language)).AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var vault = new VaultChoice();
        var kind = new Option<RequestKind>("--kind") { Description = "Who asks.", Required = true };
        var outcome = new Option<RequestOutcome>("--outcome") { Description = "What was done.", Required = true };
        var command = vault.AddTo(new Command("add", "Register a request: its kind and what came of it, and no name.") { kind, outcome });
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            var number = await RequestRegister.AddAsync(database, parsed.GetValue(kind), parsed.GetValue(outcome), TimeProvider.System, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Registered as {Convert.ToHexStringLower(number)}. Write the number on the paper, which is kept elsewhere.");
            return ExitCodes.Done;
        });
        return command;
    }
}
