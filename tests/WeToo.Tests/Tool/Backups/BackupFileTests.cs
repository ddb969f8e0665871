using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Hosting.Storage;
using WeToo.Matcher;
using Xunit;

namespace WeToo.Tests.Tool.Backups;

/// <summary>The file of a backup: who reads it, what is refused, and one host alone with its settings.</summary>
public sealed class BackupFileTests : IAsyncLifetime
{
    private const long Large_bytes = 256L * 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-backup-file-").FullName;
    private readonly BackupKeys _keys;
    private TestDatabase _database = null!;

    public BackupFileTests() => _keys = new(_folder);

    public static TheoryData<Engine, Engine> Ways => new()
    {
        { Engine.Sqlite, Engine.Sqlite }, { Engine.Sqlite, Engine.Postgres }, { Engine.Postgres, Engine.Sqlite }, { Engine.Postgres, Engine.Postgres },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Saved => Path.Combine(_folder, "saved.age");

    public async ValueTask InitializeAsync() => _database = await Engines.CreateAsync(Engine.Sqlite, typeof(MatcherHost).Assembly);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Debians_age_and_tar_read_it_and_every_entry_is_what_the_manifest_says()
    {
        await FileAsync(_database, [1, 2, 3], [7]);
        await BackUpAsync(_database);

        await RunAsync("age", "-d", "-i", _keys.IdentityFile, "-o", Path.Combine(_folder, "saved.tar"), Saved);
        var plain = Directory.CreateDirectory(Path.Combine(_folder, "plain")).FullName;
        await RunAsync("tar", "-xf", Path.Combine(_folder, "saved.tar"), "-C", plain);

        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(plain, "manifest.json"), Cancel));
        var entries = manifest.RootElement.GetProperty("entries").EnumerateArray().Select(entry => (Name: entry.GetProperty("name").GetString()!, Sha256: entry.GetProperty("sha256").GetString())).ToList();
        Assert.All(entries, entry => Assert.Equal(entry.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(plain, entry.Name))))));
        Assert.Equal(
            Directory.EnumerateFiles(plain, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(plain, path)).Order(StringComparer.Ordinal),
            entries.Select(entry => entry.Name).Append("manifest.json").Order(StringComparer.Ordinal));
        var row = await File.ReadAllTextAsync(Path.Combine(plain, "matcher", "filings", "000001.jsonl"), Cancel);
        Assert.Equal("""[1,["AQIDAAAAAAAAAAAAAAAAAA=="],["Bw=="],5,null,0]""" + "\n", row);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task One_host_comes_back_with_its_key_and_a_number_is_never_given_twice(Engine before, Engine after)
    {
        await using var source = await Engines.CreateAsync(before, typeof(MatcherHost).Assembly);
        await FileAsync(source, [1], [0]);
        await FileAsync(source, [2], [0]);
        _ = await source.Database.TransactAsync(session => session.Execute("DELETE FROM filings WHERE filing = 2"), Cancel);
        await BackUpAsync(source);

        await using var target = await Engines.CreateAsync(after);
        var (settings, keyFile) = await SettingsAsync("second", target.Connection);
        await SucceedsAsync("restore", Saved, "--config", settings, "--identity", _keys.IdentityFile);
        await FileAsync(target, [3], [0]);

        Assert.Equal([1, 3], await target.Database.ReadAsync(session => session.Query<long>("SELECT filing FROM filings ORDER BY filing"), Cancel));
        Assert.Equal("key", await File.ReadAllTextAsync(keyFile, Cancel));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keyFile) | File.GetUnixFileMode(Saved));
    }

    [Fact]
    public async Task Settings_that_are_gone_come_back_too()
    {
        await BackUpAsync(_database);
        var settings = Path.Combine(_folder, "first.json");
        var before = await File.ReadAllTextAsync(settings, Cancel);
        File.Move(Database.FileOf(_database.Connection)!, Path.Combine(_folder, "lost.db"));
        File.Delete(Path.Combine(_folder, "first.key"));
        File.Delete(settings);

        await SucceedsAsync("restore", Saved, "--config", settings, "--identity", _keys.IdentityFile);

        Assert.Equal(before, await File.ReadAllTextAsync(settings, Cancel));
        Assert.True(File.Exists(Database.FileOf(_database.Connection)));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.unfinished*"));
    }

    [Fact]
    public async Task Nothing_that_lives_is_replaced()
    {
        await BackUpAsync(_database);
        await using var full = await Engines.CreateAsync(Engine.Postgres, typeof(MatcherHost).Assembly);
        var (elsewhere, _) = await SettingsAsync("elsewhere", full.Connection);
        var before = Fingerprint();

        var overFiles = await Terminal.RunAsync("", "restore", Saved, "--config", Path.Combine(_folder, "first.json"), "--identity", _keys.IdentityFile);
        var overDatabase = await Terminal.RunAsync("", "restore", Saved, "--config", elsewhere, "--identity", _keys.IdentityFile);
        var overBackup = await Terminal.RunAsync("", "backup", "--config", elsewhere, "--recipient", _keys.Recipient, "--out", Saved);

        Assert.Equal([1, 1, 1], [overFiles.Code, overDatabase.Code, overBackup.Code]);
        Assert.All((Ran[])[overFiles, overBackup], ran => Assert.Contains("is there already", ran.Error, StringComparison.Ordinal));
        Assert.Contains("is not empty", overDatabase.Error, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task What_was_altered_cut_short_swapped_or_sealed_to_others_is_refused_before_anything_is_written()
    {
        await FileAsync(_database, [1], new byte[300_000]);
        await BackUpAsync(_database);
        var whole = await File.ReadAllBytesAsync(Saved, Cancel);
        var (settings, _) = await SettingsAsync("second", $"Data Source={Path.Combine(_folder, "second.db")}");
        var others = new BackupKeys(_folder);
        var before = Fingerprint();

        var altered = whole.ToArray();
        altered[^40_000] ^= 1;
        foreach (var broken in (byte[][])[altered, whole[..^1], whole[..^70_000], whole[..(whole.Length / 65_552 * 65_552)], [.. whole, 0], whole[..50]])
        {
            var ran = await RestoreAsync(broken, settings, _keys);
            Assert.Equal(1, ran.Code);
            Assert.Contains("backup", ran.Error, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(1, (await RestoreAsync(whole, settings, others)).Code);
        Assert.Equal(1, (await RestoreAsync(whole, settings, _keys, "--sha256", new string('0', 64))).Code);
        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task A_database_of_256_megabytes_is_saved_and_checked_in_96()
    {
        var bytes = RandomNumberGenerator.GetBytes(1024 * 1024);
        for (var written = 0L; written < Large_bytes; written += bytes.Length)
            await FileAsync(_database, BitConverter.GetBytes(written), bytes);
        var (settings, _) = await SettingsAsync("large", _database.Connection);

        var saved = await RunSmallAsync("backup", "--config", settings, "--recipient", _keys.Recipient, "--out", Saved);
        var checkedBackup = await RunSmallAsync("restore", Saved, "--check", "--identity", _keys.IdentityFile);

        Assert.Equal(("", ""), (saved, checkedBackup));
        Assert.True(new FileInfo(Saved).Length > Large_bytes);
    }

    /// <summary>A filing as the matcher keeps it.</summary>
    private static Task<int> FileAsync(TestDatabase database, byte[] name, byte[] message)
    {
        var row = new { name = (byte[])[.. name, .. new byte[16 - name.Length]], message };
        return database.Database.TransactAsync(session => session.Execute("INSERT INTO filings (name, message, counts_from_s) VALUES (@name, @message, 5)", row), Cancel);
    }

    private async Task BackUpAsync(TestDatabase source)
    {
        var (settings, _) = await SettingsAsync("first", source.Connection, withKey: true);
        await SucceedsAsync("backup", "--config", settings, "--recipient", _keys.Recipient, "--out", Saved);
    }

    /// <summary>Settings of a matcher; no key file is there yet unless one is wanted.</summary>
    private async Task<(string Path, string KeyFile)> SettingsAsync(string name, string connection, bool withKey = false)
    {
        var (path, keyFile) = (Path.Combine(_folder, $"{name}.json"), Path.Combine(_folder, $"{name}.key"));
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { Matcher = new { Database = connection, KeyFile = keyFile } }), Cancel);
        if (withKey) await File.WriteAllTextAsync(keyFile, "key", Cancel);
        return (path, keyFile);
    }

    private static async Task<Ran> RestoreAsync(byte[] backup, string settings, BackupKeys keys, params string[] more)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.age");
        await File.WriteAllBytesAsync(path, backup, Cancel);
        var ran = await Terminal.RunAsync("", ["restore", path, "--config", settings, "--identity", keys.IdentityFile, .. more]);
        File.Delete(path);
        return ran;
    }

    /// <summary>Every file that is there, with what is in it.</summary>
    private string Fingerprint() => string.Join('\n', Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal).Select(path => $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"));

    private static async Task SucceedsAsync(params string[] command)
    {
        var ran = await Terminal.RunAsync("", command);
        Assert.True(ran.Code == 0, ran.Error);
    }

    /// <summary>Runs <c>wetoo</c> where the runtime gives its heap no more than 96 MiB.</summary>
    private static async Task<string> RunSmallAsync(params string[] command)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [typeof(WeToo.Tool.CommandLine).Assembly.Location, .. command])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment = { ["DOTNET_GCHeapHardLimit"] = "0x6000000" },
            },
        };
        process.Start();
        var (error, _) = (process.StandardError.ReadToEndAsync(Cancel), process.StandardOutput.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return await error;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, error);
    }
}
