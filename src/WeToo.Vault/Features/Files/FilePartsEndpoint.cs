using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Files;

/// <summary><c>PUT /v1/files</c>: stores the next part of a sealed file, which only its author and their counselor can open. WEP-1, section 15.</summary>
internal static class FilePartsEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/v1/files", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, FilesQuota quota, CancellationToken cancel)
    {
        var (part, refusal) = await http.AdmitAsync<FilePart>(board, FilePart.SignedSize + sizeof(uint) + Limits.FilePartBytes);
        if (part is null) return Problems.From(refusal);
        if (part.Credential.Check(board.Current!.Keyset, today: null) is { } foreign) return Problems.From(foreign);

        return await RecordAsync(database, part, quota.BytesMost, cancel) is { } refused ? Problems.From(refused) : Results.NoContent();
    }

    private static Task<Refusal?> RecordAsync(Database database, FilePart part, long bytesMost, CancellationToken cancel)
    {
        var row = new
        {
            file_id = part.FileId.ToArray(), filing_id = part.FilingId.ToArray(), pseudonym = part.Credential.Pseudonym.ToArray(), parts = (long)part.Count,
            part = (long)part.Number, sha256 = part.Sha256.ToArray(), bytes = part.Bytes.ToArray(), size_bytes = (long)part.Bytes.Length,
        };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (OwnFiling.IsWithdrawn(session, row.filing_id, row.pseudonym)) return Refusal.FilingWithdrawn;
                if (part.Number == 0) session.Execute(Sql.Begin, row);
                if (session.QueryOne<Known>(Sql.Known, row) is not { } known) return Refusal.FilePartOutOfOrder;
                if (!known.Pseudonym.AsSpan().SequenceEqual(row.pseudonym) || !known.FilingId.AsSpan().SequenceEqual(row.filing_id) || known.Parts != row.parts)
                    return Refusal.FileIdReused;
                if (row.part > known.Have) return Refusal.FilePartOutOfOrder;
                if (row.part < known.Have) // Its answer was lost: the same part is fine, another is not.
                    return session.QueryOne<byte[]>(Sql.StoredHash, row).AsSpan().SequenceEqual(row.sha256) ? null : Refusal.FileIdReused;
                if (session.Query<long>(Sql.Held, row)[0] + row.size_bytes > bytesMost) return Refusal.StorageFull;

                session.Execute(Sql.Store, row);
                session.Execute(Sql.Count, row);
                return null;
            },
            cancel);
    }

    private sealed record Known(byte[] Pseudonym, byte[] FilingId, long Parts, long Have);

    private static class Sql
    {
        internal const string Begin = """
            INSERT INTO files (file_id, filing_id, pseudonym, parts, have, size_bytes) VALUES (@file_id, @filing_id, @pseudonym, @parts, 0, 0)
            ON CONFLICT (file_id) DO NOTHING
            """;

        internal const string Known = "SELECT pseudonym, filing_id, parts, have FROM files WHERE file_id = @file_id";

        internal const string StoredHash = "SELECT sha256 FROM file_parts WHERE file_id = @file_id AND part = @part";

        internal const string Held = "SELECT CAST(coalesce(sum(size_bytes), 0) AS bigint) FROM files WHERE pseudonym = @pseudonym";

        internal const string Store = "INSERT INTO file_parts (file_id, part, sha256, bytes) VALUES (@file_id, @part, @sha256, @bytes)";

        internal const string Count = "UPDATE files SET have = have + 1, size_bytes = size_bytes + @size_bytes WHERE file_id = @file_id";
    }
}

/// <summary>How much one author may store in files.</summary>
/// <param name="BytesMost">All parts together, in bytes.</param>
internal sealed record FilesQuota(long BytesMost);
