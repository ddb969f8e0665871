using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using WeToo.Hosting.Storage;
using WeToo.Vault;
using WeToo.Vault.Features.Health;

namespace WeToo.Tool.Operating;

/// <summary><c>wetoo health</c>: the health of a deployment as its operator may see it. With cases and without, it says the same.</summary>
internal static class HealthCommand
{
    private const int BackupDays = 8, RunDays = 9, DatesDays = 2, CertificateDays = 21;

    private const long LeastFree_bytes = 1L << 30;

    internal static Command Create()
    {
        var vault = new VaultChoice();
        var site = SiteOption.Optional("The site as people reach it: whether it answers, and until when its certificate holds.");
        var json = new Option<bool>("--json") { Description = "For a program that watches." };
        var command = vault.AddTo(new Command("health", "See whether everything runs: hosts, certificates, backups, runs, disk. Exit code 1 when something needs somebody.") { site, json });
        command.SetAction(async (parsed, cancel) =>
        {
            using var database = await vault.OpenAsync(parsed, cancel);
            var checks = await ChecksAsync(vault.OptionsOf(parsed), parsed.GetValue(site), database, TimeProvider.System.GetUtcNow(), cancel);
            await parsed.InvocationConfiguration.Output.WriteAsync((parsed.GetValue(json) ? Json(checks) : Text(checks)).AsMemory(), cancel);
            return checks.All(one => one.IsGood) ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Check>> ChecksAsync(VaultOptions options, Uri? site, Database database, DateTimeOffset now, CancellationToken cancel)
    {
        var hosts = HostsOf(options, site).ToList();
        var probes = await Task.WhenAll(hosts.Select(host => HostProbe.AskAsync(host.Address, cancel)));
        var health = await VaultHealth.ReadAsync(database, cancel);
        var today = now.ToUnixTimeSeconds() / 86_400;
        return
        [
            .. hosts.Zip(probes, (host, probe) => CheckOf(host.Name, probe, now)),
            new("to other hosts", health.Outgoing == Waiting.Few, health.Outgoing switch { Waiting.Few => "fewer than 10 messages wait", Waiting.Some => "10 or more messages wait", _ => "100 or more messages wait" }),
            .. options.LogUrl is null ? Array.Empty<Check>() : [new("log of dates", IsFresh(health.Dates, DatesDays), health.Dates is { } dated ? $"last took what there was on {Day(dated)}" : "never took anything")],
            new("backup", IsFresh(health.Backup, BackupDays), health.Backup is { } saved ? $"last made on {Day(saved)}" : "never made: wetoo backup"),
            new("periods", health.HasRetention, health.HasRetention ? "decided" : "nobody decided how long things stay: wetoo retention set"),
            new("deletion run", health.Retention is null || IsFresh(health.Retention, RunDays), health.Retention is { } ran ? $"last on {Day(ran)}" : "none yet"),
            DiskOf(options),
        ];

        bool IsFresh(long? day, int days) => day is { } last && today - last <= days;
    }

    private static IEnumerable<(string Name, Uri Address)> HostsOf(VaultOptions options, Uri? site)
    {
        if (site is not null) yield return ("site", site);
        if (Uri.TryCreate(options.Urls, UriKind.Absolute, out var own) && own.Port > 0) yield return ("vault", own);
        if (options.MatcherUrl is { } matcher) yield return ("matcher", matcher);
        if (options.RegistrarUrl is { } registrar) yield return ("registrar", registrar);
        foreach (var keeper in options.Keepers)
            if (keeper.Url is { } address) yield return (string.Create(CultureInfo.InvariantCulture, $"keeper {keeper.Index}"), address);
        if (options.LogUrl is { } log) yield return ("log", log);
    }

    private static Check CheckOf(string name, HostProbe probe, DateTimeOffset now)
    {
        if (!probe.IsBelieved) return new(name, false, "its certificate is not believed here");
        if (!probe.Answers) return new(name, false, "does not answer");
        return probe.CertificateUntil is not { } until ? new(name, true, "answers")
            : new(name, until - now >= TimeSpan.FromDays(CertificateDays), $"answers; certificate until {Day(until.ToUnixTimeSeconds() / 86_400)}");
    }

    private static Check DiskOf(VaultOptions options)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(Database.FileOf(options.Database) ?? options.MatcherKeyFile))!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return new("disk", free >= LeastFree_bytes, string.Create(CultureInfo.InvariantCulture, $"{free >> 30} GiB free"));
    }

    private static string Text(IReadOnlyList<Check> checks)
    {
        var width = checks.Max(one => one.Name.Length) + 2;
        var lines = checks.Select(one => $"{(one.IsGood ? ' ' : '!')} {one.Name.PadRight(width)}{one.Says}\n");
        var missing = checks.Count(one => !one.IsGood);
        return string.Concat(lines) + (missing == 0 ? "\nEverything runs.\n" : string.Create(CultureInfo.InvariantCulture, $"\n{missing} marked with ! need somebody.\n"));
    }

    private static string Json(IReadOnlyList<Check> checks) =>
        JsonSerializer.Serialize(new { ok = checks.All(one => one.IsGood), checks = checks.Select(one => new { name = one.Name, ok = one.IsGood, says = one.Says }) }) + "\n";

    private static string Day(long day) => DateTimeOffset.FromUnixTimeSeconds(day * 86_400).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Check(string Name, bool IsGood, string Says);
}
