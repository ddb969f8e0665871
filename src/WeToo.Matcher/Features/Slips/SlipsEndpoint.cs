using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Features.Matching;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Slips;

/// <summary><c>POST /v1/slips</c>: takes slips boxed for the matcher, several at once. WEP-1, section 7.</summary>
internal static class SlipsEndpoint
{
    private const byte Stored = 1;
    private const byte NotTaken = 2;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/slips", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest http, MatcherKeys keys, KeysetSource keysets, Database database, Delay delay, MatchingWorker worker, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (refusal is { } why) return Problems.From(why);
        if (Parse(body) is not { } boxes) return Problems.From(Refusal.MalformedMessage);
        if (await keysets.GetAsync(cancel) is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);

        if (boxes.Exists(box => Open(keys, box) is { } slips && slips.Credential.Check(keyset.Keyset, today: null) == Refusal.CredentialForeign))
            keyset = await keysets.RefreshAsync(cancel) ?? keyset; // A registrar may have a new key.

        var accepted = boxes.Select(box => Accept(keys, keyset.Keyset, box, delay)).ToList();
        _ = await database.TransactAsync(
            session =>
            {
                foreach (var row in accepted)
                    if (row is not null) Record(session, row);
                return true;
            },
            cancel);
        worker.Wake();
        return Bodies.Octets(accepted.Select(row => row is null ? NotTaken : Stored).ToArray());
    }

    private static List<ReadOnlyMemory<byte>>? Parse(byte[] body)
    {
        var reader = new WireReader(body);
        var boxes = new List<ReadOnlyMemory<byte>>();
        while (reader.Left > 0 && !reader.Failed) boxes.Add(reader.Vec32(Limits.EvidenceBytes));
        return reader.Done && boxes.Count > 0 ? boxes : null;
    }

    private static SlipsMessage? Open(MatcherKeys keys, ReadOnlyMemory<byte> box) =>
        keys.Unbox(box.Span) is { } message ? SlipsMessage.TryParse(message) : null;

    private static Row? Accept(MatcherKeys keys, Keyset keyset, ReadOnlyMemory<byte> box, Delay delay)
    {
        if (Open(keys, box) is not { } slips
            || !slips.Deployment.Span.SequenceEqual(keyset.Deployment.Span)
            || slips.Credential.Check(keyset, today: null) is not null
            || slips.CheckSignature() is not null)
            return null;

        var rung = slips.LeastNumber - 1;
        return new(
            slips.FilingId.ToArray(),
            slips.Credential.Pseudonym.ToArray(),
            slips.LeastNumber,
            keys.Seal(slips.Bytes.Span, [.. slips.Credential.Pseudonym.Span, .. slips.FilingId.Span]),
            delay.NextDue(),
            [.. slips.Slips.Select(slip => keys.Pepper(rung, slip.Tag.Span))]);
    }

    private static void Record(Session session, Row row)
    {
        if (session.Query<long>(Sql.Withdrawn, new { row.Pseudonym, row.FilingId }).Count > 0) return;

        var filing = session.Query<long>(Sql.Store, new { row.FilingId, row.Pseudonym, row.LeastNumber, row.Message, row.DueS });
        if (filing.Count == 0) return; // Known already: the vault delivers at least once.

        session.Execute(Sql.Stand, row.Tags.Select((tag, slip) => new { tag, filing = filing[0], slip = (long)slip, rung = row.LeastNumber - 1 }));
    }

    private sealed record Row(byte[] FilingId, byte[] Pseudonym, long LeastNumber, byte[] Message, long DueS, IReadOnlyList<byte[]> Tags);

    private static class Sql
    {
        internal const string Withdrawn = "SELECT 1 FROM tombstones WHERE pseudonym = @pseudonym AND filing_id = @filing_id";

        internal const string Store = """
            INSERT INTO filings (filing_id, pseudonym, least_number, message, due_s)
            VALUES (@filing_id, @pseudonym, @least_number, @message, @due_s)
            ON CONFLICT (pseudonym, filing_id) DO NOTHING
            RETURNING filing
            """;

        internal const string Stand = "INSERT INTO standings (tag, filing, slip, rung) VALUES (@tag, @filing, @slip, @rung)";
    }
}
