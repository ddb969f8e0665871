using System.Security.Cryptography;
using WeToo.Core.Sealing;

namespace WeToo.Hosting;

/// <summary>A secret of 32 bytes in a file that only this user can read, apart from any database.</summary>
public static class SecretFile
{
    /// <summary>Length of the secret, in bytes.</summary>
    public const int Size = 32;

    /// <summary>Reads the secret, and draws it the first time.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">The file has another length, or others can read it.</exception>
    public static SecretBytes ReadOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            throw new InvalidOperationException("A secret file can be read by others: make it readable by this user only (chmod 600).");

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length != Size) throw new InvalidOperationException("A secret file has another length than 32 bytes.");

        var secret = new SecretBytes(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(RandomNumberGenerator.GetBytes(Size));
        file.Flush(flushToDisk: true);
    }
}
