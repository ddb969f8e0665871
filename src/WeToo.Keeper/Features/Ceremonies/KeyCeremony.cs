using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Ceremony;
using WeToo.Core.Credentials;
using WeToo.Core.Group;
using WeToo.Core.Keysets;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>One of the new keepers.</summary>
/// <param name="Name">The organisation.</param>
/// <param name="Static">Its static ceremony key.</param>
/// <param name="Signing">Its Ed25519 public key, 32 bytes.</param>
public sealed record CeremonyReceiver(string Name, Element Static, ReadOnlyMemory<byte> Signing);

/// <summary>A plan that has been read and holds in itself: the two runs, for k and for z, and the keyset they lead to.</summary>
public sealed class KeyCeremony
{
    private readonly Func<IEnumerable<KeeperEntry>, Element, Element, string> _write;

    private KeyCeremony(CeremonyPlan plan, string text, byte[] id, IReadOnlyList<CeremonyReceiver> receivers, Terms terms, CeremonySession k, CeremonySession z)
    {
        (Text, Id, Quorum, Receivers, From, Dealers, Roster, K, Z) = (text, id, plan.Quorum, receivers, terms.From, terms.Dealers, terms.Roster, k, z);
        _write = terms.Write;
    }

    /// <summary>The plan's exact text, which operators approve.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text, 32 bytes.</summary>
    public byte[] TextSha256() => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary>16 bytes.</summary>
    public ReadOnlyMemory<byte> Id { get; }

    /// <summary>How many of the receivers it will take.</summary>
    public int Quorum { get; }

    /// <summary>The new keepers; receiver i, from 1 on, gets the share of index i.</summary>
    public IReadOnlyList<CeremonyReceiver> Receivers { get; }

    /// <summary>The keyset whose keys are handed on; null where they are created.</summary>
    public SignedKeyset? From { get; }

    /// <summary>Who deals, in order: the old quorum, or everybody where keys are created.</summary>
    public IReadOnlyList<(byte Index, Element Static)> Dealers { get; }

    /// <summary>The roster that the new keyset binds.</summary>
    public Roster Roster { get; }

    /// <summary>The run for k.</summary>
    public CeremonySession K { get; }

    /// <summary>The run for z.</summary>
    public CeremonySession Z { get; }

    /// <summary>Whether the same keepers keep the same quorum and only get fresh shares.</summary>
    public bool IsRefresh => From is { } from
        && from.Keyset.Quorum == Quorum
        && from.Keyset.Keepers.Count == Receivers.Count
        && from.Keyset.Keepers.Zip(Receivers).All(pair => pair.First.Signing.Span.SequenceEqual(pair.Second.Signing.Span) && pair.First.Name == pair.Second.Name);

    /// <summary>Reads a plan.</summary>
    /// <param name="text">Its exact text.</param>
    /// <returns>The ceremony, or null when a member is missing or out of range, a party occurs twice, or the quorum is no majority.</returns>
    public static KeyCeremony? TryParse(string text)
    {
        if (CeremonyPlan.TryParse(text) is not { WeToo: "ceremony/1" } plan || Hex(plan.Ceremony, 16) is not { } id) return null;
        if (plan.Quorum < 1 || plan.Quorum > plan.Receivers.Count || 2 * plan.Quorum <= plan.Receivers.Count) return null;
        if (Terms.TryRead(plan) is not { } terms || ReadReceivers(plan) is not { } receivers) return null;

        var (k, z) = (Session("/k"u8, entry => entry.Y), Session("/z"u8, entry => entry.Z));
        return k is null || z is null ? null : new KeyCeremony(plan, text, id, receivers, terms, k, z);

        CeremonySession? Session(ReadOnlySpan<byte> run, Func<KeeperEntry, Element> publicShare)
        {
            byte[] tag = [.. id, .. run];
            Element[] keys = [.. receivers.Select(receiver => receiver.Static)];
            return terms.From is { } from
                ? CeremonySession.Reshare(tag, plan.Quorum, [.. terms.Dealers.Select(d => (d.Index, d.Static, publicShare(from.Keyset.Keeper(d.Index)!)))], keys)
                : CeremonySession.Create(tag, plan.Quorum, keys);
        }
    }

    /// <summary>Writes the keyset that this ceremony leads to.</summary>
    /// <param name="ys">yᵢ of the receivers, in order.</param>
    /// <param name="zs">zᵢ of the receivers, in order.</param>
    /// <param name="y">k·G.</param>
    /// <param name="z">z·G.</param>
    public string WriteKeyset(IReadOnlyList<Element> ys, IReadOnlyList<Element> zs, Element y, Element z) =>
        _write(Receivers.Select((receiver, i) => new KeeperEntry((byte)(i + 1), receiver.Name, receiver.Signing, ys[i], zs[i])), y, z);

    /// <summary>Whether a keyset is one that this ceremony leads to: the same in all but the points, and the same keys where they are handed on.</summary>
    public bool LeadsTo(Keyset keyset)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        return keyset.Keepers.Count == Receivers.Count
            && (From is null || (keyset.Y == From.Keyset.Y && keyset.Z == From.Keyset.Z))
            && keyset.Text == WriteKeyset([.. keyset.Keepers.Select(entry => entry.Y)], [.. keyset.Keepers.Select(entry => entry.Z)], keyset.Y, keyset.Z);
    }

    /// <summary>The index that a keeper will have, or null when it is none of the receivers.</summary>
    internal byte? IndexOf(Element staticKey)
    {
        for (var i = 0; i < Receivers.Count; i++)
            if (Receivers[i].Static == staticKey) return (byte)(i + 1);
        return null;
    }

    private static List<CeremonyReceiver>? ReadReceivers(CeremonyPlan plan)
    {
        var receivers = new List<CeremonyReceiver>();
        foreach (var (name, key, signing) in plan.Receivers)
        {
            if (name.Length is 0 or > 100 || ReadElement(key) is not { } staticKey || Hex(signing, 32) is not { } signingKey) return null;
            receivers.Add(new(name, staticKey, signingKey));
        }

        return receivers;
    }

    private static Element? ReadElement(string hex) => Hex(hex, Element.Size) is { } bytes && Element.TryParse(bytes, out var element) ? element : null;

    private static byte[]? Hex(string text, int size)
    {
        var bytes = new byte[size];
        return text.Length == 2 * size && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    /// <summary>What the new keyset will say besides who its keepers are.</summary>
    private sealed record Terms(
        SignedKeyset? From, IReadOnlyList<(byte Index, Element Static)> Dealers, Roster Roster, Func<IEnumerable<KeeperEntry>, Element, Element, string> Write)
    {
        internal static Terms? TryRead(CeremonyPlan plan) => plan switch
        {
            { Create: { } create, Reshare: null } => ReadCreate(plan, create),
            { Create: null, Reshare: { } reshare } => ReadReshare(plan, reshare),
            _ => null,
        };

        private static Terms? ReadCreate(CeremonyPlan plan, PlannedDeployment create)
        {
            var (deployment, matcher, policy) = (Hex(create.Deployment, 16), Hex(create.Matcher, 32), create.Policy);
            if (deployment is null || matcher is null || policy.DelayHours.Count != 2 || Roster.TryParse(create.Roster) is not { } roster) return null;

            var registrars = new List<RegistrarKey>();
            foreach (var (key, notAfterDay) in create.Registrars)
            {
                var spki = new byte[key.Length];
                if (!Convert.TryFromBase64String(key, spki, out var length)) return null;
                registrars.Add(new(spki.AsMemory(0, length), notAfterDay));
            }

            var keysetPolicy = new Policy(policy.Credential, policy.WorkBits, policy.DelayHours[0], policy.DelayHours[1], policy.Embedded);
            var dealers = plan.Receivers.Select((receiver, i) => (Index: (byte)(i + 1), Static: ReadElement(receiver.Static))).ToList();
            return dealers.Any(dealer => dealer.Static is null) ? null : new(
                null, [.. dealers.Select(dealer => (dealer.Index, dealer.Static!.Value))], roster,
                (keepers, y, z) => KeysetText.Write(
                    deployment, 1, 1, plan.Quorum, keepers, y, z, matcher, registrars, SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text)), keysetPolicy));
        }

        private static Terms? ReadReshare(CeremonyPlan plan, PlannedReshare reshare)
        {
            if (SignedKeyset.TryParse(reshare.From) is not { } signed) return null;

            var (from, dealers) = (signed.Keyset, new List<(byte, Element)>());
            foreach (var (index, key) in reshare.Dealers)
            {
                if (from.Keeper(index) is null || ReadElement(key) is not { } staticKey) return null;
                dealers.Add((index, staticKey));
            }

            return dealers.Count < from.Quorum ? null : new(
                signed, dealers, signed.Roster,
                (keepers, y, z) => KeysetText.Write(
                    from.Deployment.Span, from.Epoch + 1, from.Revision + 1, plan.Quorum, keepers, y, z,
                    from.Matcher.Span, from.Registrars, from.RosterSha256.Span, from.Policy));
        }
    }
}
