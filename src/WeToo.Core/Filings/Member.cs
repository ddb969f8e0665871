using WeToo.Core.Ladder;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>One slip in a piece of evidence, with what shows where it stands. WEP-1, section 8.</summary>
/// <param name="Slips">The signed slips of the filing.</param>
/// <param name="Position">Which slip, in 0..3.</param>
/// <param name="Shown">y of the rung where it stands, 64 bytes; empty while it stands at its first rung.</param>
/// <param name="Rung">Where it stands, in 0..4.</param>
public sealed record Member(SlipsMessage Slips, byte Position, ReadOnlyMemory<byte> Shown, byte Rung)
{
    private const byte AtFirstRung = 255;

    /// <summary>The slip itself.</summary>
    public Slip Slip => Slips.Slips[Position];

    /// <summary>The rung at which it started, t − 1.</summary>
    public byte FirstRung => (byte)(Slips.LeastNumber - 1);

    /// <summary>As the rule of the ladder counts it.</summary>
    public Standing Standing => new(Slips.Credential.Pseudonym, Slips.LeastNumber, Rung);

    internal static Member? Read(ref WireReader reader)
    {
        var slips = SlipsMessage.TryParse(reader.Vec32(Limits.EvidenceBytes));
        var position = reader.U8(most: Limits.SlipCount - 1);
        var standing = reader.U8();
        reader.Require(slips is not null);
        if (reader.Failed) return null;

        var first = (byte)(slips!.LeastNumber - 1);
        if (standing == AtFirstRung) return new(slips, position, default, first);

        reader.Require(standing < first);
        var shown = reader.Bytes(Chain.Size);
        return reader.Failed ? null : new(slips, position, shown, standing);
    }

    internal WireWriter WriteTo(WireWriter writer) =>
        writer.Vec32(Slips.Bytes.Span).U8(Position).U8(Shown.IsEmpty ? AtFirstRung : Rung).Bytes(Shown.Span);
}
