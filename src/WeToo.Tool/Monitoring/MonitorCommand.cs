using System.CommandLine;
using System.Globalization;
using WeToo.Core.Log;

namespace WeToo.Tool.Monitoring;

/// <summary><c>wetoo monitor</c>: anybody may follow a log from outside.</summary>
internal static class MonitorCommand
{
    private const int DefaultSilence_h = 24;

    internal static Command Create()
    {
        var log = new Argument<Uri>("address")
        {
            Description = "The log, such as https://log.example.org/.",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
                result.AddError("A log is an address such as https://log.example.org/.");
                return null;
            },
        };
        var state = new Option<string>("--state") { Description = "What it remembers between two looks.", DefaultValueFactory = _ => "monitor.json", HelpName = "file" };
        var policy = new Option<FileInfo?>("--policy") { Description = "Whom you believe: a C2SP tlog-policy. Without one, the log's own at the first look, from then on the same.", HelpName = "file" };
        var every = new Option<int>("--every") { Description = "Seconds between two looks; 0 looks once.", DefaultValueFactory = _ => 0, HelpName = "seconds" };
        var silence = new Option<int>("--silence") { Description = "Hours without anything new after which it alarms.", DefaultValueFactory = _ => DefaultSilence_h, HelpName = "hours" };
        var command = new Command("monitor", "Follow a log of dates: read all that is new, and alarm when anything before it was changed.") { log, state, policy, every, silence };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = parsed.GetRequiredValue(log), Timeout = TimeSpan.FromSeconds(30) };
            var watch = new Watch(new LogReader(client), parsed.GetRequiredValue(state), parsed.GetValue(policy), TimeSpan.FromHours(parsed.GetValue(silence)), parsed.InvocationConfiguration.Output);
            return await RunAsync(watch, TimeSpan.FromSeconds(parsed.GetValue(every)), cancel);
        });
        return command;
    }

    /// <summary>Looks until something is wrong, or once.</summary>
    private static async Task<int> RunAsync(Watch watch, TimeSpan every, CancellationToken cancel)
    {
        while (true)
        {
            var code = await watch.LookAsync(cancel);
            if (every == TimeSpan.Zero || code is not (ExitCodes.Done or ExitCodes.Unreachable)) return code;
            await Task.Delay(every, cancel);
        }
    }

    /// <summary>One log, and what is known of it.</summary>
    private sealed class Watch(LogReader reader, string state, FileInfo? policy, TimeSpan silence, TextWriter output)
    {
        internal async Task<int> LookAsync(CancellationToken cancel)
        {
            try
            {
                var before = FollowedState.Read(state);
                if (await PolicyAsync(before, cancel) is not { } text || LogPolicy.TryParse(text) is not { } believed)
                {
                    await output.WriteLineAsync("There is no policy that can be read: give one with --policy.");
                    return ExitCodes.Refused;
                }

                var seen = before?.Note is { } note ? SignedNote.TryParse(note) : null;
                return await TellAsync(text, await new LogFollower(reader, believed, TimeProvider.System).LookAsync(seen, silence, cancel));
            }
            catch (Exception why) when (why is HttpRequestException || (why is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                await output.WriteLineAsync($"The log does not answer. {why.Message}");
                return ExitCodes.Unreachable;
            }
        }

        private async Task<string?> PolicyAsync(FollowedState? before, CancellationToken cancel) =>
            policy is not null ? await File.ReadAllTextAsync(policy.FullName, cancel) : before?.Policy ?? await reader.TextAsync("policy", cancel);

        private async Task<int> TellAsync(string text, LogLook look)
        {
            if (look.Note is { } note) new FollowedState(text, note.ToText()).Write(state);
            var seen = look.AtSeconds is { } at ? string.Create(CultureInfo.InvariantCulture, $", seen by its witnesses at {DateTimeOffset.FromUnixTimeSeconds((long)at):u}") : "";
            var added = look.Added.Count == 0 ? "nothing new" : string.Join(", ", look.Added.OrderBy(one => one.Key).Select(one => $"{one.Value} of kind {one.Key}"));
            if (look.Alarm is not { } alarm)
            {
                await output.WriteLineAsync(look.Note is null ? "The log has no entry yet." : $"It holds: {look.Size} entries{seen}; {added}.");
                return ExitCodes.Done;
            }

            await output.WriteLineAsync($"ALARM {alarm}: {SayingOf(alarm)} It held with {look.Size} entries. Keep {state}, and tell others who follow this log.");
            return ExitCodes.Alarm;
        }

        private static string SayingOf(LogAlarm alarm) => alarm switch
        {
            LogAlarm.NotSigned => "what it shows is not signed by the log.",
            LogAlarm.NotWitnessed => "too few of its witnesses have seen what it shows.",
            LogAlarm.RolledBack => "it shows an older state than before.",
            LogAlarm.Forked => "it shows another log of the same size.",
            LogAlarm.Rewritten => "what was there before was changed, or what it shows does not add up.",
            LogAlarm.Missing => "parts of it are missing or cut.",
            _ => "no witness has seen anything new for too long.",
        };
    }
}
