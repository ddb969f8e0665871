using System.Buffers;
using System.Security.Cryptography;
using WeToo.Core.Sealing;

namespace WeToo.Keeper.Keys;

/// <summary>The file that holds a keeper's long-term secret: one line, <c>WETOO-KEEPER-1 </c> and 32 bytes in hexadecimal.</summary>
public static class KeyFile
{
    private const int SecretSize = 32;

    private static ReadOnlySpan<byte> Prefix => "WETOO-KEEPER-1 "u8;

    /// <summary>Draws a secret and writes it to a new file that only this user may read.</summary>
    /// <param name="path">A file that does not exist yet: a key is never overwritten.</param>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void Create(string path)
    {
        var ours = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) ours.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var secret = SecretBytes.Random(SecretSize, RandomNumberGenerator.Fill);
        Span<byte> line = stackalloc byte[Prefix.Length + (2 * SecretSize) + 1];
        Prefix.CopyTo(line);
        _ = Convert.TryToHexStringLower(secret.Span, line[Prefix.Length..], out _);
        line[^1] = (byte)'\n';

        using var file = new FileStream(path, ours);
        file.Write(line);
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(line);
    }

    /// <summary>Reads the keys of a keeper.</summary>
    /// <param name="path">A file of <see cref="Create"/>.</param>
    /// <exception cref="InvalidOperationException">Others may read the file, or it is no key file.</exception>
    public static KeeperKeys Read(string path)
    {
        const UnixFileMode others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            throw new InvalidOperationException("The key file may be read by others than its owner. Set its mode to 0600.");

        Span<byte> line = stackalloc byte[Prefix.Length + (2 * SecretSize) + 1];
        Span<byte> bytes = stackalloc byte[SecretSize];
        using var file = File.OpenRead(path);
        var isWhole = file.Length == line.Length && file.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) == line.Length;
        var isKey = isWhole
            && line.StartsWith(Prefix)
            && Convert.FromHexString(line[Prefix.Length..^1], bytes, out _, out _) == OperationStatus.Done;
        using var secret = new SecretBytes(bytes);
        CryptographicOperations.ZeroMemory(line);
        CryptographicOperations.ZeroMemory(bytes);
        return isKey ? new KeeperKeys(secret) : throw new InvalidOperationException("The key file is not one of wetoo keeper init.");
    }
}
