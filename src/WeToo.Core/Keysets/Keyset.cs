using WeToo.Core.Credentials;
using WeToo.Core.Group;
using WeToo.Core.Threshold;

namespace WeToo.Core.Keysets;

/// <summary>One keeper, as the keyset names it.</summary>
/// <param name="Index">Its share index i, in 1..255.</param>
/// <param name="Name">The organisation, for people to read.</param>
/// <param name="Signing">Its Ed25519 public key, 32 bytes.</param>
/// <param name="Y">yᵢ = kᵢ·G, for the OPRF.</param>
/// <param name="Z">zᵢ = zᵢ·G, for sealing.</param>
public sealed record KeeperEntry(byte Index, string Name, ReadOnlyMemory<byte> Signing, Element Y, Element Z);

/// <summary>What a deployment promises its authors.</summary>
/// <param name="Credential">How a person gets a credential: <c>invitation</c> or <c>work</c>.</param>
/// <param name="WorkBits">Leading zero bits of a proof of work, in 0..40.</param>
/// <param name="DelayHoursLeast">Shortest random delay before the matcher looks, in hours.</param>
/// <param name="DelayHoursMost">Longest random delay before the matcher looks, in hours.</param>
/// <param name="Embedded">Whether all keepers run on one machine.</param>
public sealed record Policy(string Credential, int WorkBits, int DelayHoursLeast, int DelayHoursMost, bool Embedded);

/// <summary>The keyset of a deployment: who its keepers are and under which keys they work. WEP-1, section 2.</summary>
/// <remarks>Everything here is public. A value of this type has been checked for form and arithmetic, not for signatures: see <see cref="SignedKeyset"/>.</remarks>
public sealed class Keyset
{
    private Keyset(string text) => Text = text;

    /// <summary>The exact text that keepers sign.</summary>
    public string Text { get; }

    /// <summary>The deployment, 16 bytes.</summary>
    public ReadOnlyMemory<byte> Deployment { get; private init; }

    /// <summary>Grows with each change of the shares.</summary>
    public uint Epoch { get; private init; }

    /// <summary>Grows with each publication.</summary>
    public uint Revision { get; private init; }

    /// <summary>How many keepers it takes, s. More than half of them.</summary>
    public int Quorum { get; private init; }

    /// <summary>The keepers, in ascending order of their indices.</summary>
    public IReadOnlyList<KeeperEntry> Keepers { get; private init; } = [];

    /// <summary>Y = k·G, for the OPRF.</summary>
    public Element Y { get; private init; }

    /// <summary>Z = z·G, for sealing.</summary>
    public Element Z { get; private init; }

    /// <summary>The matcher's X25519 public key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Matcher { get; private init; }

    /// <summary>The registrars' keys whose credentials count, expired ones included.</summary>
    public IReadOnlyList<RegistrarKey> Registrars { get; private init; } = [];

    /// <summary>SHA-256 of the roster's text, 32 bytes.</summary>
    public ReadOnlyMemory<byte> RosterSha256 { get; private init; }

    /// <summary>What the deployment promises.</summary>
    public required Policy Policy { get; init; }

    /// <summary>Finds a keeper by its share index.</summary>
    /// <returns>The keeper, or <see langword="null"/> when the keyset has none of this index.</returns>
    public KeeperEntry? Keeper(int index) => Keepers.FirstOrDefault(keeper => keeper.Index == index);

    /// <summary>Reads a keyset.</summary>
    /// <param name="text">Its exact text.</param>
    /// <returns>
    /// The keyset, or <see langword="null"/> when a member is missing or out of range, indices repeat, the quorum is not a
    /// majority, or yᵢ or zᵢ of any quorum do not combine to y and z.
    /// </returns>
    /// <remarks>Cost: 2·(n − s + 1) combinations. Not constant-time: everything is public.</remarks>
    public static Keyset? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var json = JsonFields.TryParse(text);
        if (json is null || json.Text("wetoo") != "keyset/1") return null;

        var keepers = json.Items("keepers", k => new KeeperEntry(k.Byte("index"), k.Text("name"), k.Hex("signing", 32), k.Element("y"), k.Element("z")));
        var policy = json.Child("policy");
        var delay = policy.Integers("delay_hours", 2, 24 * 365);
        var keyset = new Keyset(text)
        {
            Deployment = json.Hex("deployment", Limits.IdSize),
            Epoch = json.UInt32("epoch"),
            Revision = json.UInt32("revision"),
            Quorum = json.Byte("quorum"),
            Keepers = keepers,
            Y = json.Element("y"),
            Z = json.Element("z"),
            Matcher = json.Hex("matcher", 32),
            Registrars = json.Items("registrars", r => new RegistrarKey(r.Base64("key"), checked((int)Math.Min(r.UInt32("not_after_day"), int.MaxValue)))),
            RosterSha256 = json.Hex("roster_sha256", 32),
            Policy = new(policy.Text("credential"), policy.Byte("work_bits"), delay[0], delay[1], policy.Boolean("embedded")),
        };
        return !json.Failed && keyset.IsSound() ? keyset : null;
    }

    /// <summary>Says whether another keyset may follow this one under the same shares: only revision, roster, registrars and policy differ.</summary>
    public bool MayBeRevisedBy(Keyset next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next.Revision > Revision
            && next.Epoch == Epoch
            && next.Quorum == Quorum
            && next.Deployment.Span.SequenceEqual(Deployment.Span)
            && next.Matcher.Span.SequenceEqual(Matcher.Span)
            && next.Y.Equals(Y)
            && next.Z.Equals(Z)
            && next.Keepers.Count == Keepers.Count
            && next.Keepers.Zip(Keepers).All(pair => SameKeys(pair.First, pair.Second));
    }

    private static bool SameKeys(KeeperEntry a, KeeperEntry b) =>
        a.Index == b.Index && a.Signing.Span.SequenceEqual(b.Signing.Span) && a.Y.Equals(b.Y) && a.Z.Equals(b.Z);

    private bool IsSound() =>
        Keepers.Count > 0
        && Keepers[0].Index > 0
        && Keepers.Zip(Keepers.Skip(1)).All(pair => pair.First.Index < pair.Second.Index)
        && Keepers.All(keeper => keeper.Name.Length > 0)
        && Quorum <= Keepers.Count
        && 2 * Quorum > Keepers.Count
        && Policy.Credential is "invitation" or "work"
        && Policy.WorkBits <= 40
        && Policy.DelayHoursLeast <= Policy.DelayHoursMost
        && EveryQuorumGives(Y, keeper => keeper.Y)
        && EveryQuorumGives(Z, keeper => keeper.Z);

    /// <summary>
    /// The polynomial through the first s points fixes the key; each further keeper, put in the place of the s-th, must give the
    /// same key and then lies on that same polynomial, for the two agree in s − 1 keepers and at zero.
    /// </summary>
    private bool EveryQuorumGives(Element key, Func<KeeperEntry, Element> of)
    {
        PartialEvaluation[] points = [.. Keepers.Take(Quorum).Select(keeper => new PartialEvaluation(keeper.Index, of(keeper)))];
        foreach (var last in Keepers.Skip(Quorum - 1))
        {
            points[^1] = new(last.Index, of(last));
            if (Threshold.Quorum.Combine(points) is not { } combined || !combined.Equals(key)) return false;
        }

        return true;
    }
}
