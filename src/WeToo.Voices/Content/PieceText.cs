using WeToo.Core.Letters;

namespace WeToo.Voices.Content;

/// <summary>The text of a revision as passages count in it: spec/anchors.md, section 1.</summary>
internal sealed class PieceText
{
    private readonly IReadOnlyList<Block> _blocks;
    private readonly int[] _starts;

    internal PieceText(IReadOnlyList<Block> blocks)
    {
        (_blocks, _starts) = (blocks, new int[blocks.Count]);
        for (var i = 1; i < blocks.Count; i++) _starts[i] = _starts[i - 1] + blocks[i - 1].Text.Length + 1;
        Text = string.Join('\n', blocks.Select(block => block.Text));
    }

    /// <summary>The texts of the blocks, one line feed between two.</summary>
    internal string Text { get; }

    /// <summary>All of a block; <see langword="null"/> when there is none of that number.</summary>
    internal Passage? PassageOf(long block)
    {
        for (var i = 0; i < _blocks.Count; i++)
            if (_blocks[i].Number == block) return new(_starts[i], _starts[i] + _blocks[i].Text.Length);
        return null;
    }

    /// <summary>The block in which something begins; <see langword="null"/> in an empty text.</summary>
    internal Block? BlockAt(long unit)
    {
        var i = Array.FindLastIndex(_starts, start => start <= unit);
        return i < 0 ? null : _blocks[i];
    }
}
