using Xunit;

namespace WeToo.Tests.Rules;

/// <summary>The core computes. Clock, randomness, files and network are for those who call it.</summary>
public sealed class CoreIsPureTests
{
    private static readonly References s_core = References.Of("WeToo.Core");

    [Fact]
    public void The_core_depends_on_the_base_library_and_on_a_phone_number_library_only() =>
        Assert.All(s_core.Assemblies, name => Assert.True(name == "PhoneNumbers" || name.StartsWith("System.", StringComparison.Ordinal), name));

    [Theory]
    [InlineData("System.TimeProvider")]
    [InlineData("System.Diagnostics.Stopwatch")]
    [InlineData("System.Threading.Thread")]
    [InlineData("System.Threading.Tasks.Task")]
    [InlineData("System.Random")]
    [InlineData("System.Security.Cryptography.RandomNumberGenerator")]
    [InlineData("System.IO.File")]
    [InlineData("System.IO.FileStream")]
    [InlineData("System.IO.Directory")]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("System.Net.Sockets.Socket")]
    [InlineData("System.Console")]
    public void The_core_does_not_use(string type) => Assert.DoesNotContain(type, s_core.Types);

    [Theory]
    [InlineData("System.DateTime.get_Now")]
    [InlineData("System.DateTime.get_UtcNow")]
    [InlineData("System.DateTimeOffset.get_Now")]
    [InlineData("System.DateTimeOffset.get_UtcNow")]
    [InlineData("System.Guid.NewGuid")]
    [InlineData("System.Environment.get_TickCount64")]
    [InlineData("System.Environment.GetEnvironmentVariable")]
    public void The_core_does_not_call(string member) => Assert.DoesNotContain(member, s_core.Members);

    [Fact]
    public void No_function_of_libsodium_draws_randomness_for_the_core() =>
        Assert.All(s_core.Natives, name => Assert.False(
            name.StartsWith("randombytes", StringComparison.Ordinal)
            || (name.EndsWith("_keypair", StringComparison.Ordinal) && !name.EndsWith("_seed_keypair", StringComparison.Ordinal))
            || name.EndsWith("_random", StringComparison.Ordinal)
            || name.EndsWith("_keygen", StringComparison.Ordinal)
            || name == "crypto_box_seal",
            name));

    [Fact]
    public void There_are_references_to_check()
    {
        Assert.Contains("System.Runtime", s_core.Assemblies);
        Assert.Contains("crypto_scalarmult_ristretto255", s_core.Natives);
    }
}
