using Microsoft.Extensions.Options;
using WeToo.Core;
using WeToo.Core.Group;
using WeToo.Keeper.Features.Keysets;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>Whether a keeper takes part in a ceremony: its operator accepted every party, and it fits what is in force.</summary>
internal sealed class PlanRule(IOptions<KeeperOptions> options, KeeperKeys keys, Approvals approvals)
{
    /// <summary>Checks a plan.</summary>
    /// <param name="ceremony">The plan.</param>
    /// <param name="present">What this keeper holds, or null.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<Refusal?> CheckAsync(KeyCeremony ceremony, Holding? present, CancellationToken cancel)
    {
        var refusal = CheckParties(ceremony) ?? CheckPresent(ceremony, present);
        if (refusal is not null) return refusal;

        // Handing the keys to others, or to fewer, is never automatic: who receives them can use them.
        var isHandedOn = ceremony.From is not null && !ceremony.IsRefresh;
        return await approvals.HoldsAsync(ceremony.Text, always: isHandedOn, cancel) ? null : Refusal.KeysetNotApproved;
    }

    private Refusal? CheckParties(KeyCeremony ceremony) =>
        ceremony.Receivers.All(IsAccepted) && ceremony.Dealers.All(dealer => IsAccepted(ceremony, dealer)) ? null : Refusal.CeremonyRefused;

    private bool IsAccepted(CeremonyReceiver receiver)
    {
        var (staticKey, signing) = (Hex(receiver.Static), Convert.ToHexStringLower(receiver.Signing.Span));
        if (receiver.Static == keys.StaticPublic)
            return receiver.Signing.Span.SequenceEqual(keys.Signing.PublicKey.Span) && receiver.Name == options.Value.Name;
        return options.Value.Peers.Any(peer => peer.StaticKey == staticKey && peer.SigningKey == signing && peer.Name == receiver.Name);
    }

    /// <summary>A dealer's static key must be that of the keeper whose share it deals; where keys are created it is a receiver anyway.</summary>
    private bool IsAccepted(KeyCeremony ceremony, (byte Index, Element Static) dealer)
    {
        if (ceremony.From is not { } from) return true;

        var signing = from.Keyset.Keeper(dealer.Index)!.Signing;
        return dealer.Static == keys.StaticPublic
            ? signing.Span.SequenceEqual(keys.Signing.PublicKey.Span)
            : options.Value.Peers.Any(peer => peer.StaticKey == Hex(dealer.Static) && peer.SigningKey == Convert.ToHexStringLower(signing.Span));
    }

    private Refusal? CheckPresent(KeyCeremony ceremony, Holding? present)
    {
        if (present is null) return ceremony.IndexOf(keys.StaticPublic) is null || Deals(ceremony) ? Refusal.CeremonyRefused : null;
        if (ceremony.From is not { } from) return Refusal.CeremonyOutOfOrder;
        if (!from.Keyset.Deployment.Span.SequenceEqual(present.Keyset.Deployment.Span)) return Refusal.DeploymentForeign;
        if (from.Keyset.Epoch != present.Keyset.Epoch) return Refusal.WrongEpoch;
        return from.Keyset.Text == present.Keyset.Text ? null : Refusal.CeremonyOutOfOrder;
    }

    /// <summary>Whether this keeper must deal an old share.</summary>
    private bool Deals(KeyCeremony ceremony) => ceremony.From is not null && ceremony.Dealers.Any(dealer => dealer.Static == keys.StaticPublic);

    private static string Hex(Element element) => Convert.ToHexStringLower(element.ToBytes());
}
