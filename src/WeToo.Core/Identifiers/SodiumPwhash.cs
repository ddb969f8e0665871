using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WeToo.Core.Identifiers;

/// <summary>Argon2id of libsodium, under its own name. It draws no randomness: the salt is an argument.</summary>
internal static partial class SodiumPwhash
{
    private const string Library = "libsodium";

    static SodiumPwhash() => Group.Sodium.Initialize();

    internal const int AlgorithmArgon2Id13 = 2;

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int crypto_pwhash(
        Span<byte> output, ulong outlen, ReadOnlySpan<byte> passwd, ulong passwdlen, ReadOnlySpan<byte> salt, ulong opslimit, nuint memlimit, int alg);
}
