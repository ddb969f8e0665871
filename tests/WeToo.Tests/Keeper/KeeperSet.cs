using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Credentials;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;
using WeToo.Hosting.Storage;
using WeToo.Keeper;

namespace WeToo.Tests.Keeper;

/// <summary>What a set of keepers is made for. Everything has a default that holds in tests.</summary>
internal sealed record KeeperSetPlan
{
    internal int Count { get; init; } = 3;

    internal int Quorum { get; init; } = 2;

    internal Engine Engine { get; init; } = Engine.Sqlite;

    /// <summary>The matcher's X25519 public key; a key that nobody holds unless given.</summary>
    internal ReadOnlyMemory<byte> Matcher { get; init; } = RandomNumberGenerator.GetBytes(32);

    internal IReadOnlyList<RegistrarKey> Registrars { get; init; } = [TestRegistrar.Shared.Key];

    internal IReadOnlyList<TeamMember> Counselors { get; init; } = [];

    internal Policy Policy { get; init; } = new("invitation", 0, 0, 0, Embedded: false);

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal Approval Approve { get; init; } = Approval.Automatic;

    /// <summary>Changes a keeper's settings before it starts.</summary>
    internal Action<KeeperOptions> Settings { get; init; } = _ => { };
}

/// <summary>
/// Real keepers on loopback ports, each with its own database, key file and log, and the keyset they signed.
/// <c>await using var set = await KeeperSet.StartAsync(new() { Count = 3, Quorum = 2 });</c>
/// </summary>
internal sealed class KeeperSet : IAsyncDisposable
{
    private KeeperSet(SignedKeyset signed, IReadOnlyList<RunningKeeper> keepers) => (Signed, Keepers) = (signed, keepers);

    /// <summary>What the keepers signed at the start.</summary>
    internal SignedKeyset Signed { get; }

    internal Keyset Keyset => Signed.Keyset;

    /// <summary>The keepers, in the order of their indices 1, 2, 3, …</summary>
    internal IReadOnlyList<RunningKeeper> Keepers { get; }

    internal static async Task<KeeperSet> StartAsync(KeeperSetPlan? wanted = null)
    {
        var plan = wanted ?? new();
        var keepers = new List<RunningKeeper>();
        for (var i = 1; i <= plan.Count; i++) keepers.Add(await RunningKeeper.PrepareAsync(plan, $"Keeper {i}"));
        foreach (var keeper in keepers) keeper.Options.Peers = [.. keepers.Where(other => other != keeper).Select(other => other.AsPeer())];

        var signed = await DealAsync(plan, keepers);
        foreach (var keeper in keepers) await keeper.StartAsync();
        return new KeeperSet(signed, keepers);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in Keepers) await keeper.DisposeAsync();
    }

    private static async Task<SignedKeyset> DealAsync(KeeperSetPlan plan, IReadOnlyList<RunningKeeper> keepers)
    {
        using var k = Scalar.Random(RandomNumberGenerator.Fill);
        using var z = Scalar.Random(RandomNumberGenerator.Fill);
        var (ks, zs) = (Shamir.Split(k, plan.Quorum, plan.Count, RandomNumberGenerator.Fill), Shamir.Split(z, plan.Quorum, plan.Count, RandomNumberGenerator.Fill));
        var roster = Roster.TryParse(KeysetText.WriteRoster(plan.Counselors))!;
        var text = KeysetText.Write(
            RandomNumberGenerator.GetBytes(16), 1, 1, plan.Quorum,
            keepers.Select((keeper, i) => new KeeperEntry(
                (byte)(i + 1), keeper.Options.Name, keeper.Signing.PublicKey, Element.FromGenerator(ks[i]), Element.FromGenerator(zs[i]))),
            Element.FromGenerator(k), Element.FromGenerator(z), plan.Matcher.Span, plan.Registrars,
            SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text)), plan.Policy);
        var signed = SignedKeyset.TryCreate(
            Keyset.TryParse(text)!, roster,
            [.. keepers.Select((keeper, i) => new KeysetSignature((byte)(i + 1), keeper.Signing.Sign<KeysetPurpose>(Encoding.UTF8.GetBytes(text))))])!;
        for (var i = 0; i < keepers.Count; i++) await keepers[i].PutInForceAsync(signed, (byte)(i + 1), ks[i], zs[i]);
        return signed;
    }
}
