using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Files;

/// <summary><c>POST /v1/files</c> and <c>POST /v1/files/{id}/{part}</c>: an author sees how far their files are, and fetches them. WEP-1, section 15.</summary>
internal static class OwnFilesEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/files", ListAsync);
        routes.MapPost("/v1/files/{fileId}/{part:int}", ReadAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (author, refusal) = await AdmitAsync(http, board);
        if (author is null) return Problems.From(refusal);

        var files = await database.ReadAsync(session => session.Query<Row>(Sql.Own, new { pseudonym = author }), cancel);
        return Results.Json(new { files = files.Select(row => new { file_id = Convert.ToHexStringLower(row.FileId), parts = row.Parts, have = row.Have }) });
    }

    private static async Task<IResult> ReadAsync(HttpRequest http, string fileId, int part, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (author, refusal) = await AdmitAsync(http, board);
        if (author is null) return Problems.From(refusal);

        var key = new { pseudonym = author, file_id = FileIds.Parse(fileId), part = (long)part };
        return await database.ReadAsync(session => session.QueryOne<byte[]>(Sql.Part, key), cancel) is { } bytes ? Bodies.Octets(bytes) : Problems.From(Refusal.NotFound);
    }

    /// <summary>Who asks with a Status message.</summary>
    /// <returns>Their pseudonym, or null and why not.</returns>
    internal static async Task<(byte[]? Author, Refusal Refusal)> AdmitAsync(HttpRequest http, KeysetBoard board)
    {
        var (request, refusal) = await http.AdmitAsync<StatusRequest>(board, Limits.OtherBytes);
        return (request?.Pseudonym.ToArray(), refusal);
    }

    private sealed record Row(byte[] FileId, long Parts, long Have);

    private static class Sql
    {
        internal const string Own = "SELECT file_id, parts, have FROM files WHERE pseudonym = @pseudonym ORDER BY file_id";

        internal const string Part = """
            SELECT p.bytes FROM file_parts p JOIN files f ON f.file_id = p.file_id
            WHERE f.pseudonym = @pseudonym AND p.file_id = @file_id AND p.part = @part
            """;
    }
}

/// <summary>Ids of files as they stand in addresses.</summary>
internal static class FileIds
{
    /// <summary>16 bytes; no file's id when the text is none.</summary>
    internal static byte[] Parse(string text)
    {
        var id = new byte[Limits.IdSize];
        return text.Length == 2 * id.Length && Convert.FromHexString(text, id, out _, out _) == System.Buffers.OperationStatus.Done ? id : [];
    }
}
