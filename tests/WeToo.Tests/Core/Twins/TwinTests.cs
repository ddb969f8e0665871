using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace WeToo.Tests.Core.Twins;

/// <summary>The two implementations of the protocol, each holding the other to the specification.</summary>
public sealed class TwinTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("from-typescript")]
    [InlineData("from-csharp")]
    public void A_conversation_written_down_is_right_in_every_part(string folder)
    {
        using var written = Vectors.Read($"{folder}/messages.json");

        TwinMessages.Check(written.RootElement);
    }

    [Fact]
    public void A_new_conversation_is_right_too()
    {
        using var written = JsonDocument.Parse(TwinMessages.Write(RandomNumberGenerator.Fill).ToJsonString());

        TwinMessages.Check(written.RootElement);
    }

    /// <summary>Writes the file again, when the specification has changed: <c>WETOO_WRITE_VECTORS=1</c>.</summary>
    [Fact]
    public void The_file_for_typescript_can_be_written()
    {
        var written = TwinMessages.Write(Stream("wetoo vectors, from C#"));
        if (Environment.GetEnvironmentVariable("WETOO_WRITE_VECTORS") == "1")
            File.WriteAllText(Path.Combine(Vectors.Root(), "spec", "vectors", "from-csharp", "messages.json"), Serialize(written) + "\n");

        Assert.NotEmpty(written);
    }

    private static string Serialize(JsonObject json) => json.ToJsonString(s_indented);

    /// <summary>SHA-512(seed ‖ u32 i) for i = 0, 1, …</summary>
    internal static WeToo.Core.RandomBytes Stream(string seed)
    {
        var (block, at, counter) = (Array.Empty<byte>(), 0, 0u);
        return destination =>
        {
            for (var i = 0; i < destination.Length; i++)
            {
                if (at == block.Length)
                {
                    var number = new byte[4];
                    BinaryPrimitives.WriteUInt32BigEndian(number, counter++);
                    (block, at) = (SHA512.HashData([.. System.Text.Encoding.UTF8.GetBytes(seed), .. number]), 0);
                }

                destination[i] = block[at++];
            }
        };
    }
}
