using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Sealing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Cases;

/// <summary>
/// <c>POST /v1/internal/openings</c>: takes the outer layer off the contact parts of a match and offers each to a counselor. WEP-1, section 14.
/// </summary>
internal static partial class OpeningsEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/internal/openings", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest http, MatcherKey key, KeysetBoard board, DeskClocks clocks, Database database, ReleaseWorker releases, ILogger<ReleaseWorker> log, CancellationToken cancel)
    {
        if (!key.Admits(http)) return Problems.From(Refusal.NotAllowed);

        var (body, refusal) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (OpeningsMessage.TryParse(body) is not { } message) return Problems.From(Refusal.MalformedMessage);

        var (opened, invalid) = await OpenAsync(database, keyset.Keyset, message, cancel);
        if (invalid is { } said) return Problems.From(said);

        var unreadable = opened.Count(one => one.Package is null);
        if (unreadable > 0) Unreadable(log, unreadable);
        _ = await database.TransactAsync(session => Record(session, keyset, message, opened, board.Today, clocks), cancel);
        releases.Wake(); // Consent may have been given in advance.
        return Results.NoContent();
    }

    /// <summary>Opens what still lives here. All is checked before anything is opened.</summary>
    private static async Task<(List<Opened> Opened, Refusal? Refusal)> OpenAsync(
        Database database, Keyset keyset, OpeningsMessage message, CancellationToken cancel)
    {
        var stored = await database.ReadAsync(
            session => message.Openings.Select(one => session.QueryOne<Stored>(Sql.LiveWithContact, new { filing_id = one.FilingId })).ToList(), cancel);
        var live = message.Openings.Zip(stored)
            .Where(pair => pair.Second is not null) // Withdrawn in the meantime: there is nothing to open any more.
            .Select(pair => (Opening: pair.First, Filing: FilingMessage.TryParse(pair.Second!.Message)!, pair.Second.Contact))
            .ToList();
        foreach (var (opening, filing, _) in live)
            if (opening.Check(filing, keyset) is { } invalid) return ([], invalid);

        return (live.ConvertAll(one => new Opened(one.Opening, PackageOf(one.Opening, one.Filing, one.Contact))), null);
    }

    private static Package? PackageOf(KeptOpening opening, FilingMessage filing, byte[] contact) =>
        opening.Combine() is { } point
        && Tdh2.Open(point, filing.Contact, filing.PackageLabel(PackageField.Contact), contact) is { } padded ? Package.TryParse(padded) : null;

    /// <summary>
    /// One case for each. What cannot be read is a case too, without content, so that nobody's opening hangs on what another author sealed; if the
    /// keepers' shares were at fault, the same opening with better ones completes it.
    /// </summary>
    private static bool Record(Session session, SignedKeyset keyset, OpeningsMessage message, List<Opened> opened, uint today, DeskClocks clocks)
    {
        var left = opened.FindAll(one => session.Query<long>(Sql.Settled, new { filing_id = one.Opening.FilingId }).Count == 0);
        var candidates = left.ConvertAll(one => Assignment.Candidates(keyset.Roster, one.Package?.Counselors, one.Opening.Skipped));
        var counselors = Assignment.AssignAmongAll(
            candidates, Assignment.ChosenInMatch(session, message.MatchId), Assignment.Loads(session, message.MatchId, DeskClocks.Number(clocks.Today)));
        foreach (var (one, counselor, wanted) in left.Zip(counselors, candidates))
        {
            var isNew = session.Query<long>(Sql.Known, new { filing_id = one.Opening.FilingId }).Count == 0;
            var caseId = RandomNumberGenerator.GetBytes(Limits.IdSize);
            session.Execute(Sql.Open, new
            {
                filing_id = one.Opening.FilingId,
                case_id = caseId,
                match_id = message.MatchId,
                counselor = Convert.FromHexString(counselor),
                contact = one.Package?.AgeFile.ToArray() ?? [],
                opened_day = (long)today,
            });
            session.Execute(Sql.Sign, one.Opening.Shares.Select(share =>
                new { filing_id = one.Opening.FilingId, keeper_index = (long)share.KeeperIndex, signature = share.Signature }));
            session.Execute(Sql.Choose, wanted.Select(chosen => new { filing_id = one.Opening.FilingId, counselor = Convert.FromHexString(chosen) }));
            session.Execute(Sql.KeepOutside, Assignment.Outside(keyset.Roster, one.Package?.Counselors, one.Opening.Skipped)
                .Select(chosen => new { filing_id = one.Opening.FilingId, counselor = Convert.FromHexString(chosen) }));
            Offers.Note(session, one.Opening.FilingId, counselor, clocks);
            if (isNew) clocks.Begin(session, caseId);
        }

        Join(session, message, clocks, today);
        return true;
    }

    /// <summary>Who meets whom, and has to be compared with whoever is new.</summary>
    private static void Join(Session session, OpeningsMessage message, DeskClocks clocks, uint today)
    {
        var before = session.Query<byte[]>(Sql.MembersWithCase, new { match_id = message.MatchId });
        var ids = message.Openings.Select(one => one.FilingId).Concat(message.Known);
        var isNew = session.Execute(Sql.Meet, ids.Select(filing_id => new { match_id = message.MatchId, filing_id })) > 0;
        if (!isNew) return;

        foreach (var caseId in before) clocks.BeginChecks(session, caseId);
        MatchWork.Settle(session, message.Openings[0].FilingId, today);
    }

    [LoggerMessage(11, LogLevel.Warning, "{Count} contact parts were opened and cannot be read: their authors sealed something else, or shares are wrong")]
    private static partial void Unreadable(ILogger logger, int count);

    private sealed record Opened(KeptOpening Opening, Package? Package);

    private sealed record Stored(byte[] Message, byte[] Contact);

    private static class Sql
    {
        internal const string LiveWithContact = """
            SELECT message, contact FROM filings f
            WHERE filing_id = @filing_id AND direct = 0 AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id)
              AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.filing_id = f.filing_id)
            """;

        internal const string MembersWithCase = "SELECT c.case_id FROM match_members m JOIN cases c ON c.filing_id = m.filing_id WHERE m.match_id = @match_id";

        /// <summary>Only those that have a case: what was withdrawn or joined meets nobody.</summary>
        internal const string Meet = """
            INSERT INTO match_members (match_id, filing_id)
            SELECT @match_id, filing_id FROM cases c WHERE filing_id = @filing_id AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id)
            ON CONFLICT (match_id, filing_id) DO NOTHING
            """;

        /// <summary>Read before, or withdrawn while we opened.</summary>
        internal const string Settled = """
            SELECT 1 FROM cases WHERE filing_id = @filing_id AND length(contact) > 0
            UNION ALL
            SELECT 1 FROM tombstones WHERE filing_id = @filing_id
            """;

        internal const string Open = """
            INSERT INTO cases (filing_id, case_id, match_id, counselor, contact, opened_day)
            VALUES (@filing_id, @case_id, @match_id, @counselor, @contact, @opened_day)
            ON CONFLICT (filing_id) DO UPDATE SET counselor = excluded.counselor, contact = excluded.contact WHERE length(excluded.contact) > 0
            """;

        internal const string Known = "SELECT 1 FROM cases WHERE filing_id = @filing_id";

        internal const string Choose = """
            INSERT INTO candidates (filing_id, counselor) VALUES (@filing_id, @counselor) ON CONFLICT (filing_id, counselor) DO NOTHING
            """;

        internal const string KeepOutside = """
            INSERT INTO outside (filing_id, counselor) VALUES (@filing_id, @counselor) ON CONFLICT (filing_id, counselor) DO NOTHING
            """;

        internal const string Sign = """
            INSERT INTO opening_signatures (filing_id, keeper_index, signature) VALUES (@filing_id, @keeper_index, @signature)
            ON CONFLICT (filing_id, keeper_index) DO NOTHING
            """;
    }
}
