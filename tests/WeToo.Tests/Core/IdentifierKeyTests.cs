using System.Security.Cryptography;
using System.Text;
using Konscious.Security.Cryptography;
using WeToo.Core.Identifiers;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class IdentifierKeyTests
{
    private static readonly System.Text.Json.JsonElement s_vectors = Vectors.Read("argon2id.json").RootElement;

    [Fact]
    public void The_second_implementation_gives_the_vector_of_RFC_9106()
    {
        var rfc = s_vectors.GetProperty("rfc9106");
        byte[] Hex(string name) => Convert.FromHexString(rfc.GetProperty(name).GetString()!);
        using var argon = new Argon2id(Hex("password")) { Salt = Hex("salt"), KnownSecret = Hex("secret"), AssociatedData = Hex("associated"), Iterations = 3, MemorySize = 32, DegreeOfParallelism = 4 };

        Assert.Equal(Hex("tag"), argon.GetBytes(32));
    }

    [Fact]
    public void An_identifier_gives_the_x_that_both_implementations_and_the_vectors_say() =>
        Assert.All(s_vectors.GetProperty("keys").EnumerateArray(), row =>
        {
            var deployment = Convert.FromHexString(row.GetProperty("deployment").GetString()!);
            var identifier = Identifier.FromCanonical(row.GetProperty("canonical").GetString()!)!;
            using var argon = new Argon2id(Encoding.UTF8.GetBytes(identifier.Canonical)) { Salt = SHA512.HashData(deployment)[..16], Iterations = 3, MemorySize = 65_536, DegreeOfParallelism = 1 };

            var x = IdentifierKey.Derive(identifier, deployment);

            Assert.Equal(row.GetProperty("x").GetString(), Convert.ToHexStringLower(x));
            Assert.Equal(argon.GetBytes(32), x);
        });

    [Fact]
    public void The_same_person_has_another_x_in_each_deployment()
    {
        var identifier = Identifier.FromCanonical("tel:+33612345678")!;

        Assert.NotEqual(IdentifierKey.Derive(identifier, new byte[16]), IdentifierKey.Derive(identifier, [1, .. new byte[15]]));
        Assert.Throws<ArgumentException>(() => IdentifierKey.Derive(identifier, new byte[15]));
    }
}
