using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core.Log;
using WeToo.Core.Sealing;
using Xunit;

namespace WeToo.Tests.Core.Log;

/// <summary>What stands in the log, and that it says nothing to whoever lacks the salt.</summary>
public sealed class LogEntryTests
{
    [Fact]
    public void Salts_entries_and_leaves_are_those_of_the_vectors()
    {
        using var vectors = Vectors.Read("log-entries.json");
        using var boxKey = new SecretBytes(Hex(vectors.RootElement, "box_key"));
        foreach (var one in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            var (kind, thing) = ((EntryKind)one.GetProperty("kind").GetByte(), Hex(one, "thing"));
            using var own = LogEntry.SaltFor(boxKey, kind, thing);
            var salt = one.GetProperty("salt_of").GetString() switch { "author" => own.Span.ToArray(), "public" => LogEntry.PublicSalt.ToArray(), _ => Hex(one, "salt") };

            Assert.Equal(Hex(one, "salt"), salt);
            Assert.Equal(Hex(one, "entry"), LogEntry.Of(kind, salt, thing).ToBytes());
            Assert.Equal(Hex(one, "leaf_hash"), LogEntry.TryParse(Hex(one, "entry"))!.LeafHash());
        }
    }

    [Fact]
    public void What_is_no_entry_is_refused()
    {
        using var vectors = Vectors.Read("log-entries.json");
        foreach (var one in vectors.RootElement.GetProperty("refused").EnumerateArray())
            Assert.True(LogEntry.TryParse(Hex(one, "entry")) is null, one.GetProperty("why").GetString());
    }

    [Fact]
    public void Every_kind_has_a_vector()
    {
        using var vectors = Vectors.Read("log-entries.json");
        var kinds = vectors.RootElement.GetProperty("cases").EnumerateArray().Select(one => (EntryKind)one.GetProperty("kind").GetByte());
        Assert.Equal(Enum.GetValues<EntryKind>(), kinds.Distinct().Order());
    }

    [Fact]
    public void A_salt_is_of_one_thing_of_one_kind_under_one_key()
    {
        using var key = SecretBytes.Random(32, RandomNumberGenerator.Fill);
        using var other = SecretBytes.Random(32, RandomNumberGenerator.Fill);
        string[] salts = [SaltOf(key, EntryKind.Account, "a"), SaltOf(key, EntryKind.Account, "b"), SaltOf(key, EntryKind.Addendum, "a"), SaltOf(other, EntryKind.Account, "a")];

        Assert.Distinct(salts);
        Assert.Equal(salts[0], SaltOf(key, EntryKind.Account, "a"));
    }

    [Fact]
    public void A_match_notice_is_of_one_filing_and_one_day()
    {
        using var vectors = Vectors.Read("log-entries.json");
        var written = vectors.RootElement.GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("kind").GetByte() == (byte)EntryKind.MatchNotice);
        byte[] ids = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Assert.Equal(Hex(written, "thing"), LogEntry.MatchNotice(ids.AsSpan(0, 16), ids.AsSpan(16), 20_790));
    }

    private static string SaltOf(SecretBytes key, EntryKind kind, string thing)
    {
        using var salt = LogEntry.SaltFor(key, kind, System.Text.Encoding.UTF8.GetBytes(thing));
        return Convert.ToHexStringLower(salt.Span);
    }

    private static byte[] Hex(JsonElement json, string name) => Convert.FromHexString(json.GetProperty(name).GetString()!);
}
