using WeToo.Core;
using WeToo.Core.Ceremony;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>A ceremony that this keeper has joined, as its later steps find it.</summary>
/// <param name="Ceremony">The plan.</param>
/// <param name="Index">This keeper's share index to be; null when it only hands its share on.</param>
/// <param name="Dealings">All dealings, once they were received.</param>
/// <param name="Signed">What this keeper answered when it signed the keyset.</param>
/// <param name="Ended">Whether its keyset is in force.</param>
internal sealed record Running(KeyCeremony Ceremony, byte? Index, byte[]? Dealings, byte[]? Signed, bool Ended)
{
    /// <summary>Finds a ceremony by the id in the path.</summary>
    internal static async Task<Running?> FindAsync(string id, Ledger ledger, KeeperKeys keys, CancellationToken cancel)
    {
        var bytes = new byte[16];
        if (id.Length != 32 || Convert.FromHexString(id, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return null;

        var (found, received, signed) = await ledger.Database.ReadAsync(
            session => (
                CeremonyStore.Find(session, bytes),
                CeremonyStore.Step(session, bytes, CeremonyStep.Received),
                CeremonyStore.Step(session, bytes, CeremonyStep.Signed)),
            cancel);
        return found is var (plan, ended) && KeyCeremony.TryParse(plan) is { } ceremony
            ? new Running(ceremony, ceremony.IndexOf(keys.StaticPublic), received?.Question, signed?.Answer, ended)
            : null;
    }

    /// <summary>Opens and adds up this keeper's shares from all dealings: the same result each time.</summary>
    /// <returns>Both results, to be disposed of; or who spoiled it; or neither when the message is malformed.</returns>
    internal (Shares? Shares, SpoiledRun? Spoiled) Receive(ReadOnlyMemory<byte> message, KeeperKeys keys)
    {
        if (Index is not { } index || CeremonyMessages.TryReadAll(message, Ceremony.Dealers.Count) is not { } dealings) return (null, null);

        var k = Receiving.Receive(Ceremony.K, index, keys.Static, [.. dealings.Select(dealing => dealing.K)], out var blame);
        if (k is null) return (null, new(CeremonyRun.K, blame!));

        var z = Receiving.Receive(Ceremony.Z, index, keys.Static, [.. dealings.Select(dealing => dealing.Z)], out blame);
        if (z is not null) return (new Shares(k, z), null);

        k.Dispose();
        return (null, new(CeremonyRun.Z, blame!));
    }

    /// <summary>Writes an answer down, unless the step was answered before.</summary>
    /// <param name="ledger">The log.</param>
    /// <param name="step">Which step.</param>
    /// <param name="question">The message.</param>
    /// <param name="answer">What to answer it.</param>
    /// <param name="digest">What to put on record.</param>
    /// <param name="cancel">Gives up.</param>
    internal Task<(byte[] Answer, Refusal? Refusal)> RecordAsync(
        Ledger ledger, CeremonyStep step, byte[] question, byte[] answer, (AuditKind Kind, byte[] Digest) digest, CancellationToken cancel) =>
        ledger.TransactAsync<(byte[], Refusal?)>(
            session =>
            {
                if (CeremonyStore.Step(session, Ceremony.Id, step) is { } earlier) return earlier.To(question);
                if (CeremonyStore.Find(session, Ceremony.Id) is not (_, Ended: false)) return ([], Refusal.CeremonyUnknown);
                if (step == CeremonyStep.Signed && CeremonyStore.IsAnyCertified(session, except: Ceremony.Id)) return ([], Refusal.CeremonyOutOfOrder);
                CeremonyStore.Answer(session, Ceremony.Id, step, question, answer);
                ledger.Append(session, digest.Kind, digest.Digest);
                return (answer, null);
            },
            cancel);

    /// <summary>What this keeper received in both runs.</summary>
    internal sealed record Shares(CeremonyResult K, CeremonyResult Z) : IDisposable
    {
        /// <summary>The text of the keyset that these shares lead to.</summary>
        internal string Keyset(KeyCeremony ceremony) => ceremony.WriteKeyset(K.PublicShares, Z.PublicShares, K.PublicKey, Z.PublicKey);

        public void Dispose()
        {
            K.Dispose();
            Z.Dispose();
        }
    }
}
