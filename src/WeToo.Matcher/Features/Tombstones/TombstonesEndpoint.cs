using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Features.Apart;
using WeToo.Matcher.Features.Matching;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Tombstones;

/// <summary><c>POST /v1/tombstones</c>: forgets a filing for good. WEP-1, section 10.</summary>
internal static class TombstonesEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tombstones", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest http, MatcherKeys keys, KeysetSource keysets, Database database, Delay delay, MatchingWorker worker, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (WithdrawalMessage.TryParse(body) is not { } withdrawal) return Problems.From(Refusal.MalformedMessage);
        if (await keysets.GetAsync(cancel) is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (!withdrawal.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);
        if (withdrawal.CheckSignature() is { } invalid) return Problems.From(invalid);

        var id = new { name = keys.NameOf(withdrawal.Pseudonym, withdrawal.FilingId), due_s = delay.Now };
        _ = await database.TransactAsync(
            session =>
            {
                session.Execute(Sql.Bury, id);
                session.Execute(Reopenings.LookAgain, id); // What opened only with it returns to sealed.
                session.Execute(Sql.ForgetApart, id);
                session.Execute(Sql.ForgetStandings, id);
                session.Execute(Sql.ForgetDrops, id);
                session.Execute(Sql.ForgetOpening, id);
                return session.Execute(Sql.ForgetFiling, id);
            },
            cancel);
        worker.Wake();
        return Results.NoContent();
    }

    private static class Sql
    {
        internal const string Bury = "INSERT INTO tombstones (name) VALUES (@name) ON CONFLICT (name) DO NOTHING";

        internal const string ForgetApart = """
            DELETE FROM apart WHERE filing IN (SELECT filing FROM filings WHERE name = @name) OR other IN (SELECT filing FROM filings WHERE name = @name)
            """;

        internal const string ForgetStandings = "DELETE FROM standings WHERE filing IN (SELECT filing FROM filings WHERE name = @name)";

        internal const string ForgetDrops = "DELETE FROM drops WHERE filing IN (SELECT filing FROM filings WHERE name = @name)";

        internal const string ForgetOpening = "DELETE FROM openings WHERE filing IN (SELECT filing FROM filings WHERE name = @name)";

        internal const string ForgetFiling = "DELETE FROM filings WHERE name = @name";
    }
}
