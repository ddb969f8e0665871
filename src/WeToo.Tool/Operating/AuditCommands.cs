using System.CommandLine;
using WeToo.Vault.Features.Audit;

namespace WeToo.Tool.Operating;

/// <summary><c>wetoo audit export | verify</c>: the vault's log of what its operator and team did.</summary>
internal static class AuditCommands
{
    internal static Command Create() => new("audit", "What the operator and the team did, as a chain that shows every change of the past.") { Export(), Verify() };

    private static Command Export()
    {
        var vault = new VaultChoice();
        var after = new Option<long>("--after") { Description = "Only records after this number, for whoever collects logs.", HelpName = "seq" };
        var command = vault.AddTo(new Command("export", "Print the log as JSON lines, without content.") { after });
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            foreach (var line in await OperatorLog.ExportAsync(database, parsed.GetValue(after), cancel)) await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Verify()
    {
        var vault = new VaultChoice();
        var file = new Argument<FileInfo?>("log") { Description = "A log as it was exported; the vault's own when there is none.", Arity = ArgumentArity.ZeroOrOne };
        var seq = new Option<long?>("--kept-seq") { Description = "The number of a record whose head you kept." };
        var head = new Option<string?>("--kept-head") { Description = "That head." };
        var command = vault.AddTo(new Command("verify", "Check the log from its first record to its last.") { file, seq, head });
        command.SetAction(async (parsed, cancel) =>
        {
            var (records, wrong) = VaultAudit.Chain.Verify(await LinesAsync(parsed.GetValue(file), parsed, vault, cancel), parsed.GetValue(seq), parsed.GetValue(head));
            var output = wrong is null ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error;
            await output.WriteLineAsync(wrong is null ? $"{records} records hold, each following from those before it." : $"{records} records hold. {wrong}");
            return wrong is null ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(FileInfo? file, ParseResult parsed, VaultChoice vault, CancellationToken cancel)
    {
        if (file is not null) return await File.ReadAllLinesAsync(file.FullName, cancel);

        using var database = await vault.OpenAsync(parsed, cancel);
        return await OperatorLog.ExportAsync(database, 0, cancel);
    }
}
