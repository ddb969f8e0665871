using System.Runtime.InteropServices;

namespace WeToo.Log.Store;

/// <summary>What the disk is about to do. A test ends the process's life before any of these.</summary>
internal enum DiskStep
{
    MakeFolder,
    Write,
    Sync,
    Rename,
    SyncFolder,
    Delete,
}

/// <summary>Files below one folder: a file is there as a whole or not at all, and stays there once <see cref="Write"/> has returned.</summary>
/// <param name="root">The folder.</param>
/// <param name="before">Is told of each step before it is taken.</param>
internal sealed partial class Disk(string root, Action<DiskStep, string>? before = null)
{
    private const string Unfinished = ".new";

    /// <summary>Reads a file.</summary>
    /// <returns>Its bytes, or null when it is not there.</returns>
    internal byte[]? TryRead(string path)
    {
        var full = Path.Combine(root, path);
        try
        {
            return File.ReadAllBytes(full);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes files and waits until they, and their names, are on the disk. Files that are there are replaced.</summary>
    internal void Write(IReadOnlyCollection<(string Path, byte[] Bytes)> files)
    {
        var folders = files.Select(file => Path.GetDirectoryName(Path.Combine(root, file.Path))!).Distinct(StringComparer.Ordinal).ToList();
        foreach (var folder in folders) MakeFolder(folder);
        foreach (var (path, bytes) in files) WriteUnfinished(Path.Combine(root, path) + Unfinished, bytes);
        foreach (var full in files.Select(file => Path.Combine(root, file.Path)))
        {
            before?.Invoke(DiskStep.Rename, full);
            File.Move(full + Unfinished, full, overwrite: true);
        }

        foreach (var folder in folders) SyncFolder(folder);
    }

    /// <summary>Deletes a folder and what is in it. It may come back after a crash.</summary>
    internal void DeleteFolder(string path)
    {
        var full = Path.Combine(root, path);
        if (!Directory.Exists(full)) return;

        before?.Invoke(DiskStep.Delete, full);
        Directory.Delete(full, recursive: true);
    }

    private void WriteUnfinished(string full, byte[] bytes)
    {
        before?.Invoke(DiskStep.Write, full);
        using var file = new FileStream(full, FileMode.Create, FileAccess.Write);
        file.Write(bytes);
        before?.Invoke(DiskStep.Sync, full);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes a folder with those above it; each new name is on the disk before anything is put into it.</summary>
    private void MakeFolder(string full)
    {
        if (Directory.Exists(full)) return;

        var above = Path.GetDirectoryName(full)!;
        MakeFolder(above);
        before?.Invoke(DiskStep.MakeFolder, full);
        Directory.CreateDirectory(full);
        SyncFolder(above);
    }

    private void SyncFolder(string full)
    {
        before?.Invoke(DiskStep.SyncFolder, full);
        if (OperatingSystem.IsWindows()) return; // NTFS keeps names in its own journal.

        var folder = Native.open(full, 0, 0);
        if (folder < 0) throw new IOException("A folder of the log cannot be opened.");
        var failed = Native.fsync(folder) != 0;
        _ = Native.close(folder);
        if (failed) throw new IOException("A folder of the log cannot be written to the disk.");
    }

    /// <summary>.NET flushes files, and has nothing for folders.</summary>
    private static partial class Native
    {
        [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static partial int open(string path, int flags, int mode);

        [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static partial int fsync(int file);

        [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static partial int close(int file);
    }
}
