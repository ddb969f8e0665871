namespace WeToo.Core.Sealing;

/// <summary>The labels under which things are sealed to keepers. WEP-1, section 6.</summary>
public static class Labels
{
    /// <summary>The label of a package.</summary>
    /// <param name="deployment">16 bytes.</param>
    /// <param name="pseudonym">32 bytes.</param>
    /// <param name="filingId">16 bytes.</param>
    /// <param name="field">1 contact, 2 account.</param>
    public static byte[] Package(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> filingId, byte field) =>
        [.. "wetoo/v1/package"u8, .. deployment, .. pseudonym, .. filingId, field];

    /// <summary>The label of a seed.</summary>
    /// <param name="deployment">16 bytes.</param>
    /// <param name="pseudonym">32 bytes.</param>
    /// <param name="filingId">16 bytes.</param>
    /// <param name="slip">Which slip, in 0..3.</param>
    /// <param name="rung">Which y, in 0..3.</param>
    public static byte[] Seed(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> filingId, byte slip, byte rung) =>
        [.. "wetoo/v1/seed"u8, .. deployment, .. pseudonym, .. filingId, slip, rung];

    /// <summary>What an addition is sealed with, so that it stands for no other.</summary>
    /// <param name="deployment">16 bytes.</param>
    /// <param name="pseudonym">32 bytes.</param>
    /// <param name="filingId">16 bytes.</param>
    /// <param name="number">The how-manieth addition, from 1.</param>
    public static byte[] Addendum(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> filingId, byte number) =>
        [.. "wetoo/v1/addendum"u8, .. deployment, .. pseudonym, .. filingId, number];
}
