using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Keysets;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>
/// <c>PUT /v1/ceremonies/{id}/keyset</c>: the keyset with the signatures of all its keepers, which shows that each of them has its share.
/// Only now the old shares go, in the transaction in which the new ones come.
/// </summary>
internal static class CommitEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/v1/ceremonies/{id}/keyset", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, string id, CurrentHolding current, Ledger ledger, KeeperKeys keys)
    {
        var cancel = http.HttpContext.RequestAborted;
        var (body, tooLong) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (SignedKeyset.TryParse(Encoding.UTF8.GetString(body)) is not { } signed) return Problems.From(Refusal.KeysetInvalid);

        Refusal? refusal = null;
        await current.ChangeAsync(
            async present =>
            {
                (refusal, var next) = await CommitAsync(id, signed, present, ledger, keys, cancel);
                return next;
            },
            cancel);
        return refusal is { } no ? Problems.From(no) : Results.NoContent();
    }

    private static async Task<(Refusal? Refusal, Holding? Next)> CommitAsync(
        string id, SignedKeyset signed, Holding? present, Ledger ledger, KeeperKeys keys, CancellationToken cancel)
    {
        if (await Running.FindAsync(id, ledger, keys, cancel) is not { } running) return (Refusal.CeremonyUnknown, present);
        if (!running.Ceremony.LeadsTo(signed.Keyset)) return (Refusal.KeysetInvalid, present);
        if (running.Ended) return (null, present);
        if (running.Index is not { } index) return await LeaveAsync(running, signed, ledger, cancel);

        // Its own signature is among those of all, so it has signed; but what it signed it finds in its own database, or not at all.
        var mine = running.Signed is null ? null : CeremonyMessages.TryReadSigned(running.Signed);
        if (mine?.Keyset != signed.Keyset.Text || running.Dealings is null) return (Refusal.CeremonyOutOfOrder, present);

        var (shares, _) = running.Receive(running.Dealings, keys);
        using (shares)
        {
            var next = new Holding(signed, index, shares!.K.Share.Copy(), shares.Z.Share.Copy());
            var sealedShares = KeysetStore.Seal(keys, signed.Keyset.Epoch, index, next.K, next.Z);
            await EndAsync(running, signed, ledger, session => KeysetStore.Begin(session, signed, sealedShares), cancel);
            return (null, next);
        }
    }

    private static async Task<(Refusal? Refusal, Holding? Next)> LeaveAsync(
        Running running, SignedKeyset signed, Ledger ledger, CancellationToken cancel)
    {
        await EndAsync(running, signed, ledger, KeysetStore.Leave, cancel);
        return (null, null);
    }

    private static Task<bool> EndAsync(
        Running running, SignedKeyset signed, Ledger ledger, Action<Hosting.Storage.Session> change, CancellationToken cancel)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(signed.Keyset.Text));
        return ledger.TransactAsync(
            session =>
            {
                change(session);
                CeremonyStore.End(session, running.Ceremony.Id);
                ledger.Append(session, AuditKind.KeysetInForce, digest);
                return true;
            },
            cancel);
    }
}
