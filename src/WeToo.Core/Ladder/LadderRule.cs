namespace WeToo.Core.Ladder;

/// <summary>One live slip among those that share a tag.</summary>
/// <param name="Pseudonym">Who filed it, 32 bytes. A pseudonym counts once however many slips it has.</param>
/// <param name="LeastNumber">The least number t its author asked for, in 2..5.</param>
/// <param name="Rung">Where it stands, in 0..4. It started at t − 1.</param>
public readonly record struct Standing(ReadOnlyMemory<byte> Pseudonym, byte LeastNumber, byte Rung);

/// <summary>
/// The rule of the ladder, WEP-1, section 5. Its meaning: with m the largest number such that at least m people whose least
/// number is at most m named one identifier, exactly those people open. Keepers and the matcher apply this same function.
/// </summary>
public static class LadderRule
{
    /// <summary>Says which slips drop from rung <paramref name="rung"/> to the one below.</summary>
    /// <param name="rung">The rung b, in 1..4, whose tag all of <paramref name="sharing"/> have.</param>
    /// <param name="sharing">
    /// The live slips that share the tag τ_b as far as it is known: those that stand at b, or lower having started at b or above,
    /// or at rung 0. One at rung 0 counts beyond its own least number only if enough others at rung 0 show that it has opened.
    /// </param>
    /// <returns>
    /// The largest m that lets anybody drop, and the positions in <paramref name="sharing"/> of those that do, in order; or
    /// <c>(0, [])</c>.
    /// </returns>
    /// <remarks>Cost: a few passes over the list. Not constant-time: the matcher knows all of this.</remarks>
    public static (byte LeastCount, IReadOnlyList<int> Positions) Drop(byte rung, IReadOnlyList<Standing> sharing)
    {
        ArgumentNullException.ThrowIfNull(sharing);
        ArgumentOutOfRangeException.ThrowIfZero(rung);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rung, Limits.HighestLeastNumber);

        var opened = Open(sharing).Positions.ToHashSet();
        for (var m = Limits.HighestLeastNumber; m > rung; m--)
        {
            if (CountPeople(sharing, i => opened.Contains(i) || (KnowsTag(sharing[i], rung) && sharing[i].LeastNumber <= m)) < m - rung + 1)
                continue;
            var dropping = Where(sharing, i => sharing[i].Rung == rung && sharing[i].LeastNumber <= m);
            if (dropping.Count > 0) return (m, dropping);
        }

        return (0, []);
    }

    /// <summary>Says which slips open.</summary>
    /// <param name="sharing">Live slips that share y_0, or a tag; those that do not stand at rung 0 are passed over.</param>
    /// <returns>
    /// The largest m such that at least m people at rung 0 have a least number of at most m, and the positions of those people's slips, in
    /// order; or <c>(0, [])</c>.
    /// </returns>
    public static (byte LeastCount, IReadOnlyList<int> Positions) Open(IReadOnlyList<Standing> sharing)
    {
        ArgumentNullException.ThrowIfNull(sharing);
        for (var m = Limits.HighestLeastNumber; m >= Limits.LowestLeastNumber; m--)
        {
            var opening = Where(sharing, i => sharing[i].Rung == 0 && sharing[i].LeastNumber <= m);
            if (CountPeople(sharing, opening.Contains) >= m) return (m, opening);
        }

        return (0, []);
    }

    private static bool KnowsTag(Standing slip, byte rung) => slip.Rung <= rung && rung <= slip.LeastNumber - 1;

    private static List<int> Where(IReadOnlyList<Standing> sharing, Predicate<int> holds) =>
        [.. Enumerable.Range(0, sharing.Count).Where(i => holds(i))];

    private static int CountPeople(IReadOnlyList<Standing> sharing, Predicate<int> counts) =>
        Enumerable.Range(0, sharing.Count)
            .Where(i => counts(i))
            .Select(i => Convert.ToHexString(sharing[i].Pseudonym.Span))
            .Distinct(StringComparer.Ordinal)
            .Count();
}
