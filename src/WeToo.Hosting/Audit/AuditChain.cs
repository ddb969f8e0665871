using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WeToo.Hosting.Audit;

/// <summary>
/// A log of what a host did, as a chain of heads: head₀ = SHA-256(tag ‖ owner), headₙ = SHA-256(tag ‖ headₙ₋₁ ‖ u64 seq ‖ u32 day ‖ u8 kind ‖ digest). Whoever kept an
/// earlier head can tell whether the past was rewritten. Exported it is one JSON object a line, without content: who collects logs can take it.
/// </summary>
/// <typeparam name="TKind">What the host does, by numbers from 1 to 255.</typeparam>
/// <param name="tag">What no other chain begins with, in ASCII.</param>
/// <param name="format">The name of the exported form.</param>
/// <param name="owner">What the first line calls the owner.</param>
public sealed class AuditChain<TKind>(string tag, string format, string owner)
    where TKind : struct, Enum
{
    private readonly byte[] _tag = Encoding.ASCII.GetBytes(tag);

    /// <summary>The head before the first record.</summary>
    /// <param name="key">Whose log it is, 32 bytes.</param>
    public byte[] Start(ReadOnlySpan<byte> key) => SHA256.HashData([.. _tag, .. key]);

    /// <summary>The next head.</summary>
    /// <param name="head">The head before.</param>
    /// <param name="seq">The record's number.</param>
    /// <param name="day">Its day.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="digest">32 bytes.</param>
    public byte[] Next(ReadOnlySpan<byte> head, long seq, long day, TKind kind, ReadOnlySpan<byte> digest)
    {
        Span<byte> numbers = stackalloc byte[8 + 4 + 1];
        BinaryPrimitives.WriteInt64BigEndian(numbers, seq);
        BinaryPrimitives.WriteUInt32BigEndian(numbers[8..], checked((uint)day));
        numbers[12] = checked((byte)Convert.ToInt64(kind, CultureInfo.InvariantCulture));
        return SHA256.HashData([.. _tag, .. head, .. numbers, .. digest]);
    }

    /// <summary>The first line of an exported log.</summary>
    /// <param name="key">Whose log it is, 32 bytes.</param>
    public string First(ReadOnlySpan<byte> key) => $$"""{"wetoo":"{{format}}","{{owner}}":"{{Convert.ToHexStringLower(key)}}"}""" + "\n";

    /// <summary>Checks an exported log from its first line to its last.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="keptSeq">A record whose head somebody kept, or null.</param>
    /// <param name="keptHead">That head, 32 bytes in hexadecimal.</param>
    /// <returns>How many records hold; and, in words for the operator, what is wrong with the one after them, or null.</returns>
    public (long Records, string? Wrong) Verify(IEnumerable<string> lines, long? keptSeq = null, string? keptHead = null)
    {
        using var all = lines.GetEnumerator();
        if (!all.MoveNext() || Key(all.Current) is not { } key) return (0, $"The first line does not name a {owner}.");

        var head = Start(key);
        var seq = 0L;
        for (; all.MoveNext(); seq++)
        {
            if (TryRead(all.Current) is not { } record) return (seq, $"Record {seq + 1} (line {seq + 2}) cannot be read.");
            var expected = Next(head, seq + 1, record.Day, (TKind)Enum.ToObject(typeof(TKind), record.Kind), record.Digest);
            if (record.Seq != seq + 1 || !expected.AsSpan().SequenceEqual(record.Head))
                return (seq, $"Record {seq + 1} (line {seq + 2}) does not follow from those before it: it, or its place, was changed.");
            if (record.Seq == keptSeq && keptHead != Convert.ToHexStringLower(record.Head))
                return (seq, $"Record {seq + 1} has another head than the one kept: the log was rewritten.");
            head = expected;
        }

        return seq < keptSeq ? (seq, $"The log ends before record {keptSeq}, which was there when its head was kept.") : (seq, null);
    }

    private byte[]? Key(string line) => Read(line, json =>
        json.GetProperty("wetoo").GetString() == format ? Hex(json, owner) : null);

    private static AuditRecord? TryRead(string line) => Read(line, json =>
        Enum.TryParse<TKind>(json.GetProperty("kind").GetString(), out var kind) && Enum.IsDefined(kind)
        && json.GetProperty("seq").TryGetInt64(out var seq)
        && json.GetProperty("day").TryGetUInt32(out var day)
        && Hex(json, "digest") is { } digest && Hex(json, "head") is { } head
            ? new AuditRecord(seq, day, Convert.ToInt64(kind, CultureInfo.InvariantCulture), digest, head)
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
