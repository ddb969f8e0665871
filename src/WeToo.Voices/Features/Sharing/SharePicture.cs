using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace WeToo.Voices.Features.Sharing;

/// <summary>The picture of a piece where it is shared: its title in its own script, and whose publication it is in. Drawn from the fonts of this machine.</summary>
internal static class SharePicture
{
    private const int Width = 1200;
    private const int Height = 630;
    private const int Margin = 80;
    private const int MostLines = 5;

    private static readonly SKColor s_paper = SKColor.Parse("#17434a");
    private static readonly SKColor s_ink = SKColor.Parse("#ffffff");
    private static readonly SKColor s_quiet = SKColor.Parse("#b2dcdf");

    /// <summary>Draws it.</summary>
    /// <param name="title">The title.</param>
    /// <param name="below">What stands below it.</param>
    /// <param name="isRightToLeft">Whether its language is.</param>
    /// <returns>A PNG of 1200 × 630 pixels.</returns>
    internal static byte[] Draw(string title, string below, bool isRightToLeft)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        var canvas = surface.Canvas;
        canvas.Clear(s_paper);
        using var bar = new SKPaint { Color = s_quiet };
        canvas.DrawRect(isRightToLeft ? Width - Margin - 96 : Margin, Margin, 96, 10, bar);

        var y = Margin + 60f;
        foreach (var size in (float[])[76, 64, 54, 46])
        {
            using var text = new Typesetter(title, size, isBold: true);
            var lines = text.Lines(title, Width - (2 * Margin));
            if ((lines.Count > MostLines || lines.Count * size * 1.25f > Height - (3.2f * Margin)) && size > 46) continue;
            foreach (var line in lines.Take(MostLines)) text.Draw(canvas, line, y += size * 1.25f, s_ink, isRightToLeft);
            break;
        }

        using var small = new Typesetter(below, 34, isBold: false);
        small.Draw(canvas, small.Lines(below, Width - (2 * Margin))[0], Height - Margin, s_quiet, isRightToLeft);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 90);
        return png.ToArray();
    }

    /// <summary>Sets words in one size. Runs of the same direction are shaped as one, so that Arabic letters join and Latin words keep their order in it.</summary>
    private sealed class Typesetter : IDisposable
    {
        private readonly SKFont _font;
        private readonly SKTypeface _face;
        private readonly SKShaper _shaper;

        internal Typesetter(string text, float size, bool isBold)
        {
            var style = isBold ? SKFontStyle.Bold : SKFontStyle.Normal;
            var sign = text.EnumerateRunes().FirstOrDefault(rune => rune.Value > 0x2af, new System.Text.Rune('A'));
            _face = SKFontManager.Default.MatchCharacter(null, style, null, sign.Value) ?? SKTypeface.Default;
            (_font, _shaper) = (new SKFont(_face, size), new SKShaper(_face));
        }

        internal IReadOnlyList<IReadOnlyList<string>> Lines(string text, float room)
        {
            var lines = new List<IReadOnlyList<string>>();
            List<string> line = [];
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Count > 0 && WidthOf(string.Join(' ', [.. line, word])) > room)
                {
                    lines.Add(line);
                    line = [];
                }

                line.Add(word);
            }

            if (line.Count > 0) lines.Add(line);
            return lines;
        }

        internal void Draw(SKCanvas canvas, IReadOnlyList<string> words, float y, SKColor colour, bool isRightToLeft)
        {
            using var paint = new SKPaint { Color = colour, IsAntialias = true };
            var x = isRightToLeft ? Width - Margin : (float)Margin;
            foreach (var run in Runs(words))
            {
                var width = WidthOf(run);
                if (isRightToLeft) x -= width;
                canvas.DrawShapedText(_shaper, run, x, y, SKTextAlign.Left, _font, paint);
                x += isRightToLeft ? -WidthOf(" ") : width + WidthOf(" ");
            }
        }

        public void Dispose()
        {
            _shaper.Dispose();
            _font.Dispose();
            _face.Dispose();
        }

        private float WidthOf(string text) => _shaper.Shape(text, _font).Width;

        /// <summary>Neighbours of the same direction together.</summary>
        private static IEnumerable<string> Runs(IReadOnlyList<string> words)
        {
            var run = new List<string>();
            foreach (var word in words)
            {
                if (run.Count > 0 && IsRightToLeft(run[^1]) != IsRightToLeft(word))
                {
                    yield return string.Join(' ', run);
                    run.Clear();
                }

                run.Add(word);
            }

            if (run.Count > 0) yield return string.Join(' ', run);
        }

        private static bool IsRightToLeft(string word) => word.Any(sign => sign is (>= '\u0590' and <= '\u08ff') or (>= '\ufb1d' and <= '\ufefc'));
    }
}
