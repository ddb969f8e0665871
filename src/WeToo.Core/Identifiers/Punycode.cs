using System.Text;

namespace WeToo.Core.Identifiers;

/// <summary>Punycode, RFC 3492: a label of any letters, written in ASCII. Without the prefix <c>xn--</c>.</summary>
internal static class Punycode
{
    private const int Base = 36, Least = 1, Most = 26, Skew = 38, Damp = 700, InitialBias = 72, InitialN = 128;

    /// <summary>The label in Punycode; it must be short (labels are at most 63 characters) and hold no lone surrogate.</summary>
    internal static string Encode(string label)
    {
        int[] input = [.. label.EnumerateRunes().Select(rune => rune.Value)];
        var output = new StringBuilder(string.Concat(label.Where(char.IsAscii)));
        var (basic, n, delta, bias) = (output.Length, InitialN, 0, InitialBias);
        var handled = basic;
        if (basic > 0) _ = output.Append('-');
        while (handled < input.Length)
        {
            var next = input.Where(c => c >= n).Min();
            delta += (next - n) * (handled + 1);
            n = next;
            foreach (var c in input)
            {
                if (c < n) delta++;
                if (c != n) continue;
                Write(output, delta, bias);
                bias = Adapt(delta, handled + 1, handled == basic);
                (delta, handled) = (0, handled + 1);
            }

            (delta, n) = (delta + 1, n + 1);
        }

        return output.ToString();
    }

    /// <summary>The label that the Punycode stands for; null if it stands for none.</summary>
    internal static string? Decode(string code)
    {
        if (code.Length > 63 || !Ascii.IsValid(code)) return null;
        var dash = code.LastIndexOf('-');
        var output = dash > 0 ? code[..dash].Select(c => (int)c).ToList() : [];
        var (at, n, i, bias) = (dash > 0 ? dash + 1 : 0, InitialN, 0L, InitialBias);
        while (at < code.Length)
        {
            var before = i;
            if (!Read(code, ref at, ref i, bias)) return null;
            bias = Adapt((int)(i - before), output.Count + 1, before == 0);
            var wrapped = n + (i / (output.Count + 1));
            if (wrapped is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF)) return null;
            (n, i) = ((int)wrapped, i % (output.Count + 1));
            output.Insert((int)i++, n);
        }

        return string.Concat(output.Select(c => new Rune(c).ToString()));
    }

    private static void Write(StringBuilder output, int delta, int bias)
    {
        var q = delta;
        for (var k = Base; ; k += Base)
        {
            var t = Math.Clamp(k - bias, Least, Most);
            if (q < t) break;
            _ = output.Append(Digit(t + ((q - t) % (Base - t))));
            q = (q - t) / (Base - t);
        }

        _ = output.Append(Digit(q));
    }

    private static bool Read(string code, ref int at, ref long i, int bias)
    {
        var weight = 1L;
        for (var k = Base; ; k += Base)
        {
            if (at == code.Length || Value(code[at++]) is not { } digit) return false;
            i += digit * weight;
            if (i > int.MaxValue) return false;
            var t = Math.Clamp(k - bias, Least, Most);
            if (digit < t) return true;
            weight *= Base - t;
            if (weight > int.MaxValue) return false;
        }
    }

    private static int Adapt(int delta, int count, bool first)
    {
        delta = first ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - Least) * Most / 2; k += Base) delta /= Base - Least;
        return k + ((Base - Least + 1) * delta / (delta + Skew));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int? Value(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => c - 'A',
        >= '0' and <= '9' => c - '0' + 26,
        _ => null,
    };
}
