using WeToo.Hosting.Storage;
using WeToo.Log.Store;
using Xunit;

namespace WeToo.Tests.Log;

/// <summary>
/// The process dies before each single thing that it does to the disk, and the disk forgets whatever was not synced. What was acknowledged is there afterwards, and the log is one tree.
/// </summary>
public sealed class CrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every step on SQLite; on PostgreSQL, where a database takes longer to make, one in seven.</summary>
    [Theory]
    [InlineData(Engine.Sqlite, 1)]
    [InlineData(Engine.Postgres, 7)]
    public async Task A_crash_before_any_step_leaves_a_log_that_verifies(Engine engine, int stride)
    {
        var steps = 0;
        for (var last = 1; steps >= last - stride; last += stride)
        {
            await using var log = await RunningLog.PrepareAsync(engine);
            var (acknowledged, crashed) = await WriteUntilAsync(log, last);
            steps = crashed.Steps;

            var (again, _) = await WriteUntilAsync(log, int.MaxValue);
            var written = await log.VerifyAsync();
            foreach (var (entry, position) in acknowledged.Concat(again)) Assert.Equal(entry, written[(int)position]);
            Assert.Equal(written.Count, written.Select(Convert.ToHexString).Distinct().Count());
        }

        Assert.InRange(steps, 40, 200); // It went through all of them.
    }

    /// <summary>Writes batches that fill a tile and begin others, until the disk's step with a number would come.</summary>
    private static async Task<(List<(byte[] Entry, ulong Position)> Acknowledged, ForgetfulDisk Disk)> WriteUntilAsync(RunningLog log, int step)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(80).AddSeconds(step == int.MaxValue ? 60 : 0));
        using var key = new LogKey(RunningLog.Origin, log.Options.KeyFile);
        var forgetful = new ForgetfulDisk(step);
        var writer = new LogWriter(log.Database, new TileFolder(new Disk(log.Options.Folder, forgetful.Before)), key, time);
        List<(byte[] Entry, ulong Position)> acknowledged = [];
        try
        {
            foreach (var count in new[] { 3, 300, 260 })
            {
                byte[][] entries = [.. Enumerable.Range(0, count).Select(_ => RunningLog.NewEntry())];
                var (positions, _) = (await writer.AppendAsync(entries, Cancel))!.Value;
                acknowledged.AddRange(entries.Zip(positions));
            }
        }
        catch (DiedException)
        {
            forgetful.Forget();
        }

        return (acknowledged, forgetful);
    }

#pragma warning disable CA1032 // Nobody else throws it.
    private sealed class DiedException : Exception;
#pragma warning restore CA1032

    /// <summary>A disk that loses what was not synced when the process dies: contents are cut, and names that were not synced go.</summary>
    private sealed class ForgetfulDisk(int last)
    {
        private readonly Dictionary<string, byte[]?> _renamed = []; // What stood there before, until the folder is synced.
        private readonly HashSet<string> _unsynced = [];
        private readonly HashSet<string> _made = [];

        internal int Steps { get; private set; }

        internal void Before(DiskStep step, string path)
        {
            if (++Steps == last) throw new DiedException();
            switch (step)
            {
                case DiskStep.Write:
                    _unsynced.Add(path);
                    break;
                case DiskStep.Sync:
                    _unsynced.Remove(path);
                    break;
                case DiskStep.Rename:
                    _renamed.TryAdd(path, File.Exists(path) ? File.ReadAllBytes(path) : null);
                    break;
                case DiskStep.MakeFolder:
                    _made.Add(path);
                    break;
                case DiskStep.SyncFolder:
                    foreach (var name in _renamed.Keys.Where(name => Path.GetDirectoryName(name) == path).ToList()) _renamed.Remove(name);
                    _made.RemoveWhere(name => Path.GetDirectoryName(name) == path);
                    break;
                default:
                    break;
            }
        }

        internal void Forget()
        {
            foreach (var path in _unsynced.Where(File.Exists)) File.WriteAllBytes(path, File.ReadAllBytes(path)[..^(int)(new FileInfo(path).Length / 2)]);
            foreach (var (path, before) in _renamed)
            {
                if (before is null) File.Delete(path);
                else File.WriteAllBytes(path, before);
            }

            foreach (var path in _made.Where(Directory.Exists)) Directory.Delete(path, recursive: true);
        }
    }
}
