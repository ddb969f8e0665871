using WeToo.Core.Letters;

namespace WeToo.Tests.Core.Letters;

/// <summary>A character with the place where it stood in the earlier revision; −1 for one that is new.</summary>
internal readonly record struct Sign(char Value, int From);

/// <summary>Two revisions of a letter, made by edits of which every character remembers whence it came: so what became of a passage is known and need not be judged.</summary>
internal sealed class RevisionPair
{
    private readonly int[] _from;

    private RevisionPair(string language, string before, IReadOnlyList<Sign> after)
    {
        (Language, Before) = (language, before);
        After = string.Concat(after.Select(sign => sign.Value));
        _from = [.. after.Select(sign => sign.From)];
    }

    internal string Language { get; }

    internal string Before { get; }

    internal string After { get; }

    /// <summary>A letter of 14 sentences, and as many edits as wanted.</summary>
    internal static RevisionPair Make(Chance chance, string language, int edits)
    {
        var sentences = chance.Shuffled(Sentences.Of(language));
        var letter = new Letter(chance, sentences[..14], sentences[14..], Sentences.HasSpaces(language));
        var before = letter.Text();
        for (var i = 0; i < edits; i++) letter.Edit();
        return new(language, string.Concat(before.Select(sign => sign.Value)), letter.Text());
    }

    /// <summary>What a reader may select: a few words, a phrase, a sentence, two.</summary>
    internal Passage Select(Chance chance)
    {
        while (true)
        {
            var (start, end) = chance.In100(50) ? Phrase(chance) : Whole(chance);
            while (start < end && char.IsWhiteSpace(Before[start])) start++;
            while (end > start && char.IsWhiteSpace(Before[end - 1])) end--;
            if (Letters(Before, start, end) >= 2) return new(start, end);
        }
    }

    private (int Start, int End) Phrase(Chance chance)
    {
        var spaces = Sentences.HasSpaces(Language);
        var start = chance.Below(Before.Length);
        while (spaces && start > 0 && !char.IsWhiteSpace(Before[start - 1])) start--;
        var end = start;
        var words = chance.In100(25) ? 1 + chance.Below(3) : 3 + chance.Below(10);
        for (; words > 0 && end < Before.Length && Before[end] != '\n'; words--)
        {
            end = Math.Min(Before.Length, end + (spaces ? 1 : 2));
            while (spaces && end < Before.Length && !char.IsWhiteSpace(Before[end])) end++;
        }

        return (start, end);
    }

    private (int Start, int End) Whole(Chance chance)
    {
        int[] ends = [0, .. Enumerable.Range(0, Before.Length).Where(i => Sentences.Ends.Contains(Before[i], StringComparison.Ordinal)).Select(i => i + 1)];
        var first = chance.Below(ends.Length - 1);
        return (ends[first], ends[Math.Min(ends.Length - 1, first + (chance.In100(25) ? 2 : 1))]);
    }

    /// <summary>What became of a passage.</summary>
    internal Fate FateOf(Passage passage)
    {
        int[] places = [.. Enumerable.Range(0, After.Length).Where(i => IsOf(passage, i))];
        // The largest part of it that is still together: with no more new text in between than twice its own length and a sentence.
        int[] best = [], group = [];
        foreach (var place in places)
        {
            group = group.Length > 0 && place - group[^1] > (2 * (passage.End - passage.Start)) + 80 ? [place] : [.. group, place];
            if (group.Length > best.Length) best = group;
        }

        var living = best.Select(place => _from[place]).Distinct().Count();
        var isSame = best.Length > 0 && Words(After[best[0]..(best[^1] + 1)]) == Words(Before[passage.Start..passage.End]);
        return new((double)living / Letters(Before, passage.Start, passage.End), isSame);
    }

    /// <summary>Whether an answer is about a passage: at least half of its letters are between survivors.</summary>
    internal bool IsAbout(Passage passage, Passage answer)
    {
        int[] survivors = [.. Enumerable.Range(answer.Start, answer.End - answer.Start).Where(i => IsOf(passage, i))];
        return survivors.Length > 0 && 2 * Letters(After, survivors[0], survivors[^1] + 1) >= Letters(After, answer.Start, answer.End);
    }

    /// <summary>How much of a passage is in an answer, 0 to 1.</summary>
    internal double ShareIn(Passage passage, Passage answer) =>
        (double)Enumerable.Range(answer.Start, answer.End - answer.Start).Where(i => IsOf(passage, i)).Select(i => _from[i]).Distinct().Count() / Letters(Before, passage.Start, passage.End);

    private bool IsOf(Passage passage, int place) => _from[place] >= passage.Start && _from[place] < passage.End && char.IsLetterOrDigit(After[place]);

    private static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    internal static int Letters(string text, int start, int end) => text.AsSpan(start, end - start).ToArray().Count(char.IsLetterOrDigit);
}

/// <summary>What became of a passage, as its characters remember it.</summary>
/// <param name="Share">How much of it is still together, 0 to 1.</param>
/// <param name="IsKept">Whether it says the same still, untouched or moved whole.</param>
internal readonly record struct Fate(double Share, bool IsKept)
{
    /// <summary>At least half of it lives on, changed.</summary>
    internal bool IsEdited => !IsKept && Share >= 0.5;

    /// <summary>Next to nothing of it lives on.</summary>
    internal bool IsDeleted => Share <= 0.1;
}

/// <summary>The sentences that letters are made of.</summary>
internal static class Sentences
{
    internal const string Ends = ".!?。";

    private static readonly Dictionary<string, List<string>> s_all = Read();

    internal static IEnumerable<string> Languages => s_all.Keys;

    internal static IReadOnlyList<string> Of(string language) => s_all[language];

    internal static bool HasSpaces(string language) => language is not ("zh" or "ja");

    private static Dictionary<string, List<string>> Read()
    {
        using var reader = new StreamReader(typeof(Sentences).Assembly.GetManifestResourceStream("sentences.txt")!);
        Dictionary<string, List<string>> all = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('[')) all.Add(line.Trim('[', ']'), []);
            else if (!line.StartsWith('#')) all.Values.Last().Add(line);
        }

        return all;
    }
}
