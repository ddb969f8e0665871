using System.Text.Json;
using WeToo.Core.Log;
using Xunit;

namespace WeToo.Tests.Core.Log;

/// <summary>Proofs, good and bad, that others made.</summary>
public sealed class MerkleVectorTests
{
    public static TheoryData<string> Inclusion => Files("inclusion");

    public static TheoryData<string> Consistency => Files("consistency");

    [Theory]
    [MemberData(nameof(Inclusion))]
    public void A_leaf_is_in_a_tree_or_not(string file)
    {
        var one = Find("inclusion", file);
        Assert.Equal(
            !one.GetProperty("wantErr").GetBoolean(),
            Merkle.VerifyInclusion(Size(one, "leafIdx"), Size(one, "treeSize"), Bytes(one, "leafHash"), Proof(one), Bytes(one, "root")));
    }

    [Theory]
    [MemberData(nameof(Consistency))]
    public void A_tree_continues_another_or_not(string file)
    {
        var one = Find("consistency", file);
        Assert.Equal(
            !one.GetProperty("wantErr").GetBoolean(),
            Merkle.VerifyConsistency(Size(one, "size1"), Size(one, "size2"), Proof(one), Bytes(one, "root1"), Bytes(one, "root2")));
    }

    [Fact]
    public void All_of_them_are_tried() => Assert.Equal((98, 98), (Inclusion.Count, Consistency.Count));

    private static TheoryData<string> Files(string kind) => [.. All(kind).Select(one => one.GetProperty("file").GetString()!)];

    private static JsonElement Find(string kind, string file) => All(kind).Single(one => one.GetProperty("file").ValueEquals(file));

    private static IEnumerable<JsonElement> All(string kind)
    {
        using var vectors = Vectors.Read("merkle-rfc6962.json");
        return [.. vectors.RootElement.GetProperty(kind).EnumerateArray().Select(one => one.Clone())];
    }

    /// <summary>Sizes of the vectors are unsigned, but some were written as negative numbers: those wrap round, as they did where they came from.</summary>
    private static ulong Size(JsonElement one, string name) =>
        one.GetProperty(name).TryGetUInt64(out var size) ? size : unchecked((ulong)one.GetProperty(name).GetInt64());

    private static byte[] Bytes(JsonElement one, string name) => one.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetBytesFromBase64() : [];

    private static byte[][] Proof(JsonElement one) =>
        one.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof ? [.. proof.EnumerateArray().Select(hash => hash.GetBytesFromBase64())] : [];
}
