namespace WeToo.Hosting.Audit;

/// <summary>One record of a log.</summary>
/// <param name="Seq">1, 2, 3, …</param>
/// <param name="Day">Whole days since 1970-01-01 UTC.</param>
/// <param name="Kind">What was done: a number of the host's own enum, never used twice.</param>
/// <param name="Digest">SHA-256 of what asked for it, 32 bytes.</param>
/// <param name="Head">What binds this record and all before it, 32 bytes.</param>
#pragma warning disable CA1819 // A row of the database: nobody changes it.
public sealed record AuditRecord(long Seq, long Day, long Kind, byte[] Digest, byte[] Head)
#pragma warning restore CA1819
{
    /// <summary>The record as a line of an exported log.</summary>
    /// <typeparam name="TKind">The host's enum.</typeparam>
    public string ToLine<TKind>()
        where TKind : struct, Enum =>
        $$"""{"seq":{{Seq}},"day":{{Day}},"kind":"{{Enum.ToObject(typeof(TKind), Kind)}}","digest":"{{Convert.ToHexStringLower(Digest)}}","head":"{{Convert.ToHexStringLower(Head)}}"}""" + "\n";
}
