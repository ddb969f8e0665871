using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Files;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// <c>GET /v1/desk/cases/{id}/files/{id}/{part}</c>: one part of a file of an account that its author let this counselor read. Before that, and before it
/// is recorded that they opened the files, on this day or the one before, there is no such file. WEP-1, section 15.
/// </summary>
internal static class CaseFilesEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/desk/cases/{caseId}/files/{fileId}/{part:int}", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, string caseId, string fileId, int part, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (counselor, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var key = new { counselor, case_id = FileIds.Parse(caseId), file_id = FileIds.Parse(fileId), part = (long)part, room = (long)CaseReadingEndpoint.Files, since = (long)board.Today - 1 };
        return await database.ReadAsync(session => session.QueryOne<byte[]>(Sql.Part, key), cancel) is { } bytes ? Bodies.Octets(bytes) : Problems.From(Refusal.CaseUnknown);
    }

    private static class Sql
    {
        /// <summary>Any file of that author, unless they have stopped contact: which of them the account names, and what opens it, only the account says.</summary>
        internal const string Part = $"""
            SELECT p.bytes FROM file_parts p
            JOIN files f ON f.file_id = p.file_id
            JOIN filings g ON g.pseudonym = f.pseudonym
            JOIN cases c ON c.filing_id = g.filing_id
            WHERE c.counselor = @counselor AND c.case_id = @case_id AND length(c.account) > 0 AND p.file_id = @file_id AND p.part = @part
              AND {FreezeEndpoint.Frozen.OfCase} = 0
              AND EXISTS (SELECT 1 FROM readings r WHERE r.filing_id = c.filing_id AND r.counselor = @counselor AND r.room = @room AND r.at_day >= @since)
            """;
    }
}
