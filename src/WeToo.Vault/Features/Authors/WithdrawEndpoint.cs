using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Dates;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Mailbox;
using WeToo.Vault.Features.Outbox;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/withdrawals</c>: erases a filing here and sends its tombstone everywhere. WEP-1, section 10.</summary>
internal static class WithdrawEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/withdrawals", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest http, KeysetBoard board, Database database, OutboxWorker outbox, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (WithdrawalMessage.TryParse(body) is not { } withdrawal) return Problems.From(Refusal.MalformedMessage);
        if (!withdrawal.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);
        if (withdrawal.CheckSignature() is { } invalid) return Problems.From(invalid);

        if (await RecordAsync(database, withdrawal, outbox.WithdrawalTargets, board.Today, cancel) is { } refused) return Problems.From(refused);

        foreach (var target in outbox.WithdrawalTargets) outbox.Ring(target);
        return Results.NoContent();
    }

    /// <summary>Erases what a checked withdrawal names, and posts it to everybody.</summary>
    /// <returns>Null, also when it was withdrawn before; <see cref="Refusal.FilingUnknown"/>.</returns>
    internal static Task<Refusal?> RecordAsync(Database database, WithdrawalMessage withdrawal, IReadOnlyList<long> targets, uint today, CancellationToken cancel)
    {
        var row = new
        {
            filing_id = withdrawal.FilingId.ToArray(), pseudonym = withdrawal.Pseudonym.ToArray(), message = withdrawal.Bytes.ToArray(), at_day = (long)today,
            nothing = Array.Empty<byte>(),
        };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (session.Query<long>(Sql.Own, row).Count == 0) return Refusal.FilingUnknown;
                if (session.Execute(Sql.Bury, row) == 0) return null; // Withdrawn before.

                MatchWork.Settle(session, row.filing_id, today); // While it is still known with whom it met.
                session.Execute(Sql.Leave, row);
                session.Execute(Sql.EraseFiling, row);
                session.Execute(Sql.EraseCase, row);
                session.Execute(Sql.EraseFileParts, row);
                session.Execute(Sql.EraseFiles, row);
                session.Execute(Sql.EraseAddenda, row);
                Dated.Forget(session, row.filing_id);
                session.Execute(Sql.EraseClocks, row);
                session.Execute(Sql.EraseCandidates, row);
                session.Execute(Sql.EraseOutside, row);
                AskedStops.Forget(session, row.filing_id);
                Mail.Erase(session, row.filing_id);
                if (session.Query<long>(Sql.IsDirect, row).Count == 0) session.Execute(OutboxWorker.Sql.Post, targets.Select(target => new { target, row.message }));
                return null;
            },
            cancel);
    }

    /// <summary>The same account may have been filed anew, with another name: its files go with the last filing that lives.</summary>
    private const string Orphans = """
        pseudonym = @pseudonym AND filing_id IN (SELECT filing_id FROM filings WHERE pseudonym = @pseudonym)
        AND NOT EXISTS (
            SELECT 1 FROM filings f WHERE f.pseudonym = @pseudonym AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id))
        """;

    private static class Sql
    {
        internal const string Own = "SELECT 1 FROM filings WHERE filing_id = @filing_id AND pseudonym = @pseudonym";

        /// <summary>What was sealed to counselors alone: no keeper and no matcher ever heard of it.</summary>
        internal const string IsDirect = "SELECT 1 FROM filings WHERE filing_id = @filing_id AND direct = 1";

        internal const string Bury = """
            INSERT INTO tombstones (filing_id, pseudonym, message, at_day) VALUES (@filing_id, @pseudonym, @message, @at_day)
            ON CONFLICT (filing_id) DO NOTHING
            """;

        internal const string EraseFiling = "UPDATE filings SET contact = @nothing, account = @nothing WHERE filing_id = @filing_id";

        internal const string EraseFileParts = "DELETE FROM file_parts WHERE file_id IN (SELECT file_id FROM files WHERE " + Orphans + ")";

        internal const string EraseFiles = "DELETE FROM files WHERE " + Orphans;

        /// <summary>That an account was released stays, so that its author is told the truth about it.</summary>
        internal const string EraseCase =
            "UPDATE cases SET contact = @nothing, sheet = NULL, account = (CASE WHEN account IS NULL THEN account ELSE @nothing END) WHERE filing_id = @filing_id";

        internal const string Leave = "DELETE FROM match_members WHERE filing_id = @filing_id";

        internal const string EraseClocks = "DELETE FROM clocks WHERE case_id IN (SELECT case_id FROM cases WHERE filing_id = @filing_id)";

        internal const string EraseCandidates = "DELETE FROM candidates WHERE filing_id = @filing_id";

        internal const string EraseOutside = "DELETE FROM outside WHERE filing_id = @filing_id";

        internal const string EraseAddenda = "DELETE FROM addenda WHERE filing_id = @filing_id";
    }
}
