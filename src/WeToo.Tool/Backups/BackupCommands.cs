using System.CommandLine;
using WeToo.Tool.Up;

namespace WeToo.Tool.Backups;

/// <summary><c>wetoo backup</c> and <c>wetoo restore</c>: for whoever runs the hosts, on their machine.</summary>
internal static class BackupCommands
{
    internal static Command Backup()
    {
        var (data, postgres, config, host) = (UpCommand.DataOption(), UpCommand.PostgresOption(), ConfigOption(), HostOption());
        var recipients = new Option<string[]>("--recipient") { Description = "Who can open it, age1…, as age-keygen prints it. Name at least two people.", Required = true, HelpName = "recipient" };
        var file = new Option<FileInfo>("--out") { Description = "The new file. Nothing is ever overwritten.", Required = true, HelpName = "file" };
        var command = new Command("backup", "Write an encrypted backup of a deployment, or of one host of it, while it runs.") { data, postgres, config, host, recipients, file };
        command.SetAction(async (parsed, cancel) =>
        {
            var holdings = parsed.GetValue(config) is { } settings
                ? Holdings.OfSettings(settings, settings.FullName)
                : Holdings.OfFolder(new(parsed.GetRequiredValue(data), parsed.GetValue(postgres)), parsed.GetValue(host));
            var path = parsed.GetRequiredValue(file).FullName;
            var (manifest, sha256) = await Backups.Backup.WriteAsync(holdings, parsed.GetRequiredValue(recipients), path, TimeProvider.System, cancel);
            await parsed.InvocationConfiguration.Output.WriteAsync($"""
                {path}: {string.Join(", ", manifest.Hosts.Select(saved => saved.Name))}, with keys and settings, as of {manifest.Made}.
                SHA-256 {sha256}
                Note that line somewhere else, and try the backup now and then: wetoo restore --check {Path.GetFileName(path)} --identity …

                """.AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    internal static Command Restore()
    {
        var (data, postgres, config, host) = (UpCommand.DataOption(), UpCommand.PostgresOption(), ConfigOption(), HostOption());
        var file = new Argument<FileInfo>("backup") { Description = "A file of wetoo backup." };
        var identity = new Option<FileInfo>("--identity") { Description = "The file of an age identity that can open it.", Required = true, HelpName = "file" };
        var sha256 = new Option<string?>("--sha256") { Description = "The SHA-256 that was noted when it was made.", HelpName = "hex" };
        var check = new Option<bool>("--check") { Description = "Only read it to its end and say what it holds." };
        var command = new Command("restore", "Put a backup back where nothing is yet, after reading it to its end.") { file, data, postgres, config, host, identity, sha256, check };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            var archive = new BackupArchive(path, BackupArchive.ReadIdentities(parsed.GetRequiredValue(identity).FullName));
            await archive.RequireSha256Async(parsed.GetValue(sha256), cancel);
            var manifest = archive.Verify();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(check))
            {
                await output.WriteLineAsync($"Whole, as of {manifest.Made}: {string.Join(", ", manifest.Hosts.Select(saved => saved.Name))}, with keys and settings.");
                return ExitCodes.Done;
            }

            var holdings = parsed.GetValue(config) is { } settings
                ? archive.HoldingsAt(manifest, settings)
                : Holdings.OfFolder(new(parsed.GetRequiredValue(data), parsed.GetValue(postgres)), parsed.GetValue(host));
            if (parsed.GetValue(config) is null) await new DataFolder(parsed.GetRequiredValue(data), parsed.GetValue(postgres)).PrepareAsync([.. holdings.Hosts.Select(one => one.Name)], cancel);
            var restore = new Restore(archive, manifest, holdings, TimeProvider.System);
            await restore.RunAsync(cancel);
            await output.WriteAsync(Told(restore, manifest).AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Told(Restore restore, BackupManifest manifest) => $"""
        Restored as of {manifest.Made}: {string.Join(", ", restore.Hosts.Select(saved => saved.Name))}, with {restore.FileCount} files of keys and settings.
        What happened since is not in it:
        - What authors withdrew since is asked of the keepers at the next start, before anybody is answered. Keepers restored from the same day know no more.
        - Where somebody stopped contact since, nothing says so: tell every counselor to ask before they write.
        - Reminders by mail do not come back. Whoever wants them asks again.

        """;

    private static Option<FileInfo?> ConfigOption() => new("--config") { Description = "The settings of the one host that runs here, instead of --data.", HelpName = "file" };

    private static Option<string?> HostOption() => new("--host") { Description = "Only this host of the folder, such as vault or keeper-1.", HelpName = "host" };
}
