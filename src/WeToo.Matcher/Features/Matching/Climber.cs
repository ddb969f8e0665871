using System.Security.Cryptography;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using WeToo.Hosting.Keepers;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Matching;

/// <summary>How an attempt to take slips further ended.</summary>
internal enum Climbed
{
    /// <summary>There was nothing to do.</summary>
    Nothing,

    /// <summary>Something moved: look again.</summary>
    Moved,

    /// <summary>Too few keepers answered, or the vault did not: try again later.</summary>
    Waiting,
}

/// <summary>Takes slips that share a tag down the ladder, with the keepers' help. WEP-1, sections 5 and 8.</summary>
internal sealed class Climber(Standings standings, KeeperQuorum keepers, KeeperFaults faults, Delay delay)
{
    /// <summary>Applies the rule of a rung, in 1..4, once.</summary>
    internal async Task<Climbed> DropAsync(Keyset keyset, byte rung, IReadOnlyList<Sharer> sharing, CancellationToken cancel)
    {
        Sharer[] wanted = [.. Rule(rung, sharing).Positions.Select(j => sharing[j])];
        if (wanted.Length == 0) return Climbed.Nothing;

        foreach (var chosen in EvidenceSets.Of(sharing, wanted))
        {
            var (leastCount, positions) = Rule(rung, chosen);
            if (positions.Count == 0) continue;
            if (await VoidGarbageAsync(chosen, rung, cancel)) return Climbed.Moved;
            return await DropAsync(keyset, new(keyset.Deployment, keyset.Epoch, rung, leastCount, [.. chosen.Select(sharer => sharer.Member)]), [.. positions.Select(j => chosen[j])], cancel);
        }

        return Climbed.Nothing;
    }

    private static (byte LeastCount, IReadOnlyList<int> Positions) Rule(byte rung, IReadOnlyList<Sharer> sharing) =>
        LadderRule.Drop(rung, [.. sharing.Select(sharer => sharer.Member.Standing)]);

    /// <summary>Shows the evidence to keepers, and records what their shares reveal.</summary>
    private async Task<Climbed> DropAsync(Keyset keyset, DropRequest drop, Sharer[] dropping, CancellationToken cancel)
    {
        SealedSeed[] seeds = [.. dropping.Select(sharer => sharer.Member.Slips.Seed(sharer.Slip, drop.Rung - 1))];
        var answer = await keepers.AskAsync(keyset, "v1/drops", drop.ToBytes(), (keeper, body) => Check(keeper, body, seeds), cancel);
        await faults.RecordAsync(answer.Faulty, cancel);
        if (answer.Answers is not { } answers) return Climbed.Waiting;

        var opened = dropping.Select((sharer, j) => (Sharer: sharer, Y: OpenSeed(sharer, drop.Rung, seeds[j], SharesOf(answers, j)))).ToList();
        foreach (var (sharer, y) in opened)
            if (y is null) await standings.VoidAsync(sharer, cancel);
        await standings.DropAsync([.. opened.Where(one => one.Y is not null).Select(one => (one.Sharer, one.Y!))], drop.Rung - 1, delay.Now, cancel);
        return Climbed.Moved;
    }

    private static PartialEvaluation[] SharesOf(IReadOnlyList<(KeeperEntry Keeper, DropReply Answer)> answers, int position) =>
        [.. answers.Select(answer => new PartialEvaluation(answer.Keeper.Index, answer.Answer.Shares[position]))];

    private async Task<bool> VoidGarbageAsync(List<Sharer> chosen, byte rung, CancellationToken cancel)
    {
        var garbage = chosen
            .Where(sharer => sharer.Member.Rung == rung
                && !Tdh2.Verify(sharer.Member.Slips.Seed(sharer.Slip, rung - 1).Header, sharer.Member.Slips.SeedLabel(sharer.Slip, (byte)(rung - 1))))
            .ToList();
        foreach (var sharer in garbage) await standings.VoidAsync(sharer, cancel);
        return garbage.Count > 0;
    }

    private static DropReply? Check(KeeperEntry keeper, byte[] body, SealedSeed[] seeds)
    {
        Element[] bases = [.. seeds.Select(seed => seed.Header.U)];
        return DropReply.TryParse(body) is { } reply
            && reply.KeeperIndex == keeper.Index
            && Dleq.Verify(DleqContext.Drop, keeper.Z, bases, [.. reply.Shares], reply.Proof) ? reply : null;
    }

    /// <summary>The y that was sealed; null when it is not the one that leads to the signed tag.</summary>
    private static byte[]? OpenSeed(Sharer sharer, byte rung, SealedSeed seed, PartialEvaluation[] shares)
    {
        var label = sharer.Member.Slips.SeedLabel(sharer.Slip, (byte)(rung - 1));
        var y = Quorum.Combine(shares) is { } point ? Tdh2.Open(point, seed.Header, label, seed.Ciphertext.Span) : null;
        var leads = y is not null
            && CryptographicOperations.FixedTimeEquals(Chain.Tag(Chain.Climb(y, rung - 1, sharer.Member.FirstRung)), sharer.Member.Slip.Tag.Span);
        return leads ? y : null;
    }
}
