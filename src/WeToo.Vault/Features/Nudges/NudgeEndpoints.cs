using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MimeKit;
using NodaTime;
using WeToo.Core;
using WeToo.Core.Nudges;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Nudges;

/// <summary>
/// <c>PUT /v1/nudges</c>: somebody asks for a neutral mail now and then. <c>POST /v1/nudges</c>: which one they get. A mail goes to an address
/// only after its owner has read a code there. WEP-1, section 16.
/// </summary>
internal static class NudgeEndpoints
{
    private const int AnswerSize = 3072;
    private const int MostTries = 5;
    private const int CodesPerAddress = 3;
    private const int HourSeconds = 3600;
    private const int DaySeconds = 24 * HourSeconds;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/nudges", PutAsync);
        routes.MapPost("/v1/nudges", ShowAsync);
    }

    private static async Task<IResult> PutAsync(
        HttpRequest http, KeysetBoard board, Database database, MailDrop mail, NudgeWorker worker, TimeProvider time, CancellationToken cancel)
    {
        var (put, refusal) = await http.AdmitAsync<NudgePut>(board, Limits.OtherBytes);
        if (put is null) return Problems.From(refusal);
        if (mail.Sender is null) return Problems.From(Refusal.NudgesOff);

        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var refused = put.Stops
            ? await StopAsync(database, put, cancel)
            : NudgeSettings.TryParse(put.Settings) is { } wanted && Schedule.Knows(wanted.Zone) && MailboxAddress.TryParse(wanted.To, out _)
                ? await KeepAsync(database, mail, put, wanted, now, cancel)
                : Refusal.NudgeInvalid;
        if (refused is { } said) return Problems.From(said);

        worker.Ring();
        return Results.NoContent();
    }

    private static Task<Refusal?> StopAsync(Database database, NudgePut put, CancellationToken cancel) =>
        StoreAsync(database, new Row(put.Revision, [], 0, 0, null), put, cancel);

    private static async Task<Refusal?> KeepAsync(Database database, MailDrop mail, NudgePut put, NudgeSettings wanted, Instant now, CancellationToken cancel)
    {
        var key = put.NudgeKey.ToArray();
        var row = await database.ReadAsync(session => session.QueryOne<Row>(Sql.Find, new { nudge_key = key }), cancel);
        if (row?.Revision >= put.Revision) return Refusal.RequestReplayed;

        var known = row is null ? null : mail.Open(row.Sealed, key)?.Settings;
        var isSameAddress = known is not null && string.Equals(known.To, wanted.To, StringComparison.OrdinalIgnoreCase);
        if (isSameAddress && row!.Confirmed == 1) return await ConfirmedAsync(database, mail, put, wanted, now, cancel);
        if (wanted.Code.Length == 0) return await SendCodeAsync(database, mail, put, wanted, now, cancel);
        if (!isSameAddress || row!.Tries >= MostTries) return Refusal.NudgeCodeWrong;
        if (Equal(known!.Code, wanted.Code)) return await ConfirmedAsync(database, mail, put, wanted, now, cancel);

        return await StoreAsync(database, row with { Revision = put.Revision, Tries = row.Tries + 1 }, put, cancel) ?? Refusal.NudgeCodeWrong;
    }

    private static Task<Refusal?> ConfirmedAsync(Database database, MailDrop mail, NudgePut put, NudgeSettings wanted, Instant now, CancellationToken cancel) =>
        StoreAsync(
            database,
            new Row(put.Revision, mail.Seal(put.Settings, "", put.NudgeKey.ToArray()), 1, 0, Schedule.First(wanted, now).ToUnixTimeSeconds()),
            put,
            cancel);

    private static Task<Refusal?> SendCodeAsync(Database database, MailDrop mail, NudgePut put, NudgeSettings wanted, Instant now, CancellationToken cancel)
    {
        var at_s = now.ToUnixTimeSeconds();
        var row = new Row(put.Revision, mail.Seal(put.Settings, MailDrop.NewCode(), put.NudgeKey.ToArray()), 0, 0, at_s);
        var sent = new { address = mail.MarkOf(wanted.To), at_s, hour_ago = at_s - HourSeconds, day_ago = at_s - DaySeconds };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (session.QueryOne<long>(Sql.SentToAddress, sent) >= CodesPerAddress || session.QueryOne<long>(Sql.SentOfLate, sent) >= mail.CodesPerHour) return Refusal.NudgeLimit;
                if (Store(session, row, put) is { } refused) return refused;

                session.Execute(Sql.CountCode, sent);
                return null;
            },
            cancel);
    }

    private static Task<Refusal?> StoreAsync(Database database, Row row, NudgePut put, CancellationToken cancel) =>
        database.TransactAsync(session => Store(session, row, put), cancel);

    private static Refusal? Store(Session session, Row row, NudgePut put) => session.Execute(
        Sql.Keep,
        new
        {
            nudge_key = put.NudgeKey.ToArray(), revision = (long)put.Revision, @sealed = row.Sealed, confirmed = row.Confirmed, tries = row.Tries, due_s = row.DueS,
            put_day = (long)put.Day,
        }) == 1
        ? null
        : Refusal.RequestReplayed;

    private static async Task<IResult> ShowAsync(HttpRequest http, KeysetBoard board, Database database, MailDrop mail, CancellationToken cancel)
    {
        var (request, refusal) = await http.AdmitAsync<NudgeRequest>(board, Limits.OtherBytes);
        if (request is null) return Problems.From(refusal);

        var key = request.NudgeKey.ToArray();
        var row = await database.ReadAsync(session => session.QueryOne<Row>(Sql.Find, new { nudge_key = key }), cancel);
        var settings = row is null || mail.Sender is null ? null : mail.Open(row.Sealed, key)?.Bytes;
        var answer = JsonSerializer.Serialize(new
        {
            sender = mail.Sender,
            revision = row?.Revision ?? 0,
            confirmed = row?.Confirmed == 1,
            next_s = row?.Confirmed == 1 ? row.DueS : null,
            settings = (settings ?? NudgePut.Pad("")).ToArray(),
        });
        return Results.Bytes(Encoding.UTF8.GetBytes(answer.PadRight(AnswerSize)), "application/json");
    }

    private static bool Equal(string sent, string typed) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(typed));

    private sealed record Row(long Revision, byte[] Sealed, long Confirmed, long Tries, long? DueS);

    private static class Sql
    {
        internal const string Find = "SELECT revision, sealed, confirmed, tries, due_s FROM nudges WHERE nudge_key = @nudge_key";

        internal const string Keep = """
            INSERT INTO nudges (nudge_key, revision, sealed, confirmed, tries, due_s, put_day) VALUES (@nudge_key, @revision, @sealed, @confirmed, @tries, @due_s, @put_day)
            ON CONFLICT (nudge_key) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed, confirmed = excluded.confirmed, tries = excluded.tries,
                due_s = excluded.due_s, put_day = excluded.put_day
            WHERE excluded.revision > nudges.revision
            """;

        internal const string SentToAddress = "SELECT count(*) FROM nudge_codes WHERE address = @address AND at_s > @day_ago";

        internal const string SentOfLate = "SELECT count(*) FROM nudge_codes WHERE at_s > @hour_ago";

        internal const string CountCode = "INSERT INTO nudge_codes (address, at_s) VALUES (@address, @at_s)";
    }
}
