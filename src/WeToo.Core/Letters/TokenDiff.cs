namespace WeToo.Core.Letters;

/// <summary>
/// A longest common subsequence of two lists of tokens. E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), section 4b: the refinement in linear space, with the
/// give-up of GNU diff: a box whose middle is not found within <see cref="MostEdits"/> edits from either side is split where the way from its beginning got furthest. So the time is at most proportional
/// to length times <see cref="MostEdits"/>, whatever the texts are, and what is found is a common subsequence always, if not the longest.
/// </summary>
internal sealed class TokenDiff
{
    private const int MostEdits = 1024;

    private readonly Token[] _old;
    private readonly Token[] _new;
    private readonly int[] _match;
    private readonly int[] _forward;
    private readonly int[] _backward;
    private readonly Stack<Box> _boxes = [];
    private long _steps;

    private TokenDiff(Token[] old, Token[] @new)
    {
        (_old, _new) = (old, @new);
        _match = new int[old.Length];
        Array.Fill(_match, -1);
        var reach = Math.Min(MostEdits, (old.Length + @new.Length + 1) / 2) + 1;
        (_forward, _backward) = (new int[(2 * reach) + 1], new int[(2 * reach) + 1]);
    }

    /// <summary>For each old token the new one it is, or −1; rising.</summary>
    internal static int[] Match(Token[] old, Token[] @new) => Match(old, @new, out _);

    /// <summary>The same, and how many diagonals were gone along.</summary>
    internal static int[] Match(Token[] old, Token[] @new, out long steps)
    {
        var diff = new TokenDiff(old, @new);
        diff._boxes.Push(new(0, old.Length, 0, @new.Length));
        while (diff._boxes.TryPop(out var box)) diff.Solve(box);
        steps = diff._steps;
        return diff._match;
    }

    private void Solve(Box box)
    {
        var (left, right, top, bottom) = box;
        while (left < right && top < bottom && Same(left, top)) _match[left++] = top++;
        while (left < right && top < bottom && Same(right - 1, bottom - 1)) _match[--right] = --bottom;
        if (left == right || top == bottom) return;

        var (x, y) = Middle(new(left, right, top, bottom));
        _boxes.Push(new(left, x, top, y));
        _boxes.Push(new(x, right, y, bottom));
    }

    /// <summary>A point on a shortest way through the box, none of its corners: both ways of Myers' figure 2, one edit longer in turn, until they meet.</summary>
    private (int X, int Y) Middle(Box box)
    {
        var most = Math.Min(MostEdits, (box.Width + box.Height + 1) / 2);
        (_forward[Zero + 1], _backward[Zero + 1]) = (0, 0);
        for (var d = 0; d <= most; d++)
        {
            if (Step(box, d, isBack: false) is { } met) return met;
            if (Step(box, d, isBack: true) is { } back) return back;
        }

        return Furthest(box, most);
    }

    /// <summary>Every way of d edits from one corner, as far as it gets: on diagonal k to column x, counted from that corner.</summary>
    /// <returns>Where a way begins its last run of equal tokens, once it meets one from the other corner.</returns>
    private (int X, int Y)? Step(Box box, int d, bool isBack)
    {
        var (mine, theirs, own) = isBack ? (_backward, _forward, d) : (_forward, _backward, d - 1);
        var mayMeet = ((box.Width + box.Height) & 1) == (isBack ? 0 : 1);
        // Diagonals that left the box are not followed.
        for (var k = -d + (2 * Math.Max(0, d - box.Height)); k <= d - (2 * Math.Max(0, d - box.Width)); k += 2)
        {
            var x = k == -d || (k != d && mine[Zero + k - 1] < mine[Zero + k + 1]) ? mine[Zero + k + 1] : mine[Zero + k - 1] + 1;
            var from = x;
            _steps++;
            while (x < box.Width && x - k < box.Height && Same(box, x, x - k, isBack)) x++;
            mine[Zero + k] = x;
            // A way that left the box ends there: the one beside it, at the edge, is further.
            if (x > box.Width || x - k > box.Height) continue;

            var other = box.Width - box.Height - k;
            if (mayMeet && Math.Abs(other) <= own && x + theirs[Zero + other] >= box.Width)
                return isBack ? (box.Right - from, box.Bottom - from + k) : (box.Left + from, box.Top + from - k);
        }

        return null;
    }

    /// <summary>Of the ways from the beginning, the end of the one that got furthest.</summary>
    private (int X, int Y) Furthest(Box box, int d)
    {
        var best = (X: 1, Y: 0);
        for (var k = -d + (2 * Math.Max(0, d - box.Height)); k <= d - (2 * Math.Max(0, d - box.Width)); k += 2)
        {
            var x = _forward[Zero + k];
            if (x <= box.Width && x - k <= box.Height && (2 * x) - k > best.X + best.Y) best = (x, x - k);
        }

        return (box.Left + best.X, box.Top + best.Y);
    }

    private int Zero => _forward.Length / 2;

    private bool Same(Box box, int x, int y, bool isBack) => isBack ? Same(box.Right - 1 - x, box.Bottom - 1 - y) : Same(box.Left + x, box.Top + y);

    private bool Same(int old, int @new) => _old[old].Word == _new[@new].Word;

    private readonly record struct Box(int Left, int Right, int Top, int Bottom)
    {
        internal int Width => Right - Left;

        internal int Height => Bottom - Top;
    }
}
