using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Tombstones;

/// <summary><c>POST /v1/tombstones</c>: an author took a filing back; from now on this keeper helps to open nothing of it. WEP-1, section 10.</summary>
internal static class WithdrawEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tombstones", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Ledger ledger)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (WithdrawalMessage.TryParse(body) is not { } withdrawal) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);
        if (!withdrawal.Deployment.Span.SequenceEqual(holding.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);
        if (withdrawal.CheckSignature() is { } no) return Problems.From(no);

        await RecordAsync(withdrawal, ledger, http.HttpContext.RequestAborted);
        return Results.NoContent();
    }

    private static Task<bool> RecordAsync(WithdrawalMessage withdrawal, Ledger ledger, CancellationToken cancel)
    {
        var digest = SHA256.HashData(withdrawal.Bytes.Span);
        var row = new { filing = TombstoneRule.Filing(withdrawal.Pseudonym, withdrawal.FilingId), day = (long)ledger.Today, message = withdrawal.Bytes.ToArray() };
        return ledger.TransactAsync(
            session =>
            {
                var isNew = session.Execute(Sql.Add, row) == 1;
                if (isNew) ledger.Append(session, AuditKind.Tombstone, digest);
                else session.Execute(Sql.Complete, row);
                return isNew;
            },
            cancel);
    }

    private static class Sql
    {
        internal const string Add = "INSERT INTO tombstones (filing, day, message) VALUES (@filing, @day, @message) ON CONFLICT (filing) DO NOTHING";

        internal const string Complete = "UPDATE tombstones SET message = @message WHERE filing = @filing AND message IS NULL";
    }
}
