using System.CommandLine;
using WeToo.Tool.Running;
using WeToo.Voices;
using WeToo.Voices.Imports;

namespace WeToo.Tool.Voices;

/// <summary><c>wetoo voices import</c>: what readers said elsewhere, under the pieces that are here.</summary>
internal static class VoicesImportCommand
{
    private const int MostNamed = 20;

    internal static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "A JSON file with the section \"Voices\".", Required = true, HelpName = "file" };
        var from = new Option<string>("--from") { Description = "wordpress (WXR, with wpDiscuz), disqus (XML), isso (its SQLite file) or remark42 (its own export).", Required = true, HelpName = "format" };
        from.AcceptOnlyFromAmong("wordpress", "disqus", "isso", "remark42");
        var pages = new Option<FileInfo?>("--pages") { Description = "Which page is which piece, one a line: the old address, a space, the new path. Without it the last part of an address names the piece.", HelpName = "file" };
        var forms = new Option<FileInfo?>("--forms") { Description = "Of wpDiscuz: id and unique_id of each row of its table wc_feedback_forms, a space between, one a line. The export has it not.", HelpName = "file" };
        var origin = new Option<string?>("--origin") { Description = "A name for where it comes from, when you import from two places of one kind.", HelpName = "name" };
        var trial = new Option<bool>("--dry-run") { Description = "Read and count, and write nothing." };
        var partial = new Option<bool>("--partial") { Description = "Take what stands before the place where the file breaks off." };
        var file = new Argument<FileInfo>("file") { Description = "The export." };
        var command = new Command("import", "Take comments from elsewhere. Mail addresses and network addresses stay behind. Run it while the publication is stopped; running it twice takes nothing twice.")
            { config, from, pages, forms, origin, trial, partial, file };
        command.SetAction(async (parsed, cancel) =>
        {
            var (format, output, error) = (parsed.GetRequiredValue(from), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var read = Read(format, parsed.GetRequiredValue(file).FullName, Pairs(parsed.GetValue(forms)));
            if (read.Fault is { } fault && !(parsed.GetValue(partial) && fault == ImportFault.Broken))
            {
                await error.WriteLineAsync($"{Say(fault, format, read.FaultAt)} Nothing was taken.");
                return ExitCodes.Refused;
            }

            await using var services = await VoicesHost.OpenAsync(HostCommands.Read<VoicesOptions>(parsed.GetRequiredValue(config), "Voices"), TimeProvider.System, cancel);
            var tally = await services.GetRequiredService<Importing>().TakeAsync(parsed.GetValue(origin) ?? format, read.Comments, Pairs(parsed.GetValue(pages)), parsed.GetValue(trial), cancel);
            foreach (var line in Lines(read, tally, parsed.GetValue(trial))) await output.WriteLineAsync(line);
            foreach (var page in tally.Missing.Take(MostNamed)) await error.WriteLineAsync($"No piece for: {(page.Length > 0 ? page : "comments of no page")}");
            if (tally.Missing.Count > MostNamed) await error.WriteLineAsync($"… and {tally.Missing.Count - MostNamed} more pages.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static ImportedFile Read(string format, string path, IReadOnlyDictionary<string, string> forms)
    {
        if (format == "isso") return IssoExport.Read(path);
        using var stream = File.OpenRead(path);
        return format switch { "wordpress" => XmlExports.WordPress(stream, forms), "disqus" => XmlExports.Disqus(stream), _ => Remark42Export.Read(stream) };
    }

    private static IEnumerable<string> Lines(ImportedFile read, ImportTally tally, bool isTrial)
    {
        (string Says, int Count)[] lines =
        [
            (isTrial ? "would be taken" : "taken", tally.Taken), ("  of them answers to others", tally.Answers), ("  of them about words of the piece", tally.Feedback), ("  of them held, to be looked at", tally.Held),
            ("deleted, and answers hang on it: an empty place", tally.Emptied), ("taken by an earlier import", tally.Known), ("under pages that are not here", tally.WithoutPiece), ("deleted", tally.Deleted),
            ("marked as spam", read.Spam), ("without words, date or number", read.Unreadable), ("about words that the export does not tell: taken as about the whole", read.WithoutWords),
        ];
        return lines.Where(line => line.Count > 0).Select(line => $"{line.Count,7} {line.Says}").DefaultIfEmpty("Nothing is in it.");
    }

    private static string Say(ImportFault fault, string format, long at) => fault switch
    {
        ImportFault.AnotherFormat => $"This is no export of {format}, or of another version.",
        ImportFault.DocumentType => "The file has a document type, which no export needs and which can make little into much.",
        ImportFault.TooLong => "Something in the file is longer than anything that people write.",
        _ => $"The file is broken at {(format is "isso" or "remark42" ? "entry" : "line")} {at}. With --partial, what stands before it is taken.",
    };

    private static Dictionary<string, string> Pairs(FileInfo? file) => file is null
        ? []
        : File.ReadLines(file.FullName).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length == 2).DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1]);
}
