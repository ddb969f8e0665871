using System.CommandLine;
using WeToo.Hosting.Storage;
using WeToo.Tool.Running;
using WeToo.Tool.Up;
using WeToo.Vault;

namespace WeToo.Tool.Operating;

/// <summary>Which vault an operator means: <c>--config</c> names its settings, <c>--data</c> a folder of <c>wetoo up</c>.</summary>
internal sealed class VaultChoice
{
    private readonly Option<string> _data = UpCommand.DataOption();
    private readonly Option<string?> _postgres = UpCommand.PostgresOption();
    private readonly Option<FileInfo?> _config = new("--config") { Description = "The vault's settings, with the section \"Vault\", instead of --data.", HelpName = "file" };

    /// <summary>A command that asks for it.</summary>
    internal Command AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_postgres);
        command.Add(_config);
        return command;
    }

    /// <summary>The vault's settings; those of <c>wetoo up</c> are the defaults.</summary>
    internal VaultOptions OptionsOf(ParseResult parsed) => parsed.GetValue(_config) is { } file
        ? HostCommands.Read<VaultOptions>(file, "Vault")
        : OfFolder(new DataFolder(parsed.GetRequiredValue(_data), parsed.GetValue(_postgres)));

    private static VaultOptions OfFolder(DataFolder folder) => new() { Database = folder.Database(UpPlan.Vault), MatcherKeyFile = folder.SharedKey };

    /// <summary>Opens the vault's database.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    internal async Task<Database> OpenAsync(ParseResult parsed, CancellationToken cancel)
    {
        var connection = OptionsOf(parsed).Database;
        if (Database.FileOf(connection) is { } path && !File.Exists(path))
            throw new FileNotFoundException("There is no vault here yet. Start it first, or say where it is with --data or --config.");

        var database = Database.Open(connection);
        try
        {
            await Migrations.ApplyAsync(database, typeof(VaultHost).Assembly, TimeProvider.System, cancel);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
