using WeToo.Core.Filings;
using WeToo.Core.Ladder;
using WeToo.Hosting.Storage;

namespace WeToo.Matcher.Store;

/// <summary>One live slip that shares a tag, as stored.</summary>
/// <param name="Filing">The filing's number.</param>
/// <param name="Slip">Which slip, in 0..3.</param>
/// <param name="Member">The same as evidence.</param>
/// <param name="HasOpened">Whether the vault already has the filing's contact part.</param>
internal sealed record Sharer(long Filing, byte Slip, Member Member, bool HasOpened);

/// <summary>Who stands where.</summary>
internal sealed class Standings(Database database, MatcherKeys keys)
{
    /// <summary>The tags at which a filing's slips stand, lowest rung last.</summary>
    internal Task<IReadOnlyList<(byte[] Tag, long Rung)>> TagsOfAsync(long filing, CancellationToken cancel) =>
        database.ReadAsync(session => session.Query<(byte[], long)>(Sql.TagsOf, new { filing }), cancel);

    /// <summary>The live slips that share a tag and count by now: one indexed look-up. Empty when there is only one.</summary>
    internal async Task<IReadOnlyList<Sharer>> SharingAsync(byte[] tag, long now, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(session => session.Query<Row>(Sql.Sharing, new { tag, now }), cancel);
        return rows.Count < 2 ? [] : [.. rows.Select(ToSharer)];
    }

    /// <summary>The same, divided into what counts together: no two of a side were found apart.</summary>
    internal async Task<IReadOnlyList<IReadOnlyList<Sharer>>> SidesAsync(byte[] tag, long now, CancellationToken cancel)
    {
        var sharing = await SharingAsync(tag, now, cancel);
        if (sharing.Count < 2) return [];

        var pairs = await database.ReadAsync(session => session.Query<(long Filing, long Other)>(Sql.Apart, new { tag }), cancel);
        return [.. Sides.Of(sharing, (one, other) => pairs.Contains((one.Filing, other.Filing)) || pairs.Contains((other.Filing, one.Filing)))];
    }

    /// <summary>Every y_0 that is known of a filing.</summary>
    internal Task<IReadOnlyList<byte[]>> StartsOfAsync(long filing, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<byte[]>>(
        session => [.. session.Query<(long Slip, byte[] Shown)>(Sql.Starts, new { filing }).Select(row => keys.Open(row.Shown, Place(filing, (byte)row.Slip)))], cancel);

    /// <summary>Takes slips one rung down, with what shows it, and has their filings looked at again.</summary>
    internal Task<int> DropAsync(IReadOnlyList<(Sharer Sharer, byte[] Y)> dropped, int rung, long now, CancellationToken cancel)
    {
        var rows = dropped.Select(drop => new
        {
            filing = drop.Sharer.Filing,
            slip = (long)drop.Sharer.Slip,
            rung = (long)rung,
            shown = keys.Seal(drop.Y, Place(drop.Sharer.Filing, drop.Sharer.Slip)),
            due_s = now,
        }).ToList();
        var tags = dropped.SelectMany(drop => NewlyKnown(drop.Sharer, drop.Y, rung)).ToList();
        return database.TransactAsync(
            session =>
            {
                session.Execute(Sql.Drop, rows);
                session.Execute(Sql.Stand, tags);
                return session.Execute(Sql.LookAgain, rows);
            },
            cancel);
    }

    /// <summary>Lets a slip count no more: what its author sealed was not what its tag promised.</summary>
    internal Task<int> VoidAsync(Sharer sharer, CancellationToken cancel) =>
        database.TransactAsync(session => session.Execute(Sql.Void, new { filing = sharer.Filing, slip = (long)sharer.Slip }), cancel);

    private IEnumerable<object> NewlyKnown(Sharer sharer, byte[] y, int rung)
    {
        yield return Standing(sharer, Chain.Tag(y), rung);
        if (rung > 0) yield break;

        // At rung 0 every tag is known, those above the first rung too: what has opened stands at every rung.
        for (var higher = sharer.Member.FirstRung + 1; higher <= 4; higher++)
            yield return Standing(sharer, Chain.Tag(Chain.Climb(y, 0, higher)), higher);
    }

    private object Standing(Sharer sharer, byte[] tag, int rung) =>
        new { tag = keys.Pepper(rung, tag), filing = sharer.Filing, slip = (long)sharer.Slip, rung = (long)rung };

    private Sharer ToSharer(Row row)
    {
        var message = SlipsMessage.TryParse(keys.Open(row.Message, row.Name))
            ?? throw new InvalidOperationException("Stored slips no longer parse.");
        var slip = (byte)row.Slip;
        var member = row.Shown is null
            ? new Member(message, slip, default, (byte)(message.LeastNumber - 1))
            : new Member(message, slip, keys.Open(row.Shown, Place(row.Filing, slip)), (byte)row.Rung!.Value);
        return new(row.Filing, slip, member, row.OpenedDay is not null);
    }

    private static byte[] Place(long filing, byte slip) => [.. BitConverter.GetBytes(filing), slip];

    private sealed record Row(long Filing, long Slip, byte[] Name, byte[] Message, long? Rung, byte[]? Shown, long? OpenedDay);

    private static class Sql
    {
        internal const string TagsOf = "SELECT tag, rung FROM standings WHERE filing = @filing ORDER BY slip, rung DESC";

        internal const string Sharing = """
            SELECT s.filing, s.slip, f.name, f.message, d.rung, d.shown, o.at_day AS opened_day
            FROM standings s
            JOIN filings f ON f.filing = s.filing
            LEFT JOIN drops d ON d.filing = s.filing AND d.slip = s.slip
            LEFT JOIN openings o ON o.filing = s.filing
            WHERE s.tag = @tag AND f.counts_from_s <= @now AND f.retired = 0
            ORDER BY s.filing, s.slip
            """;

        internal const string Apart = "SELECT filing, other FROM apart WHERE filing IN (SELECT filing FROM standings WHERE tag = @tag)";

        internal const string Starts = "SELECT slip, shown FROM drops WHERE filing = @filing AND rung = 0 ORDER BY slip";

        internal const string Drop = """
            INSERT INTO drops (filing, slip, rung, shown) SELECT filing, @slip, @rung, @shown FROM filings WHERE filing = @filing
            ON CONFLICT (filing, slip) DO UPDATE SET rung = excluded.rung, shown = excluded.shown WHERE excluded.rung < drops.rung
            """;

        internal const string Stand = """
            INSERT INTO standings (tag, filing, slip, rung) SELECT @tag, filing, @slip, @rung FROM filings WHERE filing = @filing
            ON CONFLICT (tag, filing, slip) DO NOTHING
            """;

        internal const string LookAgain = "UPDATE filings SET due_s = @due_s WHERE filing = @filing";

        internal const string Void = "DELETE FROM standings WHERE filing = @filing AND slip = @slip";
    }
}
