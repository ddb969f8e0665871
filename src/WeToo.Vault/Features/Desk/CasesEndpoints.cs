using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Handover;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Meeting;
using WeToo.Vault.Features.Retention;

namespace WeToo.Vault.Features.Desk;

/// <summary>A counselor's own cases. What is another's does not exist. WEP-1, section 12.</summary>
internal static class CasesEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes, int eraseAfterDays)
    {
        routes.MapGet("/v1/desk/cases", (HttpRequest http, DeskGate gate, DeskClocks clocks, Database database, CancellationToken cancel) =>
            ListAsync(http, gate, clocks, database, eraseAfterDays, cancel));
        routes.MapGet("/v1/desk/cases/{caseId}", (HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, DeskClocks clocks, Database database, CancellationToken cancel) =>
            ReadAsync(http, caseId, gate, board, clocks, database, eraseAfterDays, cancel));
    }

    private static async Task<IResult> ListAsync(HttpRequest http, DeskGate gate, DeskClocks clocks, Database database, int eraseAfterDays, CancellationToken cancel)
    {
        var (counselor, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var (cases, running, policy, limits) = await database.ReadAsync(
            session => (session.Query<Row>(Sql.Own, new { counselor }), DeskClocks.Running(session, counselor), RetentionBook.Read(session), CounselorLimits.Of(session, counselor)), cancel);
        var isQuiet = limits.IsQuietAt(clocks.Now);
        if (!isQuiet && cases.Any(row => row.Held > 0)) _ = await database.TransactAsync(session => session.Execute(Sql.Show, new { counselor }), cancel);
        return Results.Json(new
        {
            cases = cases.Where(row => !isQuiet || row.Held == 0).Select(row => Timed(Described(row, eraseAfterDays, policy, withParts: false), row, running, clocks)),
            quiet = isQuiet,
            not_before = limits.NotBefore > DeskClocks.Number(clocks.Today) ? limits.NotBefore : null,
        });
    }

    private static async Task<IResult> ReadAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, DeskClocks clocks, Database database, int eraseAfterDays, CancellationToken cancel)
    {
        var (counselor, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);
        if (await FindAsync(database, counselor, caseId, cancel) is not { } row) return Problems.From(Refusal.CaseUnknown);

        // Their author is told whether a counselor has it: recorded before it is given.
        if (row.Read == 0 && row.Frozen == 0 && row.Withdrawn == 0)
            _ = await database.TransactAsync(session => session.Execute(Sql.MarkRead, new { filing_id = row.FilingId, read_day = (long)board.Today }), cancel);
        var (running, policy) = await database.ReadAsync(session => (DeskClocks.Running(session, counselor), RetentionBook.Read(session)), cancel);
        var described = Timed(Described(row, eraseAfterDays, policy, withParts: true), row, running, clocks);
        var siblings = row.Frozen > 0 || row.Withdrawn > 0 ? [] : await database.ReadAsync(session => CaseSiblings.Of(session, row.FilingId, counselor), cancel);
        described["siblings"] = siblings.Select(Described).ToArray();
        var wish = row.Frozen > 0 || row.Withdrawn > 0 ? null : await database.ReadAsync(session => MeetVouchEndpoint.Find(session, row.FilingId), cancel);
        described["meet"] = wish is null ? null : new { message = wish.Message, vouched = wish.Vouched > 0 };
        var (heirs, handover) = row.Withdrawn > 0 ? ([], null)
            : await database.ReadAsync(session => (Handovers.Heirs(session, row.FilingId, counselor, board.Current!.Roster), Handovers.Of(session, row.FilingId)), cancel);
        described["heirs"] = heirs;
        described["handover"] = handover is null ? null : new { message = handover.Message, note = handover.Done > 0 ? handover.Note : null };
        described["readings"] = await ReadingsAsync(database, counselor, row, cancel);
        return Results.Json(described);
    }

    /// <summary>With the clocks that run. While contact is stopped nothing is owed.</summary>
    private static Dictionary<string, object?> Timed(
        Dictionary<string, object?> described, Row row, ILookup<string, DeskClocks.Clock> running, DeskClocks clocks)
    {
        described["clocks"] = row.Withdrawn > 0 || row.Frozen > 0
            ? []
            : running[Hex(row.CaseId)].Select(clock => new { kind = clock.Kind, due_day = clock.DueDay, state = clocks.StateOf(clock.DueDay) }).ToArray<object>();
        return described;
    }

    private static Task<Row?> FindAsync(Database database, byte[] counselor, string caseId, CancellationToken cancel)
    {
        var id = new byte[Limits.IdSize];
        var isId = caseId.Length == 2 * id.Length && Convert.FromHexString(caseId, id, out _, out _) == System.Buffers.OperationStatus.Done;
        return isId
            ? database.ReadAsync(session => session.QueryOne<Row>(Sql.One, new { counselor, case_id = id }), cancel)
            : Task.FromResult<Row?>(null);
    }

    /// <summary>What this counselor has opened, each room by its last day.</summary>
    private static async Task<object[]> ReadingsAsync(Database database, byte[] counselor, Row row, CancellationToken cancel)
    {
        var readings = await database.ReadAsync(session => session.Query<Reading>(Sql.Readings, new { counselor, filing_id = row.FilingId }), cancel);
        return [.. readings.Select(one => new { room = one.Room, day = one.AtDay })];
    }

    private static Dictionary<string, object?> Described(Row row, int eraseAfterDays, RetentionPolicy? policy, bool withParts)
    {
        var described = new Dictionary<string, object?>
        {
            ["case_id"] = Hex(row.CaseId),
            ["match_id"] = Hex(row.MatchId),
            ["filing_id"] = Hex(row.FilingId),
            ["opened_day"] = row.OpenedDay,
            ["state"] = StateOf(row),
            ["direct"] = row.Direct > 0,
            ["verified"] = row.Verified > 0,
            ["frozen"] = row.Frozen > 0,
            ["stop_s"] = row.StopS,
            ["changed"] = row.Withdrawn == 0 && row.Changed > 0,
            ["checks"] = row.Stage switch { CaseStage.Untold => "open", CaseStage.Checking => "unclear", _ => "agreed" },
            ["erase_day"] = row.WithdrawnDay is { } taken ? Math.Max(taken + eraseAfterDays, (row.HeldUntil ?? 0) + 1) : (long?)null,
            ["closed_day"] = row.Withdrawn > 0 ? null : row.ClosedDay,
            ["delete_day"] = row.Withdrawn > 0 ? null : row.ClosedDay is { } ended ? policy?.DayFor(RetentionKind.Cases, ended, row.HeldUntil) : null,
            ["rested_day"] = row.Withdrawn > 0 || row.Frozen > 0 ? null : row.RestedDay,
        };
        if (!withParts) return described;

        // Who may not be contacted is not shown either.
        described["contact"] = row.Frozen > 0 ? null : row.Contact;
        described["unreadable"] = row.Frozen == 0 && row.Withdrawn == 0 && row.Account is { Length: 0 };
        // They open with the account and not before: until then the desk does not even say how many there are.
        described["added"] = row.Account is null || row.Frozen > 0 ? 0 : row.Added;
        described["sheet"] = row.Frozen > 0 ? null : row.Sheet;
        return described;
    }

    private static object Described(Sibling one) => new
    {
        case_id = one.CaseId, filing_id = one.FilingId, counselor = one.Counselor, may_share = one.MayShare, sheet = one.Sheet,
        mine = new { authors = one.Mine.Authors, named = one.Mine.Named }, theirs = new { authors = one.Theirs.Authors, named = one.Theirs.Named },
    };

    private static string StateOf(Row row) =>
        row.Withdrawn > 0 ? "withdrawn"
        : row.Account is not null ? "released"
        : row.Consented > 0 ? "consented"
        : row.Verified > 0 ? "verified"
        : "contact";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public byte[] CaseId { get; init; } = [];

        public byte[] MatchId { get; init; } = [];

        public byte[] FilingId { get; init; } = [];

        public long OpenedDay { get; init; }

        public byte[] Contact { get; init; } = [];

        public byte[]? Account { get; init; }

        public long Read { get; init; }

        public long Verified { get; init; }

        public long Direct { get; init; }

        public long Consented { get; init; }

        public long Withdrawn { get; init; }

        public long? WithdrawnDay { get; init; }

        public long? ClosedDay { get; init; }

        public long? HeldUntil { get; init; }

        public byte[]? Sheet { get; init; }

        public long Stage { get; init; }

        public long Changed { get; init; }

        public long Frozen { get; init; }

        public long? StopS { get; init; }

        public long Added { get; init; }

        public long? RestedDay { get; init; }

        /// <summary>Whether it came in their quiet hours, and they were not shown it yet.</summary>
        public long Held { get; init; }
    }

    /// <summary>With properties, as <see cref="Row"/>.</summary>
    private sealed class Reading
    {
        public long Room { get; init; }

        public long AtDay { get; init; }
    }

    private static class Sql
    {
        private const string Select = $"""
            SELECT c.case_id, c.match_id, c.filing_id, c.opened_day, c.closed_day, c.contact, c.account, c.sheet, c.stage, c.changed, c.held,
                (CASE WHEN f.direct > 0 THEN 1 ELSE {CaseSiblings.Verified} END) AS verified,
                f.direct,
                (SELECT h.until_day FROM holds h WHERE h.filing_id = c.filing_id) AS held_until,
                (CASE WHEN c.read_day IS NULL THEN 0 ELSE 1 END) AS read,
                (SELECT count(*) FROM consents s WHERE s.filing_id = c.filing_id) AS consented,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn,
                (SELECT t.at_day FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn_day,
                {FreezeEndpoint.Frozen.OfCase} AS frozen,
                {AskedStops.Asked.OfCase} AS stop_s,
                (SELECT count(*) FROM addenda a WHERE a.filing_id = c.filing_id) AS added,
                (SELECT r.at_day FROM rests r WHERE r.counselor = c.counselor AND r.case_id = c.case_id) AS rested_day
            FROM cases c
            JOIN filings f ON f.filing_id = c.filing_id
            """;

        internal const string Own = Select + " WHERE c.counselor = @counselor ORDER BY c.opened_day DESC, c.case_id";

        internal const string One = Select + " WHERE c.counselor = @counselor AND c.case_id = @case_id";

        internal const string Show = "UPDATE cases SET held = 0 WHERE counselor = @counselor AND held = 1";

        internal const string MarkRead = "UPDATE cases SET read_day = @read_day WHERE filing_id = @filing_id AND read_day IS NULL";

        internal const string Readings = """
            SELECT room, max(at_day) AS at_day FROM readings WHERE filing_id = @filing_id AND counselor = @counselor GROUP BY room ORDER BY room
            """;
    }
}
