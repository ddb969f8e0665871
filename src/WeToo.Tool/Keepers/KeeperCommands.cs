using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using WeToo.Hosting.Storage;
using WeToo.Keeper;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;
using WeToo.Tool.Running;

namespace WeToo.Tool.Keepers;

/// <summary><c>wetoo keeper init | approve | audit</c>: what a keeper's operator does by hand.</summary>
internal static class KeeperCommands
{
    internal static IEnumerable<Command> All() => [Init(), Approve(), Audit()];

    private static Command Init()
    {
        var file = new Option<FileInfo>("--key-file") { Description = "Where to write the key. It is never overwritten.", Required = true, HelpName = "file" };
        var command = new Command("init", "Make a keeper's key file, and print what other operators must know of it.") { file };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            KeyFile.Create(path);
            using var keys = KeyFile.Read(path);
            await parsed.InvocationConfiguration.Output.WriteAsync($"""
                Keep {path} to yourself, and a copy of it offline: without it the shares in the database cannot be read.
                Tell the other operators, by voice or in person:
                  "StaticKey":  "{Convert.ToHexStringLower(keys.StaticPublic.ToBytes())}"
                  "SigningKey": "{Convert.ToHexStringLower(keys.Signing.PublicKey.Span)}"

                """.AsMemory(), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Approve()
    {
        var config = new Option<FileInfo>("--config") { Description = "The keeper's settings.", Required = true, HelpName = "file" };
        var text = new Option<FileInfo>("--text") { Description = "The plan of a ceremony, or a keyset's text, exactly as it will be signed.", Required = true, HelpName = "file" };
        var command = new Command("approve", "Say yes, on the keeper's own machine, to what it may sign or take part in.") { config, text };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = HostCommands.Read<KeeperOptions>(parsed.GetRequiredValue(config), "Keeper");
            var bytes = await File.ReadAllBytesAsync(parsed.GetRequiredValue(text).FullName, cancel);
            using var database = Database.Open(options.Database);
            await KeeperHost.ApproveAsync(database, Encoding.UTF8.GetString(bytes), TimeProvider.System, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Approved: {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Audit()
    {
        var file = new Argument<FileInfo>("log") { Description = "A log as GET /v1/audit gives it." };
        var seq = new Option<long?>("--kept-seq") { Description = "The number of a record whose head you kept." };
        var head = new Option<string?>("--kept-head") { Description = "That head." };
        var command = new Command("audit", "Check a keeper's log from its first line to its last.") { file, seq, head };
        command.SetAction(async (parsed, cancel) =>
        {
            var lines = await File.ReadAllLinesAsync(parsed.GetRequiredValue(file).FullName, cancel);
            var (records, wrong) = KeeperAudit.Chain.Verify(lines, parsed.GetValue(seq), parsed.GetValue(head));
            var output = wrong is null ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error;
            await output.WriteLineAsync(wrong is null ? $"{records} records hold, each following from those before it." : $"{records} records hold. {wrong}");
            return wrong is null ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
