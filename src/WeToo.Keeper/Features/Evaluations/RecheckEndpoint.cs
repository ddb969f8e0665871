using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Tombstones;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Evaluations;

/// <summary>
/// <c>POST /v1/rechecks</c>: a counselor has what an opened filing names evaluated once more. Each is one guess for whoever has the counselor's key, so
/// each is on record, and they are few. WEP-1, section 9.2.
/// </summary>
internal static class RecheckEndpoint
{
    private const uint MostDaysOff = 1;

    internal static void Map(IEndpointRouteBuilder routes, Quota quota) => routes.MapPost(
        "/v1/rechecks", (HttpRequest http, CurrentHolding current, Ledger ledger) => HandleAsync(http, current, ledger, quota));

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Ledger ledger, Quota quota)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (RecheckEvidence.TryParse(body) is not { } evidence) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);

        var refusal = CheckDay(evidence.Request.Day, ledger.Today)
            ?? Core.Filings.Evidence.CheckRecheck(evidence, holding.Signed)
            ?? await RecordAsync(evidence, ledger, quota, http.HttpContext.RequestAborted);
        return refusal is { } no ? Problems.From(no) : Bodies.Octets(Evaluate(evidence.Request, holding));
    }

    private static Refusal? CheckDay(uint day, uint today) => Math.Abs((long)day - today) > MostDaysOff ? Refusal.RequestExpired : null;

    private static Task<Refusal?> RecordAsync(RecheckEvidence evidence, Ledger ledger, Quota quota, CancellationToken cancel)
    {
        var (request, today) = (evidence.Request, (long)ledger.Today);
        var digest = SHA256.HashData(request.Bytes.Span);
        var row = new
        {
            counselor = request.Counselor.ToArray(),
            request_id = request.RequestId.ToArray(),
            request_sha256 = digest,
            day = today,
            since_day = today - Quota.Days,
        };
        byte[][] filings = [TombstoneRule.Filing(evidence.Filing.Credential.Pseudonym, evidence.Filing.FilingId)];
        return ledger.TransactAsync<Refusal?>(
            session =>
            {
                session.Execute(Sql.Prune, row);
                if (TombstoneRule.Check(session, filings) is { } withdrawn) return withdrawn;

                var earlier = session.Query<Recheck>(Sql.Earlier, row);
                if (earlier.FirstOrDefault(one => row.request_id.AsSpan().SequenceEqual(one.RequestId)) is { } same)
                    return digest.AsSpan().SequenceEqual(same.RequestSha256) ? null : Refusal.RequestIdReused;
                if (quota.Check(earlier.Select(one => one.Day), today) is { } exhausted) return exhausted;

                session.Execute(Sql.Record, row);
                ledger.Append(session, AuditKind.Recheck, digest);
                return null;
            },
            cancel);
    }

    private static byte[] Evaluate(RecheckRequest request, Holding holding)
    {
        Element[] blinded = [.. request.Blinded];
        Element[] evaluated = [.. request.Blinded.Select(b => b.Times(holding.K))];
        var proof = Dleq.Prove(DleqContext.Evaluate, holding.K, holding.Entry.Y, blinded, evaluated, RandomNumberGenerator.Fill);
        return new EvaluateReply(holding.Index, evaluated, proof).ToBytes();
    }

    private sealed record Recheck(byte[] RequestId, byte[] RequestSha256, long Day);

    private static class Sql
    {
        internal const string Earlier = "SELECT request_id, request_sha256, day FROM rechecks WHERE counselor = @counselor AND day > @since_day";

        internal const string Record = """
            INSERT INTO rechecks (counselor, request_id, request_sha256, day) VALUES (@counselor, @request_id, @request_sha256, @day)
            """;

        internal const string Prune = "DELETE FROM rechecks WHERE day <= @since_day";
    }
}
