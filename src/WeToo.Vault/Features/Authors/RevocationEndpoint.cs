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
        var (revocation, refusal) = await http.AdmitAsync<RevocationMessage>(board, Limits.OtherBytes);
        if (revocation is null) return Problems.From(refusal);

        var row = new { filing_id = revocation.FilingId.ToArray(), pseudonym = revocation.Pseudonym.ToArray() };
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                if (!OwnFiling.Is(session, row.filing_id, row.pseudonym)) return Refusal.FilingUnknown;
                if (session.Query<long>(Sql.Released, row).Count > 0) return Refusal.AccountReleased;

                session.Execute(Sql.Revoke, row);
                return null;
            },
            cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    private static class Sql
    {
        internal const string Released = "SELECT 1 FROM cases WHERE filing_id = @filing_id AND account IS NOT NULL";

        internal const string Revoke = "DELETE FROM consents WHERE filing_id = @filing_id";
    }
}
