using WeToo.Core;
using WeToo.Core.Ceremony;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>The two runs of a ceremony.</summary>
public enum CeremonyRun : byte
{
    /// <summary>The key of the OPRF.</summary>
    K = 1,

    /// <summary>The key of the sealing.</summary>
    Z = 2,
}

/// <summary>Something for each run.</summary>
/// <param name="K">For k.</param>
/// <param name="Z">For z.</param>
public sealed record ForBoth(ReadOnlyMemory<byte> K, ReadOnlyMemory<byte> Z)
{
    /// <summary>Nothing for either.</summary>
    public static ForBoth Nothing { get; } = new(default, default);
}

/// <summary>A keeper's word that it cannot go on, and because of whom.</summary>
/// <param name="Run">In which run.</param>
/// <param name="Blame">Who, and what.</param>
public sealed record SpoiledRun(CeremonyRun Run, CeremonyBlame Blame);

/// <summary>What coordinator and keepers say to each other, in bytes. spec/ceremony.md, section 4.</summary>
public static class CeremonyMessages
{
    private const int LongestPart = Limits.EvidenceBytes;

    /// <summary>A dealer's answer to the plan; both parts empty from one that does not deal.</summary>
    public static byte[] WriteDealing(ForBoth dealing)
    {
        ArgumentNullException.ThrowIfNull(dealing);
        return new WireWriter().Vec32(dealing.K.Span).Vec32(dealing.Z.Span).ToArray();
    }

    /// <summary>Reads what <see cref="WriteDealing"/> wrote.</summary>
    public static ForBoth? TryReadDealing(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var dealing = new ForBoth(reader.Vec32(LongestPart), reader.Vec32(LongestPart));
        return reader.Done ? dealing : null;
    }

    /// <summary>What the coordinator collected, in the order of the parties: dealings, or certificates.</summary>
    public static byte[] WriteAll(IReadOnlyList<ForBoth> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var writer = new WireWriter().U8(checked((byte)parts.Count));
        foreach (var (k, z) in parts) writer.Vec32(k.Span).Vec32(z.Span);
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="WriteAll"/> wrote.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="count">How many there must be.</param>
    public static IReadOnlyList<ForBoth>? TryReadAll(ReadOnlyMemory<byte> bytes, int count)
    {
        var reader = new WireReader(bytes);
        reader.Require(reader.U8() == count);
        var parts = new List<ForBoth>();
        while (parts.Count < count && !reader.Failed) parts.Add(new(reader.Vec32(LongestPart), reader.Vec32(LongestPart)));
        return reader.Done ? parts : null;
    }

    /// <summary>A receiver's certificates: 0 ‖ signature[64] for k ‖ signature[64] for z.</summary>
    public static byte[] WriteCertificates(ForBoth certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        return new WireWriter().U8(0).Bytes(certificates.K.Span).Bytes(certificates.Z.Span).ToArray();
    }

    /// <summary>Reads what <see cref="WriteCertificates"/> wrote.</summary>
    public static ForBoth? TryReadCertificates(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(0, 0);
        var certificates = new ForBoth(reader.Bytes(Schnorr.Size), reader.Bytes(Schnorr.Size));
        return reader.Done ? certificates : null;
    }

    /// <summary>A receiver's word for the keyset: 0 ‖ signature[64] ‖ the text.</summary>
    public static byte[] WriteSigned(ReadOnlySpan<byte> signature, string keyset) =>
        new WireWriter().U8(0).Bytes(signature).Vec32(System.Text.Encoding.UTF8.GetBytes(keyset)).ToArray();

    /// <summary>Reads what <see cref="WriteSigned"/> wrote.</summary>
    public static (ReadOnlyMemory<byte> Signature, string Keyset)? TryReadSigned(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(0, 0);
        var (signature, text) = (reader.Bytes(Ed25519.SignatureSize), reader.Vec32(LongestPart));
        return reader.Done ? (signature, System.Text.Encoding.UTF8.GetString(text.Span)) : null;
    }

    /// <summary>In the place of either: u8 run (1 or 2) ‖ u8 position ‖ u8 fault.</summary>
    public static byte[] WriteSpoiled(SpoiledRun spoiled)
    {
        ArgumentNullException.ThrowIfNull(spoiled);
        return [(byte)spoiled.Run, checked((byte)spoiled.Blame.Position), (byte)spoiled.Blame.Fault];
    }

    /// <summary>Reads what <see cref="WriteSpoiled"/> wrote.</summary>
    public static SpoiledRun? TryReadSpoiled(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (run, position, fault) = ((CeremonyRun)reader.U8(1, 2), reader.U8(least: 1), (CeremonyFault)reader.U8());
        return reader.Done && Enum.IsDefined(fault) ? new(run, new(position, fault)) : null;
    }
}
