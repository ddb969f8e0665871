using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/revocations</c>: an author takes their consent back, as long as it was not used. WEP-1, section 9.</summary>
internal static class RevocationEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/revocations", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (RevocationMessage.TryParse(body) is not { } revocation) return Problems.From(Refusal.MalformedMessage);
        if (!revocation.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);
        if (!Days.AreNear(revocation.Day, board.Today)) return Problems.From(Refusal.RequestExpired);
        if (revocation.CheckSignature() is { } invalid) return Problems.From(invalid);

        var row = new { filing_id = revocation.FilingId.ToArray(), pseudonym = revocation.Pseudonym.ToArray() };
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                if (session.Query<long>(Sql.Own, row).Count == 0) return Refusal.FilingUnknown;
                if (session.Query<long>(Sql.Released, row).Count > 0) return Refusal.AccountReleased;

                session.Execute(Sql.Revoke, row);
                return null;
            },
            cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    private static class Sql
    {
        internal const string Own = "SELECT 1 FROM filings WHERE filing_id = @filing_id AND pseudonym = @pseudonym";

        internal const string Released = "SELECT 1 FROM cases WHERE filing_id = @filing_id AND account IS NOT NULL";

        internal const string Revoke = "DELETE FROM consents WHERE filing_id = @filing_id";
    }
}
