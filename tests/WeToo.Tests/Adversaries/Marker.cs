using System.Text;

namespace WeToo.Tests.Adversaries;

/// <summary>A rare word, and every form in which a program might hold it: as bytes or as a string of .NET, in hexadecimal, in base64 at each offset. Half of it is enough.</summary>
internal sealed class Marker
{
    private const int Window = 1024 * 1024;

    private readonly List<byte[]> _forms;

    /// <param name="text">An even number of characters of ASCII; each half must be rare.</param>
    internal Marker(string text)
    {
        Text = text;
        string[] halves = [text[..(text.Length / 2)], text[(text.Length / 2)..]];
        _forms = [.. halves.SelectMany(Forms)];
    }

    internal string Text { get; }

    /// <summary>How many forms are looked for.</summary>
    internal int FormCount => _forms.Count;

    /// <summary>Whether any form is in it.</summary>
    internal bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var form in _forms)
            if (bytes.IndexOf(form) >= 0) return true;
        return false;
    }

    /// <inheritdoc cref="IsIn(ReadOnlySpan{byte})"/>
    internal bool IsIn(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return IsIn(window => file.ReadAtLeast(window, window.Length, throwOnEndOfStream: false));
    }

    /// <summary>Looks through what is read piece by piece, across the seams too.</summary>
    internal bool IsIn(ReadInto read)
    {
        var overlap = _forms.Max(form => form.Length);
        var window = new byte[Window + overlap];
        for (var kept = 0; ;)
        {
            var length = kept + read(window.AsSpan(kept));
            if (IsIn(window.AsSpan(0, length))) return true;
            if (length < window.Length) return false;
            window.AsSpan(length - overlap).CopyTo(window);
            kept = overlap;
        }
    }

    /// <summary>Fills a piece, or less at the end.</summary>
    internal delegate int ReadInto(Span<byte> window);

    private static IEnumerable<byte[]> Forms(string half)
    {
        var bytes = Encoding.ASCII.GetBytes(half);
        yield return bytes;
        yield return Encoding.Unicode.GetBytes(half);
        foreach (var hex in (string[])[Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes)])
        {
            yield return Encoding.ASCII.GetBytes(hex);
            yield return Encoding.Unicode.GetBytes(hex);
        }

        // What the neighbours do not change, for each place in a group of three.
        for (var before = 0; before < 3; before++)
        {
            var whole = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var sure = whole[(before == 0 ? 0 : before + 1)..((before + bytes.Length) / 3 * 4)];
            yield return Encoding.ASCII.GetBytes(sure);
            yield return Encoding.Unicode.GetBytes(sure);
        }
    }
}
