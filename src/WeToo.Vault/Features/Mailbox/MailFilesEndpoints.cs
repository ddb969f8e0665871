using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Signing;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Files;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Mailbox;

/// <summary>Sealed files that go with a message, in parts, either way. What opens them stands in the message. WEP-1, section 17.2.</summary>
internal static class MailFilesEndpoints
{
    /// <summary>The most parts of one file: 10 MB, padded.</summary>
    internal const uint PartCount = 12;

    internal static void Map(IEndpointRouteBuilder routes, long bytesPerSide)
    {
        routes.MapPut("/v1/mail/files", (HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel) =>
            PutByAuthorAsync(http, board, database, bytesPerSide, cancel));
        routes.MapPost("/v1/mail/files/{fileId}/{part:int}", ReadByAuthorAsync);
        routes.MapPost(
            "/v1/desk/cases/{caseId}/mail/files/{fileId}/{part:int}",
            (HttpRequest http, string caseId, string fileId, int part, DeskGate gate, Database database, CancellationToken cancel) =>
                PutByCounselorAsync(http, (caseId, fileId, part), gate, database, bytesPerSide, cancel));
        routes.MapGet("/v1/desk/cases/{caseId}/mail/files/{fileId}/{part:int}", ReadByCounselorAsync);
    }

    private static async Task<IResult> PutByAuthorAsync(HttpRequest http, KeysetBoard board, Database database, long bytesPerSide, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(FilePart.SignedSize + sizeof(uint) + Limits.FilePartBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (FilePart.TryParse(body) is not { Count: <= PartCount } part) return Problems.From(Refusal.MalformedMessage);
        if (!part.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);
        if (!Days.AreNear(part.Day, board.Today)) return Problems.From(Refusal.RequestExpired);
        if (part.CheckSignature<MailPartPurpose>() is { } invalid) return Problems.From(invalid);

        var key = new { filing_id = part.FilingId.ToArray(), pseudonym = part.Credential.Pseudonym.ToArray() };
        var refused = await database.TransactAsync(
            session => session.QueryOne<Box>(Sql.BoxOfAuthor, key) is not { } box ? Refusal.CaseUnknown
                : box.Withdrawn > 0 ? Refusal.FilingWithdrawn
                : Store(session, box, new(part.FileId.ToArray(), part.Number, part.Count, 1, part.Sha256.ToArray(), part.Bytes.ToArray()), bytesPerSide),
            cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    private static async Task<IResult> PutByCounselorAsync(
        HttpRequest http, (string CaseId, string FileId, int Part) at, DeskGate gate, Database database, long bytesPerSide, CancellationToken cancel)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, sizeof(uint) + Limits.FilePartBytes, cancel);
        if (refusal is { } why) return Problems.From(why);

        var key = new { counselor, case_id = FileIds.Parse(at.CaseId) };
        var refused = await database.TransactAsync(
            session => session.QueryOne<Box>(Sql.BoxOfCounselor, key) is not { } box ? Refusal.CaseUnknown
                : box.Withdrawn > 0 ? Refusal.FilingWithdrawn
                : box.Frozen > 0 ? Refusal.ContactFrozen
                : Parse(at.FileId, at.Part, body) is not { } part ? Refusal.MalformedMessage
                : Store(session, box, part, bytesPerSide),
            cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    private static async Task<IResult> ReadByAuthorAsync(HttpRequest http, string fileId, int part, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (author, refusal) = await OwnFilesEndpoint.AdmitAsync(http, board);
        if (author is null) return Problems.From(refusal);

        var key = new { pseudonym = author, file_id = FileIds.Parse(fileId), part = (long)part };
        return await database.ReadAsync(session => session.QueryOne<byte[]>(Sql.PartForAuthor, key), cancel) is { } bytes ? Bodies.Octets(bytes) : Problems.From(Refusal.NotFound);
    }

    private static async Task<IResult> ReadByCounselorAsync(
        HttpRequest http, string caseId, string fileId, int part, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (counselor, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var key = new { counselor, case_id = FileIds.Parse(caseId), file_id = FileIds.Parse(fileId), part = (long)part };
        return await database.ReadAsync(session => session.QueryOne<byte[]>(Sql.PartForCounselor, key), cancel) is { } bytes ? Bodies.Octets(bytes) : Problems.From(Refusal.CaseUnknown);
    }

    /// <summary>u32 parts ‖ bytes.</summary>
    private static Part? Parse(string fileId, int number, byte[] body)
    {
        if (FileIds.Parse(fileId) is not { Length: Limits.IdSize } id || body.Length <= sizeof(uint)) return null;

        var (count, bytes) = (new WireReader(body).U32(), body[sizeof(uint)..]);
        return count is >= 1 and <= PartCount && number >= 0 && number < count ? new(id, number, count, 0, SHA256.HashData(bytes), bytes) : null;
    }

    private static Refusal? Store(Session session, Box box, Part part, long bytesPerSide)
    {
        var row = new { part.FileId, part.Number, part.Count, part.ByAuthor, part.Sha256, part.Bytes, box.FilingId, box.Counselor };
        var known = session.QueryOne<Known>(Sql.Known, row)!;
        if (known.Others > 0) return Refusal.FileIdReused;
        if (part.Number > known.Have) return Refusal.FilePartOutOfOrder;
        if (part.Number < known.Have) // Its answer was lost: the same part is fine, another is not.
            return session.QueryOne<byte[]>(Sql.StoredHash, row).AsSpan().SequenceEqual(part.Sha256) ? null : Refusal.FileIdReused;
        if (session.Query<long>(Sql.Held, row)[0] + part.Bytes.Length > bytesPerSide) return Refusal.StorageFull;

        session.Execute(Sql.Store, row);
        return null;
    }

    private sealed record Part(byte[] FileId, long Number, long Count, long ByAuthor, byte[] Sha256, byte[] Bytes);

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Box
    {
        public byte[] FilingId { get; init; } = [];

        public byte[] Counselor { get; init; } = [];

        public long Withdrawn { get; init; }

        public long Frozen { get; init; }
    }

    /// <inheritdoc cref="Box"/>
    private sealed class Known
    {
        public long Have { get; init; }

        public long Others { get; init; }
    }

    private static class Sql
    {
        private const string Box = $"""
            SELECT c.filing_id, c.counselor, (SELECT count(*) FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn, {FreezeEndpoint.Frozen.OfCase} AS frozen
            FROM cases c
            """;

        internal const string BoxOfAuthor = Box + " JOIN filings f ON f.filing_id = c.filing_id WHERE c.filing_id = @filing_id AND f.pseudonym = @pseudonym AND length(c.counselor) > 0 AND c.stage > 0";

        internal const string BoxOfCounselor = Box + " WHERE c.counselor = @counselor AND c.case_id = @case_id";

        internal const string Known = """
            SELECT count(*) AS have,
                coalesce(sum(CASE WHEN filing_id = @FilingId AND counselor = @Counselor AND by_author = @ByAuthor AND parts = @Count THEN 0 ELSE 1 END), 0) AS others
            FROM mail_parts WHERE file_id = @FileId
            """;

        internal const string StoredHash = "SELECT sha256 FROM mail_parts WHERE file_id = @FileId AND part = @Number";

        internal const string Held = """
            SELECT CAST(coalesce(sum(length(bytes)), 0) AS bigint) FROM mail_parts WHERE filing_id = @FilingId AND counselor = @Counselor AND by_author = @ByAuthor
            """;

        internal const string Store = """
            INSERT INTO mail_parts (file_id, part, parts, filing_id, counselor, by_author, sha256, bytes)
            VALUES (@FileId, @Number, @Count, @FilingId, @Counselor, @ByAuthor, @Sha256, @Bytes)
            """;

        internal const string PartForAuthor = """
            SELECT p.bytes FROM mail_parts p JOIN filings f ON f.filing_id = p.filing_id
            WHERE f.pseudonym = @pseudonym AND p.file_id = @file_id AND p.part = @part
            """;

        internal const string PartForCounselor = $"""
            SELECT p.bytes FROM mail_parts p JOIN cases c ON c.filing_id = p.filing_id AND c.counselor = p.counselor
            WHERE c.counselor = @counselor AND c.case_id = @case_id AND p.file_id = @file_id AND p.part = @part AND {FreezeEndpoint.Frozen.OfCase} = 0
            """;
    }
}
