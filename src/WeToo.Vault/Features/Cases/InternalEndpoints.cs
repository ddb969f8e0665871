using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Cases;

/// <summary>What the matcher may ask of the vault: signed filings, and to take over opened contact parts. WEP-1, section 14.</summary>
internal static class InternalEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/internal/filings", FilingsAsync);
        routes.MapPost("/v1/internal/openings", OpeningsAsync);
    }

    private static async Task<IResult> FilingsAsync(HttpRequest http, MatcherKey key, Database database, CancellationToken cancel)
    {
        if (!key.Admits(http)) return Problems.From(Refusal.NotAllowed);

        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (body.Length % Limits.IdSize != 0) return Problems.From(Refusal.MalformedMessage);

        var ids = body.Chunk(Limits.IdSize).ToList();
        var filings = await database.ReadAsync(session => ids.ConvertAll(filing_id => session.QueryOne<byte[]>(Sql.Live, new { filing_id })), cancel);
        var writer = new WireWriter();
        foreach (var filing in filings) writer.Vec32(filing);
        return Bodies.Octets(writer.ToArray());
    }

    private static async Task<IResult> OpeningsAsync(HttpRequest http, MatcherKey key, KeysetBoard board, Database database, ReleaseWorker releases, CancellationToken cancel)
    {
        if (!key.Admits(http)) return Problems.From(Refusal.NotAllowed);

        var (body, refusal) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (Parse(body, out var matchId) is not { } openings) return Problems.From(Refusal.MalformedMessage);

        foreach (var opening in openings)
            if (await TakeOverAsync(database, keyset, matchId, opening, board.Today, cancel) is { } refused) return Problems.From(refused);

        releases.Wake(); // Consent may have been given in advance.
        return Results.NoContent();
    }

    private static List<Opening>? Parse(byte[] body, out byte[] matchId)
    {
        var reader = new WireReader(body);
        reader.U8(Limits.Version, Limits.Version);
        matchId = reader.Bytes(Limits.IdSize).ToArray();
        var openings = new List<Opening>();
        for (var left = reader.U8(1, Limits.MemberCount); left > 0 && !reader.Failed; left--)
        {
            var filingId = reader.Bytes(Limits.IdSize).ToArray();
            var shares = new (byte, Element, byte[])[reader.U8(least: 1)];
            for (var j = 0; j < shares.Length && !reader.Failed; j++) shares[j] = (reader.U8(least: 1), reader.Element(), reader.Bytes(Ed25519.SignatureSize).ToArray());
            openings.Add(new(filingId, shares));
        }

        return reader.Done ? openings : null;
    }

    private static async Task<Refusal?> TakeOverAsync(Database database, SignedKeyset keyset, byte[] matchId, Opening opening, uint today, CancellationToken cancel)
    {
        var id = new { filing_id = opening.FilingId };
        var stored = await database.ReadAsync(session => session.QueryOne<StoredFiling>(Sql.LiveWithContact, id), cancel);
        if (stored is null) return null; // Withdrawn in the meantime: there is nothing to open any more.

        var filing = FilingMessage.TryParse(stored.Message)!;
        var message = filing.OpeningMessage();
        if (!opening.Shares.All(share => keyset.Keyset.Keeper(share.KeeperIndex) is { } keeper && Ed25519.Verify<OpeningPurpose>(keeper.Signing.Span, message, share.Signature)))
            return Refusal.SignatureInvalid;

        var point = Quorum.Combine([.. opening.Shares.Select(share => new PartialEvaluation(share.KeeperIndex, share.Share))]);
        var padded = point is { } combined ? Tdh2.Open(combined, filing.Contact, filing.PackageLabel(PackageField.Contact), stored.Contact) : null;
        if (padded is null) return Refusal.SealingInvalid;

        // A package that no counselor's software wrote still opens the case: its counselor sees that it cannot be read.
        var package = Package.TryParse(padded) ?? new Package([], default);
        var row = new CaseRow(opening.FilingId, RandomNumberGenerator.GetBytes(Limits.IdSize), matchId, package, today);
        return await database.TransactAsync(session => Record(session, keyset.Roster, row, opening), cancel);
    }

    private static Refusal? Record(Session session, Roster roster, CaseRow row, Opening opening)
    {
        if (session.Query<long>(Sql.Known, new { filing_id = row.FilingId }).Count > 0) return null;
        if (Assignment.Choose(session, roster, row.Package.Counselors, row.MatchId) is not { } counselor) return Refusal.CounselorUnknown;

        session.Execute(Sql.Open, new
        {
            filing_id = row.FilingId, case_id = row.CaseId, match_id = row.MatchId, counselor, contact = row.Package.AgeFile.ToArray(), opened_day = (long)row.Today,
        });
        session.Execute(Sql.Sign, opening.Shares.Select(share => new { filing_id = row.FilingId, keeper_index = (long)share.KeeperIndex, signature = share.Signature }));
        return null;
    }

    private sealed record Opening(byte[] FilingId, (byte KeeperIndex, Element Share, byte[] Signature)[] Shares);

    private sealed record StoredFiling(byte[] Message, byte[] Contact);

    private sealed record CaseRow(byte[] FilingId, byte[] CaseId, byte[] MatchId, Package Package, uint Today);

    private static class Sql
    {
        internal const string Live = """
            SELECT message FROM filings f
            WHERE filing_id = @filing_id AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id)
            """;

        internal const string LiveWithContact = """
            SELECT message, contact FROM filings f
            WHERE filing_id = @filing_id AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id)
            """;

        internal const string Known = "SELECT 1 FROM cases WHERE filing_id = @filing_id";

        internal const string Open = """
            INSERT INTO cases (filing_id, case_id, match_id, counselor, contact, opened_day)
            VALUES (@filing_id, @case_id, @match_id, @counselor, @contact, @opened_day)
            """;

        internal const string Sign = """
            INSERT INTO opening_signatures (filing_id, keeper_index, signature) VALUES (@filing_id, @keeper_index, @signature)
            """;
    }
}
