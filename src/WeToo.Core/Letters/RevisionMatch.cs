namespace WeToo.Core.Letters;

/// <summary>
/// Which token of one revision is which of the next: what stays in order (<see cref="TokenDiff"/>), without what is equal by coincidence, then what was moved, then words that were respelt.
/// Linear memory; time as <see cref="TokenDiff"/>.
/// </summary>
internal sealed class RevisionMatch
{
    /// <summary>A run of this weight is no coincidence: some three words, six ideographs.</summary>
    private const int Telling = 12;

    /// <summary>How many tokens make the seed of a moved run.</summary>
    private const int SeedTokens = 4;

    private const int MostPlaces = 4;

    /// <summary>Gaps of more tokens than this are a rewriting: no respelt words are looked for.</summary>
    private const int MostGap = 24;

    private readonly string _oldText;
    private readonly string _newText;
    private readonly int[] _oldOf;
    private readonly int[] _foreign;
    private readonly HashSet<int> _moved = [];

    internal RevisionMatch(string before, string after)
    {
        var vocabulary = new Vocabulary();
        (_oldText, _newText) = (before, after);
        (Old, New) = (Token.Cut(before, vocabulary), Token.Cut(after, vocabulary));
        (OldWeight, NewWeight) = (SumsOf(Old, i => Old[i].Weight), SumsOf(New, i => New[i].Weight));
        NewOf = TokenDiff.Match(Old, New);
        _oldOf = new int[New.Length];

        DropCoincidences();
        FindMoved();
        FindRespelt();
        _foreign = SumsOf(New, i => New[i].Weight * (_oldOf[i] < 0 ? 1 : 2));
    }

    internal Token[] Old { get; }

    internal Token[] New { get; }

    /// <summary>For each old token the new one, or −1.</summary>
    internal int[] NewOf { get; }

    /// <summary>Weights of all old tokens before each place.</summary>
    internal int[] OldWeight { get; }

    /// <summary>Weights of all new tokens before each place.</summary>
    internal int[] NewWeight { get; }

    /// <summary>Whether a new token is one of the old.</summary>
    internal bool IsOld(int at) => _oldOf[at] >= 0;

    /// <summary>Whether an old token left its place.</summary>
    internal bool IsMoved(int at) => _moved.Contains(at);

    /// <summary>Twice the weight of old tokens, and once that of new ones, that stand now from one place to before another.</summary>
    internal int ForeignBetween(int from, int to) => _foreign[to] - _foreign[from];

    private static int[] SumsOf(Token[] tokens, Func<int, int> of)
    {
        var sums = new int[tokens.Length + 1];
        for (var i = 0; i < tokens.Length; i++) sums[i + 1] = sums[i] + of(i);
        return sums;
    }

    /// <summary>
    /// A run of equal tokens that says less than what was changed before it and less than what was changed after it is taken for chance, as in N. Fraser's "Diff Strategies" (2006), semantic cleanup;
    /// but not one of weight <see cref="Telling"/>.
    /// </summary>
    private void DropCoincidences()
    {
        var runs = new Stack<Run>();
        for (var at = 0; at <= Old.Length; at = runs.Peek().Last + 1)
        {
            runs.Push(NextRun(at));
            while (runs.TryPop(out var after))
            {
                var run = runs.TryPop(out var candidate) ? candidate : Run.Beginning;
                var before = runs.TryPeek(out var earlier) ? earlier : Run.Beginning;
                if (run == Run.Beginning || !IsCoincidence(before, run, after))
                {
                    if (run != Run.Beginning) runs.Push(run);
                    runs.Push(after);
                    break;
                }

                Array.Fill(NewOf, -1, run.First, run.Last + 1 - run.First);
                runs.Push(after);
            }
        }

        Array.Fill(_oldOf, -1);
        for (var i = 0; i < Old.Length; i++)
            if (NewOf[i] >= 0) _oldOf[NewOf[i]] = i;
    }

    /// <summary>The next run of matches from an old place on, or the end of both texts.</summary>
    private Run NextRun(int at)
    {
        while (at < Old.Length && NewOf[at] < 0) at++;
        if (at == Old.Length) return new(at, at, New.Length, New.Length);

        var last = at;
        while (last + 1 < Old.Length && NewOf[last + 1] == NewOf[last] + 1) last++;
        return new(at, last, NewOf[at], NewOf[last]);
    }

    private bool IsCoincidence(Run before, Run run, Run after)
    {
        var weight = OldWeight[run.Last + 1] - OldWeight[run.First];
        var changed = Math.Min(ChangedBetween(before, run), ChangedBetween(run, after));
        return weight < Telling && weight <= changed && changed > 0; // Where nothing was changed a sign is no coincidence.
    }

    private int ChangedBetween(Run one, Run next) =>
        Math.Max(OldWeight[next.First] - OldWeight[one.Last + 1], NewWeight[next.NewFirst] - NewWeight[one.NewLast + 1]);

    /// <summary>
    /// Runs that left their place: from each seed of <see cref="SeedTokens"/> unmatched tokens that both texts have, the longest common run. W. F. Tichy, "The String-to-String Correction Problem with
    /// Block Moves", ACM TOCS 2 (1984), with seeds by hashing; of a seed that the new text has often, the first <see cref="MostPlaces"/> places are tried.
    /// </summary>
    private void FindMoved()
    {
        var seeds = Seeds();
        for (var at = 0; at + SeedTokens <= Old.Length; at++)
        {
            if (NewOf[at] >= 0 || !seeds.TryGetValue(SeedAt(Old, at), out var places)) continue;
            var (first, newFirst, length) = places.Select(place => CommonRun(at, place)).MaxBy(run => run.Length);
            if (OldWeight[first + length] - OldWeight[first] < Telling) continue;
            for (var i = 0; i < length; i++)
            {
                Pair(first + i, newFirst + i);
                _ = _moved.Add(first + i);
            }
        }
    }

    /// <summary>Where the unmatched seeds of the new text stand.</summary>
    private Dictionary<(int, int, int, int), List<int>> Seeds()
    {
        Dictionary<(int, int, int, int), List<int>> seeds = [];
        for (var i = 0; i + SeedTokens <= New.Length; i++)
        {
            if (_oldOf.AsSpan(i, SeedTokens).ContainsAnyExcept(-1)) continue;
            if (!seeds.TryGetValue(SeedAt(New, i), out var places)) seeds.Add(SeedAt(New, i), places = []);
            if (places.Count < MostPlaces) places.Add(i);
        }

        return seeds;
    }

    private static (int, int, int, int) SeedAt(Token[] tokens, int at) => (tokens[at].Word, tokens[at + 1].Word, tokens[at + 2].Word, tokens[at + 3].Word);

    private (int First, int NewFirst, int Length) CommonRun(int old, int @new)
    {
        var length = 0;
        while (IsPair(old + length, @new + length)) length++;
        while (length > 0 && IsPair(old - 1, @new - 1)) (old, @new, length) = (old - 1, @new - 1, length + 1);
        return (old, @new, length);
    }

    private bool IsPair(int old, int @new) =>
        old >= 0 && @new >= 0 && old < Old.Length && @new < New.Length && NewOf[old] < 0 && _oldOf[@new] < 0 && Old[old].Word == New[@new].Word;

    private void Pair(int old, int @new) => (NewOf[old], _oldOf[@new]) = (@new, old);

    /// <summary>Between two neighbours that stayed neighbours, words that share most of their letters are one word: an ending, a prefix, a slip of the pen.</summary>
    private void FindRespelt()
    {
        var (old, @new) = (-1, -1);
        for (var i = 0; i <= Old.Length; i++)
        {
            var match = i == Old.Length ? New.Length : NewOf[i];
            if (match < 0) continue;
            if (match > @new && i - old <= MostGap && match - @new <= MostGap && i - old > 1) Respelt.Pair(Words(Old, _oldText, old + 1, i), Words(New, _newText, @new + 1, match), (a, b) => Pair(old + 1 + a, @new + 1 + b));
            (old, @new) = (i, match);
        }
    }

    /// <summary>The words of a gap; empty where a token is no word or has its pair elsewhere.</summary>
    private string[] Words(Token[] tokens, string text, int from, int to) =>
        [.. Enumerable.Range(from, to - from).Select(i => tokens[i].Weight < 3 || (tokens == New ? _oldOf[i] : NewOf[i]) >= 0 ? "" : text.Substring(tokens[i].Start, tokens[i].Length))];

    private readonly record struct Run(int First, int Last, int NewFirst, int NewLast)
    {
        /// <summary>Before both texts.</summary>
        internal static Run Beginning { get; } = new(-1, -1, -1, -1);
    }
}
