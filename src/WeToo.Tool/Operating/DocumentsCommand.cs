using System.CommandLine;
using System.Globalization;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault;
using WeToo.Vault.Features.Requests;
using WeToo.Vault.Features.Statistics;

namespace WeToo.Tool.Operating;

/// <summary><c>wetoo documents</c>: drafts that an operator needs before intake opens, and once a year, from the deployment's settings. No case is looked at.</summary>
internal static class DocumentsCommand
{
    private const string Folder = "documents/";

    private static readonly DateOnly s_epoch = new(1970, 1, 1);

    internal static Command Create()
    {
        var vault = new VaultChoice();
        var organisation = new Option<string>("--organisation") { Description = "Who runs this.", Required = true, HelpName = "name" };
        var year = new Option<int>("--year") { Description = "The year of the transparency report.", DefaultValueFactory = _ => TimeProvider.System.GetUtcNow().Year - 1 };
        var folder = new Option<DirectoryInfo>("--out") { Description = "The folder to write to. Nothing is overwritten.", Required = true, HelpName = "folder" };
        var command = vault.AddTo(new Command("documents", "Write drafts: impact assessment, agreement with keepers, transparency report, what can be handed over.") { organisation, year, folder });
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            var values = await ValuesAsync(database, vault.OptionsOf(parsed), parsed.GetRequiredValue(organisation), parsed.GetValue(year), cancel);
            foreach (var path in Write(parsed.GetRequiredValue(folder).FullName, values)) await parsed.InvocationConfiguration.Output.WriteLineAsync(path);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<Dictionary<string, string>> ValuesAsync(Database database, VaultOptions options, string organisation, int year, CancellationToken cancel)
    {
        var document = await database.ReadAsync(session => session.QueryOne<string>(Sql.Keyset), cancel)
            ?? throw new InvalidOperationException("There is no keyset yet: hold the key ceremony and start the vault first.");
        var keyset = SignedKeyset.TryParse(document)!.Keyset;
        var said = await YearBook.ReadAsync(database, year, cancel);
        var requests = await RequestRegister.CountAsync(database, DayOf(year), DayOf(year + 1), cancel);
        return new()
        {
            ["organisation"] = organisation,
            ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["deployment"] = Convert.ToHexStringLower(keyset.Deployment.Span),
            ["quorum"] = $"{keyset.Quorum}",
            ["keeper_count"] = $"{keyset.Keepers.Count}",
            ["keepers"] = string.Join('\n', keyset.Keepers.Select(keeper => $"- {keeper.Name}")),
            ["credential"] = keyset.Policy.Credential,
            ["delay"] = $"{keyset.Policy.DelayHoursLeast} to {keyset.Policy.DelayHoursMost} hours",
            ["embedded"] = keyset.Policy.Embedded ? "**All keys of this deployment are on one machine. It is for trying out, and not for people who trust you.**" : "Each keeper is another organisation's.",
            ["erase_after_days"] = $"{options.EraseAfterDays}",
            ["working_days"] = options.WorkingDays,
            ["zone"] = options.DeskTimeZone,
            ["year"] = $"{year}",
            ["people"] = said.GetValueOrDefault(Figure.People, "not published yet"),
            ["matches"] = said.GetValueOrDefault(Figure.Matches, "nothing is said"),
            ["requests"] = SmallNumbers.Words(requests.Sum(one => one.Count)),
            ["handed_over"] = SmallNumbers.Words(requests.Where(one => one.Outcome == $"{RequestOutcome.HandedOver}").Sum(one => one.Count)),
        };
    }

    private static List<string> Write(string folder, Dictionary<string, string> values)
    {
        var assembly = typeof(DocumentsCommand).Assembly;
        var written = new List<string>();
        var templates = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (Resource: name, Path: Path.Combine(folder, name[Folder.Length..]))).ToList();
        if (templates.Find(template => File.Exists(template.Path)).Path is { } there) throw new IOException($"{there} is there already. Nothing was written.");

        Directory.CreateDirectory(folder);
        foreach (var (resource, path) in templates)
        {
            using var template = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = values.Aggregate(template.ReadToEnd(), (draft, value) => draft.Replace($"{{{{{value.Key}}}}}", value.Value, StringComparison.Ordinal));
            File.WriteAllText(path, text);
            written.Add(path);
        }

        return written;
    }

    private static long DayOf(int year) => new DateOnly(year, 1, 1).DayNumber - s_epoch.DayNumber;

    private static class Sql
    {
        internal const string Keyset = "SELECT document FROM keysets ORDER BY revision DESC LIMIT 1";
    }
}
