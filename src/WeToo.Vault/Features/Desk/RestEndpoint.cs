using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Clocks;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// <c>POST /v1/desk/rest</c>: a counselor has had enough for today. What ends today ends on the next working day, and their desk goes on where they
/// stopped. WEP-1, section 12.4.
/// </summary>
internal static class RestEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/desk/rest", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, DeskGate gate, DeskClocks clocks, Database database, CancellationToken cancel)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (Bodies.TryReadJson<Resting>(body) is not { } resting) return Problems.From(Refusal.MalformedMessage);

        var (moved, kept, notBefore) = await database.TransactAsync(session => Rest(session, counselor, resting.CaseId, clocks), cancel);
        return Results.Json(new { moved = moved.Select(Described), kept = kept.Select(Described), not_before = notBefore });
    }

    /// <summary>What is no case of theirs leaves no mark. Nothing new comes to them for two working days, or for as long as they said before.</summary>
    private static (IReadOnlyList<DeskClocks.Clock> Moved, IReadOnlyList<DeskClocks.Clock> Kept, long NotBefore) Rest(Session session, byte[] counselor, string? caseId, DeskClocks clocks)
    {
        if (caseId is not null && OwnCase.Find(session, counselor, caseId) is { Withdrawn: 0 } row)
            session.Execute(Sql.Mark, new { counselor, row.CaseId, at_day = DeskClocks.Number(clocks.Today) });
        var limits = CounselorLimits.Of(session, counselor);
        var notBefore = Math.Max(limits.NotBefore ?? 0, clocks.AfterRest);
        (limits with { NotBefore = notBefore }).Put(session, counselor);
        var (moved, kept) = clocks.PutOff(session, counselor);
        return (moved, kept, notBefore);
    }

    private static object Described(DeskClocks.Clock one) => new { case_id = Convert.ToHexStringLower(one.CaseId), kind = one.Kind, due_day = one.DueDay };

    private sealed record Resting(string? CaseId);

    private static class Sql
    {
        internal const string Mark = """
            INSERT INTO rests (counselor, case_id, at_day) VALUES (@counselor, @CaseId, @at_day)
            ON CONFLICT (counselor) DO UPDATE SET case_id = excluded.case_id, at_day = excluded.at_day
            """;
    }
}
