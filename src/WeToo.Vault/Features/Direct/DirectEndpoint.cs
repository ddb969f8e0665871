using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Readiness;

namespace WeToo.Vault.Features.Direct;

/// <summary><c>POST /v1/directs</c>: an author writes to counselors of their choice, and one of them has a case at once. WEP-1, section 7.1.</summary>
internal static class DirectEndpoint
{
    private const int MostInPeriod = 5;
    private const int PeriodDays = 30;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/directs", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Gate gate, DeskClocks clocks, Database database, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.SubmissionBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (!gate.IsOpen) return Problems.From(Refusal.IntakeClosed);
        if (DirectMessage.TryParse(body) is not { } direct) return Problems.From(Refusal.MalformedMessage);
        if (Check(direct, keyset, board.Today) is { } invalid) return Problems.From(invalid);

        return await RecordAsync(database, direct, keyset.Roster, clocks, board.Today, cancel) is { } refused ? Problems.From(refused) : Results.NoContent();
    }

    private static Refusal? Check(DirectMessage direct, SignedKeyset keyset, uint today)
    {
        if (!direct.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Refusal.DeploymentForeign;
        if (!Days.AreNear(direct.Day, today)) return Refusal.RequestExpired;
        if (direct.Counselors.Any(one => keyset.Roster.Counselor(one) is null)) return Refusal.CounselorUnknown;

        return direct.Credential.Check(keyset.Keyset, today) ?? direct.Check();
    }

    private static Task<Refusal?> RecordAsync(Database database, DirectMessage direct, Roster roster, DeskClocks clocks, uint today, CancellationToken cancel)
    {
        var row = new
        {
            filing_id = direct.FilingId.ToArray(),
            pseudonym = direct.Credential.Pseudonym.ToArray(),
            message = direct.Signed.ToArray(),
            contact = direct.Contact.ToArray(),
            account = direct.Account.ToArray(),
            filed_day = (long)today,
            since_day = (long)today - PeriodDays,
        };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (OwnFiling.IsWithdrawn(session, row.filing_id, row.pseudonym)) return Refusal.FilingWithdrawn;
                if (session.QueryOne<byte[]>(Sql.Stored, row) is { } stored)
                    return stored.AsSpan().SequenceEqual(row.message) ? null : Refusal.FilingIdReused;
                if (session.QueryOne<long>(Sql.OfLate, row) >= MostInPeriod) return Refusal.DirectLimit;

                session.Execute(Sql.Store, row);
                Open(session, direct, roster, clocks, today);
                return null;
            },
            cancel);
    }

    /// <summary>A match of one: nobody else is in it, now or later.</summary>
    private static void Open(Session session, DirectMessage direct, Roster roster, DeskClocks clocks, uint today)
    {
        var (matchId, caseId) = (RandomNumberGenerator.GetBytes(Limits.IdSize), RandomNumberGenerator.GetBytes(Limits.IdSize));
        var candidates = Assignment.Candidates(roster, direct.Counselors, Assignment.Nobody);
        session.Execute(Sql.Open, new
        {
            filing_id = direct.FilingId.ToArray(),
            case_id = caseId,
            match_id = matchId,
            contact = direct.Contact.ToArray(),
            opened_day = (long)today,
            nobody = Array.Empty<byte>(),
        });
        session.Execute(Sql.Choose, candidates.Select(chosen => new { filing_id = direct.FilingId.ToArray(), counselor = Convert.FromHexString(chosen) }));
        session.Execute(Sql.KeepOutside, Assignment.Outside(roster, direct.Counselors, Assignment.Nobody)
            .Select(chosen => new { filing_id = direct.FilingId.ToArray(), counselor = Convert.FromHexString(chosen) }));
        _ = Offers.Give(session, direct.FilingId.ToArray(), roster, clocks);
        clocks.BeginContact(session, caseId);
    }

    private static class Sql
    {
        internal const string Stored = "SELECT message FROM filings WHERE filing_id = @filing_id";

        internal const string OfLate = "SELECT count(*) FROM filings WHERE pseudonym = @pseudonym AND direct = 1 AND filed_day > @since_day";

        internal const string Store = """
            INSERT INTO filings (filing_id, pseudonym, message, contact, account, filed_day, direct)
            VALUES (@filing_id, @pseudonym, @message, @contact, @account, @filed_day, 1)
            """;

        internal const string Open = """
            INSERT INTO cases (filing_id, case_id, match_id, counselor, contact, opened_day, stage)
            VALUES (@filing_id, @case_id, @match_id, @nobody, @contact, @opened_day, 2)
            """;

        internal const string Choose = """
            INSERT INTO candidates (filing_id, counselor) VALUES (@filing_id, @counselor) ON CONFLICT (filing_id, counselor) DO NOTHING
            """;

        internal const string KeepOutside = "INSERT INTO outside (filing_id, counselor) VALUES (@filing_id, @counselor)";
    }
}
