using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Meeting;
using WeToo.Vault.Features.Retention;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/status</c>: an author comes back. An unknown pseudonym gets what one without filings gets. WEP-1, section 11.</summary>
internal static class StatusEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes, int eraseAfterDays) => routes.MapPost(
        "/v1/status",
        (HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel) => HandleAsync(http, board, database, eraseAfterDays, cancel));

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, int eraseAfterDays, CancellationToken cancel)
    {
        var (request, refusal) = await http.AdmitAsync<StatusRequest>(board, Limits.OtherBytes);
        if (request is null) return Problems.From(refusal);

        var pseudonym = new { pseudonym = request.Pseudonym.ToArray() };
        var (filings, box, meets, policy, readings) = await database.ReadAsync(
            session =>
            {
                var rows = session.Query<Row>(Sql.Filings, pseudonym);
                return (rows, session.QueryOne<BoxRow>(Sql.Box, pseudonym), rows.Select(row => MeetOf(session, row)).ToArray(), RetentionBook.Read(session),
                    session.Query<Reading>(Sql.Readings, pseudonym));
            },
            cancel);
        return Results.Json(new
        {
            filings = filings.Select((row, i) => Described(row, readings, eraseAfterDays, policy, meets[i])),
            erase_after_days = eraseAfterDays,
            box_revision = box?.Revision ?? 0,
            box = box?.Box,
        });
    }

    private static object Described(Row row, IReadOnlyList<Reading> readings, int eraseAfterDays, RetentionPolicy? policy, object? meet)
    {
        // What was opened is sealed to its author until counselors have compared. WEP-1, section 9.1.
        var isKnown = row.Stage > CaseStage.Untold && row.Counselor is { Length: > 0 };
        var ended = row.Withdrawn == 0 ? row.ClosedDay : null;
        return new
        {
            filing_id = Convert.ToHexStringLower(row.FilingId),
            state = StateOf(row),
            filed_day = row.FiledDay,
            frozen = row.Frozen > 0,
            stop_s = isKnown ? row.StopS : null,
            changed = row.Withdrawn == 0 && row.Changed > 0,
            consented = row.Consented > 0,
            read = row.Stage > CaseStage.Untold && row.Read > 0,
            released = row.Released > 0,
            counselor = isKnown ? Convert.ToHexStringLower(row.Counselor!) : null,
            waits = row.Stage > CaseStage.Untold && row.Waits > 0,
            erase_day = isKnown && row.WithdrawnDay is { } taken ? Math.Max(taken + eraseAfterDays, (row.HeldUntil ?? 0) + 1) : (long?)null,
            addenda = row.Addenda,
            from_others = row.Notes,
            joined_day = row.JoinedDay,
            closed_day = ended,
            delete_day = ended is { } day ? policy?.DayFor(RetentionKind.Cases, day, row.HeldUntil) : null,
            mail_delete_day = ended is { } last && row.MailEnded is null ? policy?.DayFor(RetentionKind.Mail, last, row.HeldUntil) : null,
            hold = row.HeldFirst is null ? null : new { first = row.HeldFirst, second = row.HeldSecond },
            meet,
            handover = isKnown && row.Withdrawn == 0 ? row.Handover : null,
            readings = readings.Where(one => one.FilingId.AsSpan().SequenceEqual(row.FilingId))
                .Select(one => new { counselor = Convert.ToHexStringLower(one.Counselor), role = one.Role, day = one.AtDay, room = one.Room }),
        };
    }

    /// <summary>Null as long as there is nobody to meet whom its author was told of.</summary>
    private static object? MeetOf(Session session, Row row) => row.Stage != CaseStage.Told || row.Direct > 0 || row.Withdrawn > 0 ? null : new
    {
        asked = Meetings.Asks(session, row.FilingId),
        with = Meetings.Of(session, row.FilingId).Select(other => new { vouch = other.Vouch, given = other.Given > 0, put = other.Put }).ToArray(),
    };

    private static string StateOf(Row row) =>
        row.Lapsed > 0 ? "ended"
        : row.Withdrawn > 0 ? "withdrawn"
        : row.Joined > 0 ? "joined"
        : row.Stage == CaseStage.Untold ? "sealed"
        : row.Stage == CaseStage.Checking ? "checking"
        : row.Released > 0 ? "released"
        : row.Consented > 0 ? "consented"
        : "opened";

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public byte[] FilingId { get; init; } = [];

        public long FiledDay { get; init; }

        public byte[]? Counselor { get; init; }

        public long? WithdrawnDay { get; init; }

        public long Read { get; init; }

        public long Frozen { get; init; }

        /// <summary>When contact stops, which somebody without the words asked for.</summary>
        public long? StopS { get; init; }

        public long Changed { get; init; }

        public long Withdrawn { get; init; }

        /// <summary>Whether its period is over, and it was deleted.</summary>
        public long Lapsed { get; init; }

        /// <summary>What two people signed to keep it, and until when.</summary>
        public byte[]? HeldFirst { get; init; }

        public byte[]? HeldSecond { get; init; }

        public long? HeldUntil { get; init; }

        /// <summary>When its counselor said that it has ended.</summary>
        public long? MailEnded { get; init; }

        public long? ClosedDay { get; init; }

        public long Stage { get; init; }

        /// <summary>Whether its author uses another one now.</summary>
        public long Joined { get; init; }

        /// <summary>Whether nobody of those whom they chose takes more for now.</summary>
        public long Waits { get; init; }

        /// <summary>When an earlier one was filed in whose place it stands.</summary>
        public long? JoinedDay { get; init; }

        public long Released { get; init; }

        public long Consented { get; init; }

        public long Addenda { get; init; }

        /// <summary>How many notes of others wait for its author.</summary>
        public long Notes { get; init; }

        public long Direct { get; init; }

        /// <summary>The signed Handover by which somebody else would have it.</summary>
        public byte[]? Handover { get; init; }
    }

    private sealed record Reading(byte[] FilingId, byte[] Counselor, string Role, long AtDay, long Room);

    private sealed record BoxRow(long Revision, byte[] Box);

    private static class Sql
    {
        internal const string Filings = $"""
            SELECT f.filing_id, f.filed_day, f.direct,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = f.filing_id) AS withdrawn,
                coalesce((SELECT c.stage FROM cases c WHERE c.filing_id = f.filing_id), 0) AS stage,
                coalesce((SELECT c.changed FROM cases c WHERE c.filing_id = f.filing_id), 0) AS changed,
                (SELECT count(*) FROM joined j WHERE j.filing_id = f.filing_id) AS joined,
                (SELECT min(e.filed_day) FROM joined j JOIN filings e ON e.filing_id = j.filing_id WHERE j.into_id = f.filing_id) AS joined_day,
                (SELECT count(*) FROM cases c WHERE c.filing_id = f.filing_id AND c.account IS NOT NULL) AS released,
                (SELECT count(*) FROM consents s WHERE s.filing_id = f.filing_id) AS consented,
                (SELECT count(*) FROM cases c WHERE c.filing_id = f.filing_id AND c.read_day IS NOT NULL) AS read,
                (SELECT c.counselor FROM cases c WHERE c.filing_id = f.filing_id) AS counselor,
                coalesce((SELECT {Offers.IsWaiting} FROM cases c WHERE c.filing_id = f.filing_id), 0) AS waits,
                (SELECT t.at_day FROM tombstones t WHERE t.filing_id = f.filing_id) AS withdrawn_day,
                {Lapse.IsOfFiling} AS lapsed,
                (SELECT h.first FROM holds h WHERE h.filing_id = f.filing_id) AS held_first,
                (SELECT h.second FROM holds h WHERE h.filing_id = f.filing_id) AS held_second,
                (SELECT h.until_day FROM holds h WHERE h.filing_id = f.filing_id) AS held_until,
                (SELECT h.message FROM handovers h WHERE h.filing_id = f.filing_id AND h.done = 0) AS handover,
                (SELECT c.closed_day FROM cases c WHERE c.filing_id = f.filing_id) AS closed_day,
                (SELECT c.mail_ended FROM cases c WHERE c.filing_id = f.filing_id) AS mail_ended,
                {FreezeEndpoint.Frozen.OfFiling} AS frozen,
                {AskedStops.Asked.OfFiling} AS stop_s,
                (SELECT count(*) FROM addenda a WHERE a.filing_id = f.filing_id) AS addenda,
                (SELECT count(*) FROM friend_notes n WHERE n.pseudonym = f.pseudonym) AS notes
            FROM filings f
            WHERE f.pseudonym = @pseudonym
            ORDER BY f.filed_day, f.filing_id
            """;

        internal const string Readings = """
            SELECT r.filing_id, r.counselor, r.role, r.at_day, r.room FROM readings r JOIN filings f ON f.filing_id = r.filing_id
            WHERE f.pseudonym = @pseudonym ORDER BY r.at_day, r.counselor, r.room
            """;

        internal const string Box = "SELECT revision, box FROM boxes WHERE pseudonym = @pseudonym";
    }
}
