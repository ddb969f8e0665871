using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Sealing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Dates;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>PUT /v1/box</c>: keeps the author's own copy, which only they can read. WEP-1, section 11.</summary>
internal static class BoxEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/v1/box", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (put, refusal) = await http.AdmitAsync<BoxPut>(board, Limits.SubmissionBytes);
        if (put is null) return Problems.From(refusal);
        if (!SizeClass.Box.Contains(put.Box.Length - Xchacha.NonceSize - Xchacha.TagSize)) return Problems.From(Refusal.SizeClassUnknown);
        if (put.Credential.Check(board.Current!.Keyset, today: null) is { } foreign) return Problems.From(foreign);

        return await RecordAsync(database, put, board.Today, cancel) is { } refused ? Problems.From(refused) : Results.NoContent();
    }

    private static Task<Refusal?> RecordAsync(Database database, BoxPut put, uint today, CancellationToken cancel)
    {
        var row = new { pseudonym = put.Credential.Pseudonym.ToArray(), revision = (long)put.Revision, sha256 = put.BoxSha256.ToArray(), box = put.Box.ToArray() };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (session.Execute(Sql.Keep, row) == 1)
                {
                    Dated.NoteOwn(session, put.Entry, row.pseudonym, today);
                    return null;
                }

                var kept = session.QueryOne<Row>(Sql.Kept, row)!;
                return kept.Revision == row.revision && kept.Sha256.AsSpan().SequenceEqual(row.sha256) ? null : Refusal.BoxRevisionStale;
            },
            cancel);
    }

    private sealed record Row(long Revision, byte[] Sha256);

    private static class Sql
    {
        internal const string Keep = """
            INSERT INTO boxes (pseudonym, revision, sha256, box) VALUES (@pseudonym, @revision, @sha256, @box)
            ON CONFLICT (pseudonym) DO UPDATE SET revision = excluded.revision, sha256 = excluded.sha256, box = excluded.box
            WHERE excluded.revision > boxes.revision
            """;

        internal const string Kept = "SELECT revision, sha256 FROM boxes WHERE pseudonym = @pseudonym";
    }
}
