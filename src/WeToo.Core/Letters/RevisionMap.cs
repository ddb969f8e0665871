namespace WeToo.Core.Letters;

/// <summary>
/// Where the passages of one revision are in the next. Both texts are at hand when a revision is saved, so nothing is guessed when it is read: spec/anchors.md.
/// Making one costs what its comparison costs, at most length times 1,024 steps; each passage then costs its own length.
/// </summary>
public sealed class RevisionMap
{
    /// <summary>A passage lives on when this share of it does, in hundredths.</summary>
    private const int LeastShare = 40;

    /// <summary>And this, when it is elsewhere now: a sentence that begins like another is another.</summary>
    private const int LeastShareMoved = 45;

    /// <summary>A passage shorter than this is judged with its sentence: "the board" stands everywhere.</summary>
    private const int ShortWeight = 40;

    /// <summary>How far a sentence is followed, in weight.</summary>
    private const int MostAround = 80;

    private readonly RevisionMatch _match;
    private readonly string _before;
    private readonly string _after;

    private RevisionMap(string before, string after) => (_before, _after, _match) = (before, after, new(before, after));

    /// <summary>Compares two revisions.</summary>
    /// <param name="before">The text of the earlier one.</param>
    /// <param name="after">The text of the later one.</param>
    public static RevisionMap Between(string before, string after) => new(before, after);

    /// <summary>Where a passage of the earlier revision is in the later one.</summary>
    /// <param name="passage">Within the earlier text.</param>
    /// <returns>Its place in the later text; the place where it stood when it is gone.</returns>
    public MappedPassage Map(Passage passage)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passage.Start);
        ArgumentOutOfRangeException.ThrowIfLessThan(passage.End, passage.Start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passage.End, _before.Length);

        var (first, last) = TokensOf(passage);
        if (first > last || Survivors(first, last) is not { Count: > 0 } survivors) return Gone(first);

        var (from, to) = Grown(first, last, survivors);
        var mapped = new Passage(FromUnit(passage, from), ToUnit(passage, to));
        return new(SaysTheSame(passage, mapped) ? AnchorState.Kept : AnchorState.Edited, mapped);
    }

    /// <summary>The tokens that a passage touches; the first after the last when there is none.</summary>
    private (int First, int Last) TokensOf(Passage passage) =>
        (FirstAt(token => token.End > passage.Start), FirstAt(token => token.Start >= passage.End) - 1);

    private int FirstAt(Func<Token, bool> isFrom)
    {
        var (low, high) = (0, _match.Old.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isFrom(_match.Old[middle])) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>The old tokens of a passage that live on together, in the order in which they stand now; none when they are too few.</summary>
    private List<int> Survivors(int first, int last)
    {
        var group = Heaviest(first, last);
        if (group.Count == 0 || !IsEnough(group, first, last)) return [];
        if (_match.OldWeight[last + 1] - _match.OldWeight[first] >= ShortWeight) return group;

        var (from, to) = SentenceOf(first, last);
        return IsEnough(Heaviest(from, to), from, to) ? group : [];
    }

    /// <summary>Whether enough of a stretch lives on: more is asked of what left its place. Signs alone weigh nothing: they must all be there.</summary>
    private bool IsEnough(List<int> group, int first, int last)
    {
        var (all, living) = (_match.OldWeight[last + 1] - _match.OldWeight[first], group.Sum(i => _match.Old[i].Weight));
        if (all == 0) return group.Count == last + 1 - first;

        var moved = group.Where(_match.IsMoved).Sum(i => _match.Old[i].Weight);
        return 100L * living >= (2 * moved > living ? LeastShareMoved : LeastShare) * (long)all;
    }

    /// <summary>
    /// Those of the survivors that stand together: the stretch of new tokens in which the weight of survivors, less half of the weight of what is new and all of the weight of what was elsewhere, is
    /// greatest. J. Bentley, "Programming Pearls: Algorithm Design Techniques", CACM 27 (1984).
    /// </summary>
    private List<int> Heaviest(int first, int last)
    {
        var (best, group, score, most, at) = ((From: 0, Count: 0), (From: 0, Count: 0), 0, 0, -1);
        List<int> living = [.. Enumerable.Range(first, last + 1 - first).Where(i => _match.NewOf[i] >= 0).OrderBy(i => _match.NewOf[i])];
        for (var i = 0; i < living.Count; i++)
        {
            var place = _match.NewOf[living[i]];
            score -= at < 0 ? 0 : _match.ForeignBetween(at + 1, place);
            if (at < 0 || score < 0) (group, score) = ((i, 0), 0);
            (group.Count, at) = (group.Count + 1, place);
            // A sign weighs nothing, yet belongs to what it stands beside.
            score += Math.Max(1, 2 * _match.Old[living[i]].Weight);
            if (score > most) (best, most) = (group, score);
        }

        return living.GetRange(best.From, best.Count);
    }

    /// <summary>The sentences that a passage is of, or as much of them as <see cref="MostAround"/> allows on each side.</summary>
    private (int From, int To) SentenceOf(int first, int last)
    {
        var (from, to) = (first, last);
        while (from > 0 && !EndsSentence(from - 1) && _match.OldWeight[first] - _match.OldWeight[from - 1] <= MostAround) from--;
        while (to + 1 < _match.Old.Length && !EndsSentence(to) && _match.OldWeight[to + 2] - _match.OldWeight[last + 1] <= MostAround) to++;
        return (from, to);
    }

    private bool EndsSentence(int token) => ".!?…。！？؟।".Contains(_before[_match.Old[token].Start], StringComparison.Ordinal);

    /// <summary>The new tokens of the survivors, with the signs that the passage begins and ends with, and with what stands in the place of a beginning or an end that was replaced.</summary>
    private (int From, int To) Grown(int first, int last, List<int> survivors)
    {
        var (from, to) = (_match.NewOf[survivors[0]], _match.NewOf[survivors[^1]]);
        var (head, tail) = (survivors.Min(), survivors.Max());
        if (_match.NewOf[head] == from)
        {
            for (; head > first && IsSameSign(head - 1, from - 1); head--) from--;
            if (head > first && NewAfter(first - 1) is var start && IsReplacement(start, from, first, head)) from = start;
        }

        if (_match.NewOf[tail] == to)
        {
            for (; tail < last && IsSameSign(tail + 1, to + 1); tail++) to++;
            if (tail < last && NewBefore(last + 1) is var end && IsReplacement(to + 1, end, tail + 1, last + 1)) to = end - 1;
        }

        return (from, to);
    }

    private bool IsSameSign(int old, int @new) =>
        @new >= 0 && @new < _match.New.Length && _match.Old[old].Weight == 0 && _match.Old[old].Word == _match.New[@new].Word;

    /// <summary>The new token behind what an old one is now; past the end when it is nothing now.</summary>
    private int NewAfter(int old) => old < 0 ? 0 : _match.NewOf[old] >= 0 ? _match.NewOf[old] + 1 : _match.New.Length;

    /// <summary>The new token that an old one is now; the end for the end, and before the beginning when it is nothing now.</summary>
    private int NewBefore(int old) => old == _match.Old.Length ? _match.New.Length : _match.NewOf[old];

    /// <summary>Whether the new tokens may stand for the old ones: all of them new, and not many times as much.</summary>
    private bool IsReplacement(int from, int to, int oldFrom, int oldTo) =>
        from < to && !Enumerable.Range(from, to - from).Any(_match.IsOld)
        && _match.NewWeight[to] - _match.NewWeight[from] <= (2 * (_match.OldWeight[oldTo] - _match.OldWeight[oldFrom])) + (Token.OfContinuous * 4);

    /// <summary>Where the mapped passage begins: in the middle of a word when it did and the word is the same.</summary>
    private int FromUnit(Passage passage, int token)
    {
        var now = _match.New[token];
        var was = _match.Old[TokensOf(passage).First];
        var into = passage.Start - was.Start;
        return into > 0 && was.Word == now.Word && was.Length == now.Length ? now.Start + into : now.Start;
    }

    /// <summary>Where it ends, likewise.</summary>
    private int ToUnit(Passage passage, int token)
    {
        var now = _match.New[token];
        var was = _match.Old[TokensOf(passage).Last];
        var left = was.End - passage.End;
        return left > 0 && was.Word == now.Word && was.Length == now.Length ? now.End - left : now.End;
    }

    private MappedPassage Gone(int first)
    {
        var before = Math.Min(first, _match.Old.Length) - 1;
        while (before >= 0 && _match.NewOf[before] < 0) before--;
        var place = before < 0 ? 0 : _match.New[_match.NewOf[before]].End;
        return new(AnchorState.Gone, new(place, place));
    }

    /// <summary>Whether two passages differ in white space only.</summary>
    private bool SaysTheSame(Passage old, Passage @new) => Words(old.QuoteOf(_before)).SequenceEqual(Words(@new.QuoteOf(_after)), StringComparer.Ordinal);

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
