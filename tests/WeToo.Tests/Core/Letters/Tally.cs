using WeToo.Core.Letters;

namespace WeToo.Tests.Core.Letters;

/// <summary>How one way to find passages again did, on passages of which the fate is known.</summary>
internal sealed class Tally
{
    private int _kept, _keptFound, _edited, _editedFound, _deleted, _deletedAttached, _misplaced, _all;

    internal static IReadOnlyList<string> Columns { get; } = ["kept, found", "edited, found", "deleted, attached", "attached to other text", "passages kept / edited / deleted / all"];

    /// <summary>Of the passages that say the same still, how many are where they should be.</summary>
    internal double KeptFound => Share(_keptFound, _kept);

    /// <summary>Of those of which more than half lives on.</summary>
    internal double EditedFound => Share(_editedFound, _edited);

    /// <summary>Of those that were taken out, how many are said to stand somewhere.</summary>
    internal double DeletedAttached => Share(_deletedAttached, _deleted);

    /// <summary>Of all passages, how many are attached to text that is not theirs: deleted ones, and living ones at a wrong place.</summary>
    internal double Wrong => Share(_deletedAttached + _misplaced, _all);

    /// <summary>Many pairs in every language, few edits and many; twelve passages of each.</summary>
    internal static Dictionary<string, Tally> Of(ulong seed, int pairs, IReadOnlyDictionary<string, Func<RevisionPair, Matchers.Matcher>> ways)
    {
        var chance = new Chance(seed);
        var tallies = ways.Keys.ToDictionary(way => way, _ => new Tally());
        string[] languages = [.. Sentences.Languages];
        for (var i = 0; i < pairs; i++)
        {
            var pair = RevisionPair.Make(chance, languages[i % languages.Length], 1 + chance.Below(chance.In100(30) ? 30 : 10));
            var matchers = ways.ToDictionary(way => way.Key, way => way.Value(pair));
            for (var j = 0; j < 12; j++)
            {
                var passage = pair.Select(chance);
                foreach (var (name, matcher) in matchers) tallies[name].Count(pair, passage, matcher(passage));
            }
        }

        return tallies;
    }

    internal IReadOnlyList<string> Cells() =>
        [Percent(KeptFound), Percent(EditedFound), Percent(DeletedAttached), Percent(Wrong), $"{_kept} / {_edited} / {_deleted} / {_all}"];

    private void Count(RevisionPair pair, Passage passage, Passage? answer)
    {
        var fate = pair.FateOf(passage);
        var isAbout = answer is { } at && pair.IsAbout(passage, at);
        var isFound = isAbout && 2 * pair.ShareIn(passage, answer!.Value) >= fate.Share;
        _all++;
        if (fate.IsDeleted) (_deleted, _deletedAttached) = (_deleted + 1, _deletedAttached + (answer is null ? 0 : 1));
        else _misplaced += answer is null || isAbout ? 0 : 1;
        if (fate.IsKept) (_kept, _keptFound) = (_kept + 1, _keptFound + (isFound ? 1 : 0));
        if (fate.IsEdited) (_edited, _editedFound) = (_edited + 1, _editedFound + (isFound ? 1 : 0));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Percent(double share) => share.ToString("P2", System.Globalization.CultureInfo.InvariantCulture);
}
