using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Features.Matching;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Apart;

/// <summary>
/// <c>POST /v1/apart</c>: counselors of two filings agree, each by a signed finding, that these do not count together: different people are meant, or
/// one person wrote both. What opened only because they did returns to sealed. WEP-1, section 9.1.
/// </summary>
internal static class ApartEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/apart", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest http, MatcherKeys keys, CallerKey vault, KeysetSource keysets, Database database, Delay delay, MatchingWorker worker, CancellationToken cancel)
    {
        if (!vault.Admits(http)) return Problems.From(Refusal.NotAllowed);

        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (ApartMessage.TryParse(body) is not { } apart) return Problems.From(Refusal.MalformedMessage);
        if (await keysets.GetAsync(cancel) is not { } pinned) return Problems.From(Refusal.ServiceUnavailable);

        // A counselor may have joined since.
        var keyset = Check(apart, pinned) == Refusal.CounselorUnknown ? await keysets.RefreshAsync(cancel) ?? pinned : pinned;
        if (Check(apart, keyset) is { } invalid) return Problems.From(invalid);

        var row = new
        {
            name = keys.NameOf(apart.Pseudonym, apart.First.FilingId),
            other = keys.NameOf(apart.OtherPseudonym, apart.Second.FilingId),
            due_s = delay.Now,
        };
        _ = await database.TransactAsync(
            session => session.Execute(apart.IsOneAuthor ? Sql.Retire : Sql.Part, row) + session.Execute(Reopenings.LookAgain, new { row.name, row.due_s })
                + session.Execute(Reopenings.LookAgain, new { name = row.other, row.due_s }),
            cancel);
        worker.Wake();
        return Results.NoContent();
    }

    private static Refusal? Check(ApartMessage apart, SignedKeyset keyset)
    {
        if (!apart.First.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Refusal.DeploymentForeign;
        if (keyset.Roster.Counselor(apart.First.Counselor) is null || keyset.Roster.Counselor(apart.Second.Counselor) is null) return Refusal.CounselorUnknown;
        return apart.First.CheckSignature() ?? apart.Second.CheckSignature();
    }

    private static class Sql
    {
        /// <summary>Nothing where one of them is gone.</summary>
        internal const string Part = """
            INSERT INTO apart (filing, other)
            SELECT CASE WHEN a.filing < b.filing THEN a.filing ELSE b.filing END, CASE WHEN a.filing < b.filing THEN b.filing ELSE a.filing END
            FROM filings a JOIN filings b ON b.name = @other WHERE a.name = @name
            ON CONFLICT (filing, other) DO NOTHING
            """;

        internal const string Retire = "UPDATE filings SET retired = 1 WHERE name = @other AND EXISTS (SELECT 1 FROM filings WHERE name = @name)";
    }
}
