namespace WeToo.Tests.Core.Letters;

/// <summary>A letter under its author's hands: paragraphs of sentences of characters, each of which knows where it stood.</summary>
internal sealed class Letter
{
    private const string Pauses = ",;:，；：、،؛";

    private readonly Chance _chance;
    private readonly bool _hasSpaces;
    private readonly List<string> _unused;
    private readonly List<string> _words;
    private readonly List<List<List<Sign>>> _paragraphs = [];

    internal Letter(Chance chance, IReadOnlyList<string> sentences, IReadOnlyList<string> unused, bool hasSpaces)
    {
        (_chance, _hasSpaces, _unused) = (chance, hasSpaces, [.. unused]);
        _words = [.. unused.SelectMany(WordsOf)];
        for (var i = 0; i < sentences.Count;)
        {
            var count = Math.Min(sentences.Count - i, 1 + chance.Below(4));
            _paragraphs.Add([.. sentences.Skip(i).Take(count).Select(New)]);
            i += count;
        }

        var place = 0;
        foreach (var paragraph in _paragraphs)
        {
            foreach (var sentence in paragraph)
            {
                for (var i = 0; i < sentence.Count; i++) sentence[i] = new(sentence[i].Value, place++);
                if (hasSpaces || sentence == paragraph[^1]) place++;
            }
        }
    }

    /// <summary>As it reads now; the last sentence of a paragraph is followed by a line's end.</summary>
    internal List<Sign> Text()
    {
        List<Sign> text = [];
        foreach (var paragraph in _paragraphs)
        {
            foreach (var sentence in paragraph)
            {
                text.AddRange(sentence);
                if (sentence == paragraph[^1]) text.Add(new('\n', -1));
                else if (_hasSpaces) text.Add(new(' ', -1));
            }
        }

        return text;
    }

    /// <summary>One edit, as people make them.</summary>
    internal void Edit()
    {
        switch (_chance.Below(100))
        {
            case < 22: SwapWord(); break;
            case < 30: DeleteWord(); break;
            case < 40: Word(AnySentence(), (sentence, start, _) => sentence.InsertRange(start, New(_chance.Of(_words) + (_hasSpaces ? " " : "")))); break;
            case < 47: Misspell(); break;
            case < 54: MovePhrase(); break;
            case < 64: MoveSentence(); break;
            case < 67: MoveParagraph(); break;
            case < 75: _ = Take(); break;
            case < 82: Put(Fresh()); break;
            case < 89: Replace(); break;
            case < 91: Put([.. AnySentence()]); break;
            case < 94: Split(); break;
            case < 97: Merge(); break;
            default: Punctuate(); break;
        }
    }

    private void SwapWord() => Word(AnySentence(), (sentence, start, length) =>
    {
        sentence.RemoveRange(start, length);
        sentence.InsertRange(start, New(_chance.Of(_words)));
    });

    private void DeleteWord() => Word(AnySentence(), (sentence, start, length) =>
        sentence.RemoveRange(start, Math.Min(sentence.Count - 1 - start, length + (_hasSpaces ? 1 : 0))));

    private void Misspell() => Word(AnySentence(), (sentence, start, length) =>
    {
        var at = start + _chance.Below(length);
        if (_chance.In100(50)) sentence[at] = new(_chance.Of(Text(sentence).Where(char.IsLetter).ToList()), -1);
        else if (length > 4) sentence.RemoveAt(at);
    });

    /// <summary>A few words to another place of their sentence, no word cut.</summary>
    private void MovePhrase()
    {
        var sentence = AnySentence();
        var text = Text(sentence);
        int[] cuts = [0, .. Enumerable.Range(1, text.Length - 1).Where(i => _hasSpaces ? text[i - 1] == ' ' : i % 2 == 0 && char.IsLetter(text[i]))];
        if (cuts.Length < 8) return;

        var (first, words) = (_chance.Below(cuts.Length - 5), 2 + _chance.Below(3));
        var phrase = sentence.GetRange(cuts[first], cuts[first + words] - cuts[first]);
        var to = _chance.Below(cuts.Length);
        if (to >= first && to <= first + words) return;
        var place = to < first ? cuts[to] : cuts[to] - phrase.Count;
        sentence.RemoveRange(cuts[first], phrase.Count);
        sentence.InsertRange(place, phrase);
    }

    private void MoveSentence()
    {
        if (Take() is { } sentence) Put(sentence);
    }

    private void MoveParagraph()
    {
        var paragraph = _chance.Of(_paragraphs);
        _ = _paragraphs.Remove(paragraph);
        _paragraphs.Insert(_chance.Below(_paragraphs.Count + 1), paragraph);
    }

    private void Replace()
    {
        var paragraph = _chance.Of(_paragraphs);
        paragraph[_chance.Below(paragraph.Count)] = Fresh();
    }

    private void Split()
    {
        var at = _chance.Below(_paragraphs.Count);
        if (_paragraphs[at].Count < 2) return;
        var after = 1 + _chance.Below(_paragraphs[at].Count - 1);
        _paragraphs.Insert(at + 1, _paragraphs[at][after..]);
        _paragraphs[at].RemoveRange(after, _paragraphs[at].Count - after);
    }

    private void Merge()
    {
        if (_paragraphs.Count < 2) return;
        var at = _chance.Below(_paragraphs.Count - 1);
        _paragraphs[at].AddRange(_paragraphs[at + 1]);
        _paragraphs.RemoveAt(at + 1);
    }

    private void Punctuate()
    {
        var sentence = AnySentence();
        var at = sentence.FindIndex(sign => Pauses.Contains(sign.Value, StringComparison.Ordinal));
        if (at >= 0 && _chance.In100(50)) sentence.RemoveAt(at);
        else if (at >= 0) sentence[at] = new('—', -1);
        else sentence[^1] = new('!', -1);
    }

    /// <summary>Takes a sentence out, but never the last of the letter.</summary>
    private List<Sign>? Take()
    {
        if (_paragraphs.Sum(paragraph => paragraph.Count) < 3) return null;
        var paragraph = _chance.Of(_paragraphs);
        var sentence = _chance.Of(paragraph);
        _ = paragraph.Remove(sentence);
        if (paragraph.Count == 0) _ = _paragraphs.Remove(paragraph);
        return sentence;
    }

    private void Put(List<Sign> sentence)
    {
        var paragraph = _chance.Of(_paragraphs);
        paragraph.Insert(_chance.Below(paragraph.Count + 1), sentence);
    }

    /// <summary>A sentence that was not there, or the halves of two.</summary>
    private List<Sign> Fresh()
    {
        var (one, other) = (_chance.Of(_unused), _chance.Of(_unused));
        return New(_chance.In100(60) ? one : one[..(one.Length / 2)] + other[(other.Length / 2)..]);
    }

    private void Word(List<Sign> sentence, Action<List<Sign>, int, int> edit)
    {
        var text = Text(sentence);
        var words = WordsOf(text).ToList();
        var (at, chosen) = (0, _chance.Below(words.Count));
        for (var i = 0; i <= chosen; i++) at = text.IndexOf(words[i], i == 0 ? 0 : at + words[i - 1].Length, StringComparison.Ordinal);
        edit(sentence, at, words[chosen].Length);
    }

    private IEnumerable<string> WordsOf(string text) => _hasSpaces
        ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd([.. Pauses, .. Sentences.Ends])).Where(word => word.Length > 0)
        : Enumerable.Range(0, text.Length / 2).Select(i => text.Substring(2 * i, 2)).Where(word => word.All(char.IsLetter));

    private List<Sign> AnySentence() => _chance.Of(_chance.Of(_paragraphs));

    private static string Text(List<Sign> sentence) => string.Concat(sentence.Select(sign => sign.Value));

    private static List<Sign> New(string text) => [.. text.Select(c => new Sign(c, -1))];
}
