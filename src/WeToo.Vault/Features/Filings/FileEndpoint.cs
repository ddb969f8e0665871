using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Dates;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Outbox;
using WeToo.Vault.Features.Readiness;

namespace WeToo.Vault.Features.Filings;

/// <summary><c>POST /v1/filings</c>: takes a filing, and says so in one byte whatever comes of it. WEP-1, section 7.</summary>
internal static class FileEndpoint
{
    private static readonly byte[] s_received = [1];

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/filings", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Gate gate, Database database, OutboxWorker outbox, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.SubmissionBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (!gate.IsOpen) return Problems.From(Refusal.IntakeClosed);
        if (Submission.TryParse(body) is not { } submission) return Problems.From(Refusal.MalformedMessage);
        if (Check(submission, keyset.Keyset, board.Today) is { } invalid) return Problems.From(invalid);
        if (await RecordAsync(database, submission, board.Today, cancel) is { } refused) return Problems.From(refused);

        outbox.Ring(OutboxTarget.Slips);
        return Bodies.Octets(s_received, StatusCodes.Status202Accepted);
    }

    private static Refusal? Check(Submission submission, Keyset keyset, uint today)
    {
        var filing = submission.Filing;
        if (!filing.Deployment.Span.SequenceEqual(keyset.Deployment.Span)) return Refusal.DeploymentForeign;
        if (filing.Epoch > keyset.Epoch || filing.Epoch + 1 < keyset.Epoch) return Refusal.WrongEpoch;
        if (!Days.AreNear(filing.Day, today)) return Refusal.RequestExpired;

        return filing.Credential.Check(keyset, today) ?? filing.CheckSignature() ?? submission.CheckParts();
    }

    private static Task<Refusal?> RecordAsync(Database database, Submission submission, uint today, CancellationToken cancel)
    {
        var row = new
        {
            filing_id = submission.Filing.FilingId.ToArray(),
            pseudonym = submission.Filing.Credential.Pseudonym.ToArray(),
            message = submission.Filing.Bytes.ToArray(),
            contact = submission.Contact.ToArray(),
            account = submission.Account.ToArray(),
            filed_day = (long)today,
        };
        var slips = new { target = OutboxTarget.Slips, message = submission.SlipsBox.ToArray() };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (session.Execute(Sql.Store, row) == 1)
                {
                    session.Execute(OutboxWorker.Sql.Post, slips);
                    Dated.NoteFiling(session, row.message, row.filing_id, row.pseudonym, today);
                    return null;
                }

                if (OwnFiling.IsWithdrawn(session, row.filing_id, row.pseudonym)) return Refusal.FilingWithdrawn;
                return session.QueryOne<byte[]>(Sql.Stored, row).AsSpan().SequenceEqual(row.message) ? null : Refusal.FilingIdReused;
            },
            cancel);
    }

    private static class Sql
    {
        /// <summary>A withdrawn filing keeps its row, so its id is taken for good.</summary>
        internal const string Store = """
            INSERT INTO filings (filing_id, pseudonym, message, contact, account, filed_day)
            VALUES (@filing_id, @pseudonym, @message, @contact, @account, @filed_day)
            ON CONFLICT (filing_id) DO NOTHING
            """;

        internal const string Stored = "SELECT message FROM filings WHERE filing_id = @filing_id";
    }
}
