using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/consents</c>: an author lets their counselor read, now or in advance. WEP-1, section 9.</summary>
internal static class ConsentEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/consents", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, ReleaseWorker releases, CancellationToken cancel)
    {
        var (consent, refusal) = await http.AdmitAsync<ConsentMessage>(board, Limits.OtherBytes);
        if (consent is null) return Problems.From(refusal);

        var row = new { filing_id = consent.FilingId.ToArray(), pseudonym = consent.Pseudonym.ToArray(), message = consent.Bytes.ToArray() };
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                if (OwnFiling.Check(session, row.filing_id, row.pseudonym) is { } why) return why;

                session.Execute(Sql.Consent, row);
                return null;
            },
            cancel);
        if (refused is { } said) return Problems.From(said);

        releases.Wake();
        return Results.NoContent();
    }

    private static class Sql
    {
        internal const string Consent = "INSERT INTO consents (filing_id, message) VALUES (@filing_id, @message) ON CONFLICT (filing_id) DO NOTHING";
    }
}
