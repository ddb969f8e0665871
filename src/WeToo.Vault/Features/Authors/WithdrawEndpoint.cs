using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Outbox;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/withdrawals</c>: erases a filing here and sends its tombstone everywhere. WEP-1, section 10.</summary>
internal static class WithdrawEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/withdrawals", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest http, KeysetBoard board, Database database, OutboxWorker outbox, CancellationToken cancel)
    {
        var (withdrawal, refusal) = await http.AdmitAsync<WithdrawalMessage>(board, Limits.OtherBytes);
        if (withdrawal is null) return Problems.From(refusal);

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
        };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (!OwnFiling.Is(session, row.filing_id, row.pseudonym)) return Refusal.FilingUnknown;
                if (session.Execute(Sql.Bury, row) == 0) return null; // Withdrawn before.

                Erasure.Of(session, row.filing_id, row.pseudonym, today);
                if (session.Query<long>(Sql.IsDirect, row).Count == 0) session.Execute(OutboxWorker.Sql.Post, targets.Select(target => new { target, row.message }));
                return null;
            },
            cancel);
    }

    private static class Sql
    {
        /// <summary>What was sealed to counselors alone: no keeper and no matcher ever heard of it.</summary>
        internal const string IsDirect = "SELECT 1 FROM filings WHERE filing_id = @filing_id AND direct = 1";

        /// <summary>Also what lapsed here: keepers and matcher hear of it from its author alone.</summary>
        internal const string Bury = """
            INSERT INTO tombstones (filing_id, pseudonym, message, at_day) VALUES (@filing_id, @pseudonym, @message, @at_day)
            ON CONFLICT (filing_id) DO UPDATE SET message = excluded.message, at_day = excluded.at_day WHERE length(tombstones.message) = 0
            """;
    }
}
