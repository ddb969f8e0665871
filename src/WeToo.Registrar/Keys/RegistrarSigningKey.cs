using System.Numerics;
using System.Security.Cryptography;
using WeToo.Core.Sealing;

namespace WeToo.Registrar.Keys;

/// <summary>The key that signs pseudonyms unseen: RSA of 2048 bits. RFC 9474, BlindSign.</summary>
internal sealed class RegistrarSigningKey : IDisposable
{
    /// <summary>Length of the modulus, in bytes.</summary>
    internal const int Size = 256;

    private readonly SecretBytes _pkcs8;
    private readonly BigInteger _modulus;
    private readonly BigInteger _exponent;

    internal RegistrarSigningKey(ReadOnlySpan<byte> pkcs8)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        if (rsa.KeySize != 8 * Size) throw new InvalidOperationException("The signing key has not 2048 bits.");

        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        (_modulus, _exponent) = (Number(parameters.Modulus), Number(parameters.Exponent));
        _pkcs8 = new(pkcs8);
        Spki = rsa.ExportSubjectPublicKeyInfo();
    }

    /// <summary>SubjectPublicKeyInfo, DER: for the keyset.</summary>
    internal byte[] Spki { get; }

    /// <summary>Reads the key, and makes it the first time.</summary>
    internal static RegistrarSigningKey ReadOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            throw new InvalidOperationException("The signing key can be read by others: make it readable by this user only (chmod 600).");

        var pkcs8 = File.ReadAllBytes(path);
        var key = new RegistrarSigningKey(pkcs8);
        CryptographicOperations.ZeroMemory(pkcs8);
        return key;
    }

    /// <summary>Whether a blinded message can be signed: it is as long as the modulus, and below it.</summary>
    internal bool Accepts(ReadOnlySpan<byte> blinded) => blinded.Length == Size && Number(blinded) < _modulus;

    /// <summary>Signs a blinded message.</summary>
    /// <param name="blinded">One that <see cref="Accepts"/> says yes to.</param>
    /// <returns>The blind signature, as long as the modulus.</returns>
    /// <remarks>RFC 9474, section 4.3. Constant-time by OpenSSL. The result is checked, since a fault would give the key away.</remarks>
    internal byte[] BlindSign(ReadOnlySpan<byte> blinded)
    {
        var signature = OpenSsl.PrivateOperation(_pkcs8.Span, blinded);
        return BigInteger.ModPow(Number(signature), _exponent, _modulus) == Number(blinded)
            ? signature
            : throw new InvalidOperationException("The private operation gave a wrong result: the machine is at fault.");
    }

    /// <inheritdoc/>
    public void Dispose() => _pkcs8.Dispose();

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var rsa = RSA.Create(8 * Size);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(rsa.ExportPkcs8PrivateKey());
        file.Flush(flushToDisk: true);
    }
}
