using System.CommandLine;
using System.Globalization;
using System.Text;
using WeToo.Core.Log;

namespace WeToo.Tool.Verifying;

/// <summary><c>wetoo log verify</c>: holds the folder of a log, or a copy of it, to its own checkpoint, without a network.</summary>
internal static class VerifyLogCommand
{
    internal static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where checkpoint and tile lie." };
        var policy = new Option<FileInfo>("--policy") { Description = "Which log and which witnesses you believe (C2SP tlog-policy). Without it the folder is only held to itself.", HelpName = "file" };
        folder.AcceptExistingOnly();
        policy.AcceptExistingOnly();
        var command = new Command("verify", "Read a log's folder from its first entry to its checkpoint: every hash is made again.") { folder, policy };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(policy), parsed.InvocationConfiguration.Output, cancel));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, FileInfo? policyFile, TextWriter output, CancellationToken cancel)
    {
        var policy = policyFile is null ? null : LogPolicy.TryParse(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(policyFile.FullName, cancel)));
        if (policyFile is not null && policy is null)
        {
            await output.WriteLineAsync($"{policyFile.Name} is no policy: nothing was checked.");
            return ExitCodes.Usage;
        }

        var (size, wrong, shown) = LogFolder.Check(folder.FullName, policy);
        foreach (var path in wrong) await output.WriteLineAsync($"  {path}");
        if (wrong.Count > 0)
        {
            await output.WriteLineAsync(shown?.Fault is { } fault
                ? $"IT DOES NOT HOLD: the checkpoint is not what the policy asks for ({fault})."
                : "IT DOES NOT HOLD: these files are missing, cut, or not what the entries make.");
            return ExitCodes.Alarm;
        }

        var seen = shown is null ? "held to itself; use --policy to ask who signed it"
            : shown.AtSeconds is { } at && shown.Witnesses.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"seen by {string.Join(", ", shown.Witnesses)}, by enough of them at {DateTimeOffset.FromUnixTimeSeconds((long)at):u}")
            : "signed by the log; the policy asks for no witness";
        await output.WriteLineAsync($"It holds: {size} entries, {seen}.");
        return shown is null ? ExitCodes.Unproven : ExitCodes.Done;
    }
}
