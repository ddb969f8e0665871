using System.CommandLine;
using WeToo.Vault.Features.Statistics;

namespace WeToo.Tool.Operating;

/// <summary><c>wetoo statistics publish | show</c>: a year in public, so that nobody can be found by it.</summary>
internal static class StatisticsCommands
{
    internal static Command Create() => new("statistics", "What may be said of a whole year in public.") { Publish(), Show() };

    private static Command Publish()
    {
        var (vault, year) = (new VaultChoice(), YearOption());
        var people = new Option<long>("--people") { Description = "How many people told a counselor that they may be counted.", Required = true, HelpName = "count" };
        var matches = new Option<long?>("--matches") { Description = "How many matches opened among them.", HelpName = "count" };
        var covered = new Option<long>("--covered") { Description = $"How many people could have written here. Below {SmallNumbers.CoveredForMatches} nothing is said of matches.", HelpName = "count" };
        var command = vault.AddTo(new Command("publish", "Put a year that is over into words, once and for ever.") { year, people, matches, covered });
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            var said = await YearBook.PublishAsync(
                database, parsed.GetValue(year), parsed.GetValue(people), parsed.GetValue(matches), parsed.GetValue(covered), TimeProvider.System, cancel);
            await parsed.InvocationConfiguration.Output.WriteAsync(Write(parsed.GetValue(year), said).AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var (vault, year) = (new VaultChoice(), YearOption());
        var command = vault.AddTo(new Command("show", "Print what was published of a year.") { year });
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            await parsed.InvocationConfiguration.Output.WriteAsync(Write(parsed.GetValue(year), await YearBook.ReadAsync(database, parsed.GetValue(year), cancel)).AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<int> YearOption() => new("--year") { Description = "A year that is over.", Required = true };

    private static string Write(int year, IReadOnlyDictionary<Figure, string> said) => said.Count == 0
        ? $"Nothing was published of {year}.\n"
        : $"""
           {year}
           People who wrote, and may be counted   {said[Figure.People]}
           Matches among them                     {said.GetValueOrDefault(Figure.Matches, "nothing is said: too few people are covered")}

           """;
}
