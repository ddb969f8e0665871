using System.Text.Encodings.Web;
using DiffPlex;
using DiffPlex.Chunkers;

namespace WeToo.Voices.Content;

/// <summary>Words of a block that stayed, came or went.</summary>
internal sealed record Run(char Sign, string Text);

/// <summary>A block that is not as it was.</summary>
/// <param name="Sign"><c>+</c> came, <c>-</c> went, <c>~</c> was edited.</param>
/// <param name="Block">The block, as it is now or as it last was.</param>
/// <param name="Runs">Its words.</param>
internal sealed record Change(char Sign, Block Block, IReadOnlyList<Run> Runs)
{
    /// <summary>Its words with <c>ins</c> and <c>del</c>, without a space that is not theirs.</summary>
    internal string ToHtml(HtmlEncoder encoder) => string.Concat(Runs.Select(run => (run.Sign, Text: encoder.Encode(run.Text)) switch
    {
        ('+', var text) => $"<ins>{text}</ins>",
        ('-', var text) => $"<del>{text}</del>",
        (_, var text) => text,
    }));
}

/// <summary>What changed from one revision to another, block by block and word by word, as people can read it.</summary>
internal static class Changes
{
    /// <summary>The blocks that are not as they were: those that went before those that came at the end, the others in the order of now.</summary>
    internal static IReadOnlyList<Change> Between(IReadOnlyList<Block> before, IReadOnlyList<Block> after)
    {
        var was = before.ToDictionary(block => block.Number);
        var here = after.Select(block => block.Number).ToHashSet();
        return
        [
            .. before.Where(block => !here.Contains(block.Number)).Select(block => new Change('-', block, [new('-', block.Text)])),
            .. after.Where(block => !was.TryGetValue(block.Number, out var old) || old.Text != block.Text)
                .Select(block => was.TryGetValue(block.Number, out var old) ? new Change('~', block, Words(old.Text, block.Text)) : new Change('+', block, [new('+', block.Text)])),
        ];
    }

    private static List<Run> Words(string before, string after)
    {
        var found = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, new WordChunker());
        var runs = new List<Run>();
        var at = 0;
        foreach (var block in found.DiffBlocks)
        {
            Add(' ', found.PiecesNew, at, block.InsertStartB - at);
            Add('-', found.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            Add('+', found.PiecesNew, block.InsertStartB, block.InsertCountB);
            at = block.InsertStartB + block.InsertCountB;
        }

        Add(' ', found.PiecesNew, at, found.PiecesNew.Count - at);
        return runs;

        void Add(char sign, IReadOnlyList<string> pieces, int start, int count)
        {
            if (count > 0) runs.Add(new(sign, string.Concat(pieces.Skip(start).Take(count))));
        }
    }
}
