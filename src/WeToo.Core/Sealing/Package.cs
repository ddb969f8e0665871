using WeToo.Core.Wire;

namespace WeToo.Core.Sealing;

/// <summary>The sizes that sealed things have, in bytes, so that a length says little. WEP-1, sections 6 and 11.</summary>
public static class SizeClass
{
    /// <summary>A contact package.</summary>
    public const int Contact = 4096;

    /// <summary>An account package, ascending.</summary>
    public static IReadOnlyList<int> Account { get; } = [16384, 65536, 262144, 1048576];

    /// <summary>What is added to an account later, ascending.</summary>
    public static IReadOnlyList<int> Addendum { get; } = [4096, 16384, 65536, 262144];

    /// <summary>An author's own copy, ascending.</summary>
    public static IReadOnlyList<int> Box { get; } = [4096, 16384, 65536, 262144, 1048576];
}

/// <summary>
/// What keepers open: counselors' signing keys, then an age file that only those counselors can read, then zeros up to a size class.
/// WEP-1, section 6.
/// </summary>
/// <param name="Counselors">The signing keys of the counselors the author chose, 32 bytes each.</param>
/// <param name="AgeFile">The age file.</param>
public sealed record Package(IReadOnlyList<ReadOnlyMemory<byte>> Counselors, ReadOnlyMemory<byte> AgeFile)
{
    /// <summary>Writes the package into the smallest class that holds it.</summary>
    /// <returns>As many bytes as the class, or <see langword="null"/> when it fits into none, or there are more than 255 counselors or none.</returns>
    public byte[]? Pad(params IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (Counselors.Count is 0 or > byte.MaxValue) return null;

        var writer = new WireWriter().U8((byte)Counselors.Count);
        foreach (var counselor in Counselors) writer.Bytes(counselor.Span);
        var content = writer.Vec32(AgeFile.Span).Written;
        var size = classes.FirstOrDefault(candidate => candidate >= writer.Written.Length);
        if (size == 0) return null;

        var padded = new byte[size];
        content.CopyTo(padded);
        return padded;
    }

    /// <summary>Reads a package.</summary>
    /// <returns>The package, or <see langword="null"/> when it names no counselor, a length is out of range, or the padding is not zero.</returns>
    public static Package? TryParse(ReadOnlyMemory<byte> padded)
    {
        var reader = new WireReader(padded);
        var counselors = new ReadOnlyMemory<byte>[reader.U8(least: 1)];
        for (var j = 0; j < counselors.Length; j++) counselors[j] = reader.Bytes(32);
        var ageFile = reader.Vec32(padded.Length);
        reader.Require(!reader.Bytes(reader.Left).Span.ContainsAnyExcept((byte)0));
        return reader.Done ? new(counselors, ageFile) : null;
    }
}
