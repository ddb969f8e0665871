using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Evaluations;

/// <summary><c>POST /v1/evaluations</c>: an author, or somebody of the team, asks what the OPRF gives for four blinded elements. WEP-1, section 4.</summary>
internal sealed class EvaluateEndpoint(CurrentHolding current, Ledger ledger, Quota quota)
{
    // One more than fits the clocks of two honest parties on two sides of midnight.
    private const uint MostDaysOff = 1;

    private long _pruned_day;

    internal void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/evaluations", HandleAsync);

    private async Task<IResult> HandleAsync(HttpRequest http)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (Read(body) is not { } asked) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);

        var refusal = Check(asked, holding, ledger.Today) ?? await RecordAsync(asked, http.HttpContext.RequestAborted);
        return refusal is { } no ? Problems.From(no) : Bodies.Octets(Evaluate(asked, holding));
    }

    /// <summary>The two messages differ in who signs, and in length.</summary>
    private static Asked? Read(byte[] body) =>
        EvaluateRequest.TryParse(body) is { } author
            ? new(author.Bytes, author.Deployment, author.Epoch, author.Day, author.RequestId, author.Credential.Pseudonym, author.Blinded, author.BlindedBytes,
                (holding, today) => author.Credential.Check(holding.Keyset, today) ?? author.CheckSignature())
        : TeamEvaluateRequest.TryParse(body) is { } team
            ? new(team.Bytes, team.Deployment, team.Epoch, team.Day, team.RequestId, team.Member, team.Blinded, team.BlindedBytes, (holding, _) => team.Check(holding.Signed.Roster))
        : null;

    private static Refusal? Check(Asked request, Holding holding, uint today)
    {
        if (!request.Deployment.Span.SequenceEqual(holding.Keyset.Deployment.Span)) return Refusal.DeploymentForeign;
        if (request.Epoch != holding.Keyset.Epoch) return Refusal.WrongEpoch;
        if (Math.Abs((long)request.Day - today) > MostDaysOff) return Refusal.RequestExpired;
        return request.CheckSigner(holding, today);
    }

    private Task<Refusal?> RecordAsync(Asked request, CancellationToken cancel)
    {
        var today = (long)ledger.Today;
        var digest = SHA256.HashData(request.Bytes.Span);
        var row = new
        {
            pseudonym = request.Signer.ToArray(),
            request_id = request.RequestId.ToArray(),
            blinded_sha256 = SHA256.HashData(request.BlindedBytes.Span),
            day = today,
            since_day = today - Quota.Days,
        };
        var prune = Interlocked.Exchange(ref _pruned_day, today) != today;
        return ledger.TransactAsync<Refusal?>(
            session =>
            {
                if (prune) session.Execute(Sql.Prune, row);
                var earlier = session.Query<Evaluation>(Sql.Earlier, row);
                if (earlier.FirstOrDefault(one => row.request_id.AsSpan().SequenceEqual(one.RequestId)) is { } same)
                    return row.blinded_sha256.AsSpan().SequenceEqual(same.BlindedSha256) ? null : Refusal.RequestIdReused;

                var refusal = quota.Check(earlier.Select(one => one.Day), today);
                if (refusal is not null) return refusal;

                session.Execute(Sql.Record, row);
                ledger.Append(session, AuditKind.Evaluation, digest);
                return null;
            },
            cancel);
    }

    /// <summary>D = kᵢ·B and one proof for all: 2M + 3 multiplications.</summary>
    private static byte[] Evaluate(Asked request, Holding holding)
    {
        Element[] blinded = [.. request.Blinded];
        Element[] evaluated = [.. request.Blinded.Select(b => b.Times(holding.K))];
        var proof = Dleq.Prove(DleqContext.Evaluate, holding.K, holding.Entry.Y, blinded, evaluated, RandomNumberGenerator.Fill);
        return new EvaluateReply(holding.Index, evaluated, proof).ToBytes();
    }

    /// <summary>What either message asks. The signer is a pseudonym, or the key of somebody of the team, and the quota is theirs.</summary>
    private sealed record Asked(
        ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Epoch, uint Day, ReadOnlyMemory<byte> RequestId, ReadOnlyMemory<byte> Signer,
        IReadOnlyList<Element> Blinded, ReadOnlyMemory<byte> BlindedBytes, Func<Holding, uint, Refusal?> CheckSigner);

    private sealed record Evaluation(byte[] RequestId, byte[] BlindedSha256, long Day);

    private static class Sql
    {
        internal const string Earlier = """
            SELECT request_id, blinded_sha256, day FROM evaluations WHERE pseudonym = @pseudonym AND day > @since_day
            """;

        internal const string Record = """
            INSERT INTO evaluations (pseudonym, request_id, blinded_sha256, day) VALUES (@pseudonym, @request_id, @blinded_sha256, @day)
            """;

        internal const string Prune = "DELETE FROM evaluations WHERE day <= @since_day";
    }
}
