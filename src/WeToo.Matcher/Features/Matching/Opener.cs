using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Matching;

/// <summary>Opens the contact parts of filings whose slips share y_0, and hands the keepers' shares to the vault. WEP-1, sections 8 and 14.</summary>
internal sealed class Opener(KeeperQuorum keepers, KeeperFaults faults, VaultLink vault, MatcherKeys keys, Standings standings, Database database, Delay delay)
{
    /// <summary>Applies the rule of rung 0. Repeating it after any interruption is harmless.</summary>
    internal async Task<Climbed> OpenAsync(Keyset keyset, IReadOnlyList<Sharer> sharing, CancellationToken cancel)
    {
        Sharer[] atZero = [.. sharing.Where(sharer => sharer.Member.Rung == 0)];
        Sharer[] wanted = [.. Rule(atZero).Positions.Select(j => atZero[j]).Where(sharer => !sharer.HasOpened)];
        if (wanted.Length == 0) return Climbed.Nothing;

        if (await vault.FilingsAsync([.. wanted.Select(sharer => sharer.Member.Slips.FilingId)], cancel) is not { } filings) return Climbed.Waiting;

        // One that the vault has no longer was withdrawn, and its tombstone is on the way here. One that does not fit its slips would have the
        // keepers refuse all.
        var fitting = wanted.Zip(filings)
            .Where(pair => pair.Second is { } filing && Evidence.CheckContact(pair.First.Member.Slips, filing, keyset) is null)
            .DistinctBy(pair => pair.First.Filing)
            .ToDictionary(pair => pair.First.Filing, pair => pair.Second!);
        foreach (var chosen in EvidenceSets.Of(atZero, [.. wanted.Where(sharer => fitting.ContainsKey(sharer.Filing))]))
        {
            var (leastCount, positions) = Rule(chosen);
            var opening = positions.Select(j => chosen[j].Filing).Where(fitting.ContainsKey).ToHashSet();
            if (opening.Count > 0) return await OpenAsync(keyset, leastCount, chosen, fitting, opening, KnownAmong(atZero), cancel);
        }

        return Climbed.Nothing;
    }

    private static (byte LeastCount, IReadOnlyList<int> Positions) Rule(IReadOnlyList<Sharer> sharing) =>
        LadderRule.Open([.. sharing.Select(sharer => sharer.Member.Standing)]);

    private async Task<Climbed> OpenAsync(
        Keyset keyset, byte leastCount, List<Sharer> chosen, Dictionary<long, FilingMessage> filings, HashSet<long> opening, IReadOnlyList<byte[]> known, CancellationToken cancel)
    {
        OpeningMember[] members = [.. chosen.Select(sharer => new OpeningMember(sharer.Member, opening.Contains(sharer.Filing) ? filings[sharer.Filing] : null))];
        FilingMessage[] asked = [.. members.Select(member => member.Filing).OfType<FilingMessage>()];
        var request = new OpeningRequest(keyset.Deployment, keyset.Epoch, leastCount, members);
        var start = chosen[0].Member.Shown;
        var answer = await keepers.AskAsync(keyset, "v1/openings", request.ToBytes(), (keeper, body) => Check(keeper, body, asked, start), cancel);
        await faults.RecordAsync(answer.Faulty, cancel);
        if (answer.Answers is null || !await vault.OpenAsync(Write(chosen[0], asked, answer.Answers, known), cancel)) return Climbed.Waiting;

        await database.TransactAsync(
            session => session.Execute(Sql.Record, opening.Select(filing => new { filing, at_day = delay.Now / 86400 })), cancel);
        return Climbed.Moved;
    }

    /// <summary>
    /// That somebody of the team is named, a keeper shows by what they signed: it can make up nobody's conflict, and so take no case away from anybody.
    /// </summary>
    private static bool AreNamed(KeeperEntry keeper, OpeningReply reply, FilingMessage filing, ReadOnlyMemory<byte> start) =>
        reply.Conflicts.All(one =>
            one.Deployment.Span.SequenceEqual(filing.Deployment.Span) && one.Keeper.Span.SequenceEqual(keeper.Signing.Span) && one.Names(start.Span)
            && Ed25519.CheckTail<ConflictPurpose>(one.Member.Span, one.Bytes.Span) is null);

    private static OpeningReply? Check(KeeperEntry keeper, byte[] body, FilingMessage[] filings, ReadOnlyMemory<byte> start)
    {
        if (OpeningReply.TryParse(body) is not { } reply || reply.KeeperIndex != keeper.Index || reply.Opened.Count != filings.Length) return null;

        Element[] bases = [.. filings.Select(filing => filing.Contact.U)];
        var signed = reply.Opened.Zip(filings).All(pair =>
            Ed25519.Verify<OpeningPurpose>(keeper.Signing.Span, pair.Second.OpeningMessage(), pair.First.Signature.Span)
            && Offer.Verify(keeper.Signing.Span, pair.Second, reply.Skipped, pair.First.Offer.Span));
        return signed && AreNamed(keeper, reply, filings[0], start) && Dleq.Verify(DleqContext.Open, keeper.Z, bases, [.. reply.Opened.Select(one => one.Share)], reply.Proof) ? reply : null;
    }

    /// <summary>
    /// Forgets that a filing has opened when the rule no longer lets it: others were withdrawn, or found apart. It stands where it stood, and opens again
    /// with somebody else.
    /// </summary>
    internal async Task CloseAsync(long filing, CancellationToken cancel)
    {
        foreach (var (tag, rung) in await standings.TagsOfAsync(filing, cancel))
        {
            if (rung > 0) continue;
            var sides = await standings.SidesAsync(tag, delay.Now, cancel);
            if (sides.Any(side => Opened(side).Any(sharer => sharer.Filing == filing))) return;
        }

        _ = await database.TransactAsync(session => session.Execute(Sql.Forget, new { filing }), cancel);
    }

    private static IEnumerable<Sharer> Opened(IReadOnlyList<Sharer> side)
    {
        Sharer[] atZero = [.. side.Where(sharer => sharer.Member.Rung == 0)];
        return Rule(atZero).Positions.Select(j => atZero[j]);
    }

    /// <summary>Those who opened before, so that the vault knows with whom the new ones meet.</summary>
    private static IReadOnlyList<byte[]> KnownAmong(Sharer[] atZero) =>
        [.. Opened(atZero).Where(sharer => sharer.HasOpened).DistinctBy(sharer => sharer.Filing).Take(byte.MaxValue).Select(sharer => sharer.Member.Slips.FilingId.ToArray())];

    private byte[] Write(Sharer any, FilingMessage[] filings, IReadOnlyList<(KeeperEntry Keeper, OpeningReply Answer)> answers, IReadOnlyList<byte[]> known)
    {
        var writer = new WireWriter().U8(Limits.Version).Bytes(keys.MatchId(Chain.Tag(any.Member.Shown.Span))).U8(checked((byte)filings.Length));
        for (var j = 0; j < filings.Length; j++)
        {
            writer.Bytes(filings[j].FilingId.Span).U8(checked((byte)answers.Count));
            foreach (var (keeper, answer) in answers)
            {
                writer.U8(keeper.Index).Element(answer.Opened[j].Share).Bytes(answer.Opened[j].Signature.Span).U8(checked((byte)answer.Conflicts.Count));
                foreach (var member in answer.Skipped) writer.Bytes(member.Span);
                writer.Bytes(answer.Opened[j].Offer.Span);
            }
        }

        writer.U8(checked((byte)known.Count));
        foreach (var filingId in known) writer.Bytes(filingId);
        return writer.ToArray();
    }

    private static class Sql
    {
        internal const string Forget = "DELETE FROM openings WHERE filing = @filing";

        internal const string Record = """
            INSERT INTO openings (filing, at_day) SELECT filing, @at_day FROM filings WHERE filing = @filing ON CONFLICT (filing) DO NOTHING
            """;
    }
}

/// <summary>What the matcher asks of the vault. WEP-1, section 14.</summary>
internal sealed class VaultLink(Peer vault)
{
    /// <summary>The signed filings of some ids; null when the vault is out of reach.</summary>
    internal async Task<IReadOnlyList<FilingMessage?>?> FilingsAsync(IReadOnlyList<ReadOnlyMemory<byte>> ids, CancellationToken cancel)
    {
        var (body, refusal) = await vault.SendAsync(HttpMethod.Post, "v1/internal/filings", ids.SelectMany(id => id.ToArray()).ToArray(), cancel);
        if (refusal is not null) return null;

        var reader = new WireReader(body);
        var filings = new FilingMessage?[ids.Count];
        for (var j = 0; j < filings.Length; j++) filings[j] = FilingMessage.TryParse(reader.Vec32(FilingMessage.Size));
        return reader.Done ? filings : null;
    }

    /// <summary>Hands over shares of contact parts; false when the vault did not take them.</summary>
    internal async Task<bool> OpenAsync(byte[] opening, CancellationToken cancel) =>
        (await vault.SendAsync(HttpMethod.Post, "v1/internal/openings", opening, cancel)).Refusal is null;
}
