using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace WeToo.Registrar.Keys;

/// <summary>
/// The one thing .NET does not offer: RSA's private operation without padding. OpenSSL does it in constant time, with blinding of its own.
/// docs/adr/0021.
/// </summary>
internal static partial class OpenSsl
{
    private const string Library = "libcrypto.so.3";
    private const int NoPadding = 3; // RSA_NO_PADDING

    /// <summary>Computes inputᵈ mod n.</summary>
    /// <param name="pkcs8">The private key, DER.</param>
    /// <param name="input">As long as the modulus, and below it.</param>
    /// <exception cref="InvalidOperationException">OpenSSL refused: the key is none, or the input is out of range.</exception>
    internal static byte[] PrivateOperation(ReadOnlySpan<byte> pkcs8, ReadOnlySpan<byte> input)
    {
        var key = Parse(pkcs8);
        var context = EVP_PKEY_CTX_new(key, 0);
        try
        {
            var output = new byte[input.Length];
            var length = (nuint)output.Length;
            Require(EVP_PKEY_decrypt_init(context));
            Require(EVP_PKEY_CTX_set_rsa_padding(context, NoPadding));
            Require(EVP_PKEY_decrypt(context, output, ref length, input, (nuint)input.Length));
            return output;
        }
        finally
        {
            EVP_PKEY_CTX_free(context);
            EVP_PKEY_free(key);
        }
    }

    private static unsafe nint Parse(ReadOnlySpan<byte> pkcs8)
    {
        fixed (byte* start = pkcs8)
        {
            var at = start;
            var key = d2i_AutoPrivateKey(0, &at, pkcs8.Length);
            return key != 0 ? key : throw new InvalidOperationException("OpenSSL cannot read the signing key.");
        }
    }

    private static void Require(int status)
    {
        if (status != 1) throw new InvalidOperationException("OpenSSL refused the private operation.");
    }

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe partial nint d2i_AutoPrivateKey(nint a, byte** pp, nint length);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint EVP_PKEY_CTX_new(nint pkey, nint e);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial void EVP_PKEY_CTX_free(nint ctx);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial void EVP_PKEY_free(nint pkey);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int EVP_PKEY_decrypt_init(nint ctx);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int EVP_PKEY_CTX_set_rsa_padding(nint ctx, int pad);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int EVP_PKEY_decrypt(nint ctx, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> input, nuint inputLength);
}
