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
        var name = keys.NameOf(slips.Credential.Pseudonym, slips.FilingId);
        return new(
            name,
            keys.Seal(slips.Bytes.Span, name),
            delay.NextDue(),
            rung,
            [.. slips.Slips.Select(slip => keys.Pepper(rung, slip.Tag.Span))]);
    }

    private static void Record(Session session, Row row)
    {
        if (session.Query<long>(Sql.Withdrawn, new { name = row.Name }).Count > 0) return;

        var filing = session.Query<long>(Sql.Store, new { name = row.Name, message = row.Message, due_s = row.DueS });
        if (filing.Count == 0) return; // Known already: the vault delivers at least once.

        session.Execute(Sql.Stand, row.Tags.Select((tag, slip) => new { tag, filing = filing[0], slip = (long)slip, rung = row.Rung }));
    }

    private sealed record Row(byte[] Name, byte[] Message, long DueS, long Rung, IReadOnlyList<byte[]> Tags);

    private static class Sql
    {
        internal const string Withdrawn = "SELECT 1 FROM tombstones WHERE name = @name";

        internal const string Store = """
            INSERT INTO filings (name, message, counts_from_s, due_s) VALUES (@name, @message, @due_s, @due_s)
            ON CONFLICT (name) DO NOTHING
            RETURNING filing
            """;

        internal const string Stand = "INSERT INTO standings (tag, filing, slip, rung) VALUES (@tag, @filing, @slip, @rung)";
    }
}
