using System.Numerics;
using System.Security.Cryptography;
using WeToo.Core.Log;

namespace WeToo.Vault.Features.Dates;

/// <summary>Entries that are of nothing, so that who watches the log learns neither whether somebody wrote nor whether there was a match. spec/log.md.</summary>
internal static class Cover
{
    /// <summary>The kinds whose number says something of people.</summary>
    internal static IReadOnlyList<EntryKind> Kinds { get; } = [EntryKind.Account, EntryKind.Addendum, EntryKind.Filing, EntryKind.MatchNotice, EntryKind.Note];

    private const int Fewest = 2;

    /// <summary>What goes to the log at one time: the real ones and their cover, by kind, in no order within a kind.</summary>
    /// <param name="real">What came since.</param>
    internal static byte[][] Over(IReadOnlyList<byte[]> real)
    {
        var covered = Kinds.SelectMany(kind => Enumerable.Range(0, Missing(real.Count(entry => entry[0] == (byte)kind))).Select(_ => Nothing(kind)));
        byte[][] all = [.. real, .. covered];
        RandomNumberGenerator.Shuffle<byte[]>(all);
        // An account before the notice of its match, whatever chance says: the order shows it later.
        return [.. all.OrderBy(entry => entry[0])];
    }

    private static int Missing(int real) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(real, Fewest)) - real;

    private static byte[] Nothing(EntryKind kind) => new LogEntry(kind, RandomNumberGenerator.GetBytes(32)).ToBytes();
}
