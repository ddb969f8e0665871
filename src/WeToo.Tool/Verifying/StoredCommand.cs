using System.CommandLine;
using WeToo.Vault.Features.Site;

namespace WeToo.Tool.Verifying;

/// <summary><c>wetoo stored</c>: every table and field that our programs keep, and what it means. The same list as on the page <c>/stored</c> of a vault.</summary>
internal static class StoredCommand
{
    internal static Command Create()
    {
        var language = new Option<string>("--language") { Description = "en, fr, es or ar.", DefaultValueFactory = _ => "en", HelpName = "language" }.AcceptOnlyFromAmong([.. Stored.Languages]);
        var command = new Command("stored", "Tell every table and field that these programs keep, and what it means.") { language };
        command.SetAction(async (parsed, cancel) =>
        {
            foreach (var line in Lines(Stored.TextsIn(parsed.GetRequiredValue(language)))) await parsed.InvocationConfiguration.Output.WriteLineAsync(line.AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<string> Lines(IReadOnlyDictionary<string, string> texts) => Stored.Fields.SelectMany(host => (string[])
    [
        $"{host.Key}: {texts[$"host.{host.Key}"]}",
        "",
        .. host.Value.SelectMany(table => (string[])
        [
            $"  {host.Key}.{table.Key}: {Stored.TableText(texts, host.Key, table.Key)}",
            .. table.Value.Keys.Select(column => $"    {column}: {Stored.FieldText(texts, host.Key, table.Key, column)}"),
        ]),
        "",
    ]);
}
