using System.CommandLine;
using WeToo.Tool.Backups;
using WeToo.Tool.Running;
using WeToo.Voices;
using WeToo.Voices.Exports;

namespace WeToo.Tool.Voices;

/// <summary><c>wetoo voices export | import-all</c>: a publication as one file that may be given away, and back.</summary>
internal static class VoicesExportCommands
{
    internal static Command Export()
    {
        var config = ConfigOption();
        var history = new Option<bool>("--history") { Description = "Also what editors wrote and readers do not see: earlier versions, drafts, what was taken down. Do not give such a file away." };
        var file = new Argument<FileInfo>("file") { Description = "The new file. Nothing is ever overwritten." };
        var command = new Command("export", "Write what readers can read as one file of JSON lines, without any mail address. To move with everything, use wetoo backup.") { config, history, file };
        command.SetAction(async (parsed, cancel) =>
        {
            var (path, output) = (parsed.GetRequiredValue(file).FullName, parsed.InvocationConfiguration.Output);
            if (File.Exists(path)) throw new IOException($"{path} is there already. An export is never overwritten.");
            await using var services = await OpenAsync(parsed.GetRequiredValue(config), cancel);
            var draft = path + ".part";
            IReadOnlyDictionary<string, int> counts;
            await using (var lines = Backup.CreateOwn(draft)) counts = await services.GetRequiredService<Exporting>().WriteAsync(lines, parsed.GetValue(history), cancel);
            File.Move(draft, path);
            await output.WriteLineAsync($"{path}: {string.Join(", ", counts.Where(table => table.Value > 0).Select(table => $"{table.Value} {table.Key}").DefaultIfEmpty("nothing is published"))}.");
            await output.WriteLineAsync("Not in it: mail addresses, who works here, what is held, names that nobody sees yet, plans of allies. Its letters take no new names where it is read: nobody there can tell who signed.");
            return ExitCodes.Done;
        });
        return command;
    }

    internal static Command ImportAll()
    {
        var config = ConfigOption();
        var file = new Argument<FileInfo>("file") { Description = "A file of wetoo voices export." };
        var command = new Command("import-all", "Read a file of wetoo voices export into a publication that has nothing yet. Run it while the publication is stopped.") { config, file };
        command.SetAction(async (parsed, cancel) =>
        {
            ExportFile read;
            await using (var stream = parsed.GetRequiredValue(file).OpenRead()) read = ExportFile.Read(stream);
            await using var services = await OpenAsync(parsed.GetRequiredValue(config), cancel);
            if (await services.GetRequiredService<ReadingBack>().TakeAsync(read, cancel) is { } refusal)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{Say(refusal)} Nothing was taken.");
                return ExitCodes.Refused;
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{read.Rows.Count} lines are read. Links in mails go on working if the publication has the same key file.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<FileInfo> ConfigOption() => new("--config") { Description = "A JSON file with the section \"Voices\".", Required = true, HelpName = "file" };

    private static Task<ServiceProvider> OpenAsync(FileInfo config, CancellationToken cancel) => VoicesHost.OpenAsync(HostCommands.Read<VoicesOptions>(config, "Voices"), TimeProvider.System, cancel);

    private static string Say(ExportRefusal refusal) => refusal.Fault switch
    {
        ExportFault.AnotherFormat => "This is no file of wetoo voices export.",
        ExportFault.AnotherVersion => "A newer program wrote this file.",
        ExportFault.BreaksOff => $"The file ends too early, or lacks lines, at line {refusal.Line}.",
        ExportFault.NotEmpty => "This publication has something in it already. Read the file into an empty one.",
        ExportFault.NoRow => $"Line {refusal.Line} is no line of an export.",
        _ => $"Line {refusal.Line} says what no publication can have: it refers to what is not there, is there twice, or holds something that cannot stand.",
    };
}
