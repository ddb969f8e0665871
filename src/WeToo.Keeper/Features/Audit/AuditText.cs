using System.Text.Json;

namespace WeToo.Keeper.Features.Audit;

/// <summary>The log as it is exported: one JSON object a line.</summary>
public static class AuditText
{
    internal static string First(ReadOnlySpan<byte> signingKey) =>
        $$"""{"wetoo":"audit/1","keeper":"{{Convert.ToHexStringLower(signingKey)}}"}""" + "\n";

    internal static string Line(AuditRecord record) =>
        $$"""{"seq":{{record.Seq}},"day":{{record.Day}},"kind":"{{(AuditKind)record.Kind}}","digest":"{{Convert.ToHexStringLower(record.Digest)}}","head":"{{Convert.ToHexStringLower(record.Head)}}"}""" + "\n";

    /// <summary>Checks an exported log from its first line to its last.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="keptSeq">A record whose head somebody kept, or null.</param>
    /// <param name="keptHead">That head, 32 bytes in hexadecimal.</param>
    /// <returns>How many records hold; and, in words for the operator, what is wrong with the one after them, or null.</returns>
    public static (long Records, string? Wrong) Verify(IEnumerable<string> lines, long? keptSeq = null, string? keptHead = null)
    {
        using var all = lines.GetEnumerator();
        if (!all.MoveNext() || Key(all.Current) is not { } key) return (0, "The first line does not name a keeper.");

        var head = AuditChain.Start(key);
        var seq = 0L;
        for (; all.MoveNext(); seq++)
        {
            if (TryRead(all.Current) is not { } record) return (seq, $"Record {seq + 1} (line {seq + 2}) cannot be read.");
            var expected = AuditChain.Next(head, seq + 1, record.Day, (AuditKind)record.Kind, record.Digest);
            if (record.Seq != seq + 1 || !expected.AsSpan().SequenceEqual(record.Head))
                return (seq, $"Record {seq + 1} (line {seq + 2}) does not follow from those before it: it, or its place, was changed.");
            if (record.Seq == keptSeq && keptHead != Convert.ToHexStringLower(record.Head))
                return (seq, $"Record {seq + 1} has another head than the one kept: the log was rewritten.");
            head = expected;
        }

        return seq < keptSeq ? (seq, $"The log ends before record {keptSeq}, which was there when its head was kept.") : (seq, null);
    }

    private static byte[]? Key(string line) => Read(line, json =>
        json.GetProperty("wetoo").GetString() == "audit/1" ? Hex(json, "keeper") : null);

    private static AuditRecord? TryRead(string line) => Read(line, json =>
        Enum.TryParse<AuditKind>(json.GetProperty("kind").GetString(), out var kind) && Enum.IsDefined(kind)
        && json.GetProperty("seq").TryGetInt64(out var seq)
        && json.GetProperty("day").TryGetUInt32(out var day)
        && Hex(json, "digest") is { } digest && Hex(json, "head") is { } head
            ? new AuditRecord(seq, day, (long)kind, digest, head)
            : null);

    private static byte[]? Hex(JsonElement json, string name)
    {
        var bytes = new byte[32];
        var text = json.GetProperty(name).GetString();
        return text?.Length == 64 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    private static T? Read<T>(string line, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return read(json.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // The framework has no way to ask first.
        }
    }
}
