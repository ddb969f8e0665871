using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Allies;

/// <summary>
/// Plans of allies, without an account and private: their mailbox says yes by a link, which is also where they are looked at, answered, changed and deleted.
/// </summary>
internal sealed class Commitments(Writes writes, Keys keys, Outbox outbox, MailWorker mails, Asking asking, TimeProvider time)
{
    /// <summary>What links to a plan are made for.</summary>
    internal const string Link = "commitment";

    /// <summary>The most letters of what somebody says of a day.</summary>
    internal const int LongestNote = 2_000;

    /// <summary>What may have become of it.</summary>
    internal static readonly string[] States = ["kept", "missed", "none", "dropped"];

    private const long DaySeconds = 24 * 3600;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Keeps a plan and asks the mailbox.</summary>
    /// <param name="form">What was filled in, without anything wrong.</param>
    /// <param name="ask">The ask that it takes.</param>
    /// <param name="visit">The language of mails, and our address.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<Refusal?> BeginAsync(PlanForm form, byte[]? ask, Visit visit, CancellationToken cancel)
    {
        var (id, now, address) = (RandomNumberGenerator.GetBytes(16), Now, form.Email!.Trim());
        var row = new { commitment_id = id, ask_id = ask, language = visit.Language, plan = Seal(form.Plan, id), address = keys.Seal(address, id), until_day = form.UntilDay!.Value, made_s = now };
        (string, object)[] gaps = [("link", visit.Absolute(PathOf(visit.Language, id))), ("publication", visit.Publication)];
        var mail = outbox.Seal(new(address, visit.Say("mail.plan.subject", gaps), visit.Say("mail.plan.text", gaps)));
        var (_, refusal) = await writes.TransactAsync([], session =>
        {
            session.Execute(Sql.Add, row);
            if (outbox.Count(session, form.Mailbox!, now)) Outbox.Send(session, mail, now);
            return true;
        }, cancel);
        mails.Ring();
        return refusal;
    }

    /// <summary>The mailbox says yes: from now on the days count.</summary>
    internal async Task<Refusal?> ConfirmAsync(OwnCommitment own, CancellationToken cancel)
    {
        var now = Now;
        return (await writes.TransactAsync([], session =>
        {
            if (session.Execute(Sql.Confirm, new { commitment_id = own.CommitmentId, now_s = now }) > 0) AddCheckIns(session, own.CommitmentId, now, CheckInDays.Of(own.UntilDay - (now / DaySeconds)));
            return true;
        }, cancel)).Refusal;
    }

    /// <summary>Says what became of it. Who asked hears of what was kept.</summary>
    internal async Task<Refusal?> SayAsync(OwnCommitment own, CheckIn checkIn, string state, string note, Visit visit, CancellationToken cancel)
    {
        var row = new { check_in_id = checkIn.CheckInId, commitment_id = own.CommitmentId, state, note = keys.Seal(note, checkIn.CheckInId), now_s = Now };
        var refusal = (await writes.TransactAsync([Names.Asks], session =>
        {
            if (session.Execute(Sql.Say, row) == 0) return false;
            if (state == "dropped") session.Execute(Sql.Drop, row);
            if (state == "kept" && own.AskId is { } ask) asking.TellOfClaim(session, ask, visit, row.now_s);
            return true;
        }, cancel)).Refusal;
        mails.Ring();
        return refusal;
    }

    /// <summary>Puts another plan in its place; the days of the first go on.</summary>
    internal async Task<Refusal?> ChangeAsync(OwnCommitment own, CheckIn? checkIn, PlanForm form, CancellationToken cancel)
    {
        var (now, begun) = (Now, own.BegunS!.Value);
        var row = new { commitment_id = own.CommitmentId, check_in_id = checkIn?.CheckInId, plan = Seal(form.Plan with { Name = PlanOf(own)!.Name }, own.CommitmentId), until_day = form.UntilDay!.Value, now_s = now };
        return (await writes.TransactAsync([], session =>
        {
            if (session.Execute(Sql.Change, row) == 0) return false;
            if (checkIn is not null) session.Execute(Sql.SayChanged, row);
            session.Execute(Sql.ForgetOpen, row);
            AddCheckIns(session, own.CommitmentId, begun, CheckInDays.Of(row.until_day - (begun / DaySeconds), (now - begun) / DaySeconds));
            return true;
        }, cancel)).Refusal;
    }

    /// <summary>No more mails of it.</summary>
    internal async Task<Refusal?> QuietAsync(OwnCommitment own, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Quiet, new { commitment_id = own.CommitmentId }), cancel)).Refusal;

    /// <summary>Deletes plan, notes and mailbox. What was kept stays counted.</summary>
    internal async Task<Refusal?> DeleteAsync(OwnCommitment own, CancellationToken cancel) =>
        (await writes.TransactAsync(
            [],
            session =>
            {
                var row = new { commitment_id = own.CommitmentId, empty = Array.Empty<byte>() };
                return session.Execute(Sql.DeleteNotes, row) + session.Execute(Sql.Delete, row);
            },
            cancel)).Refusal;

    /// <summary>The plan in words; <see langword="null"/> once deleted.</summary>
    internal Plan? PlanOf(OwnCommitment own) => PlanIn(own.Plan, own.CommitmentId);

    /// <inheritdoc cref="PlanOf"/>
    internal Plan? PlanIn(byte[] box, byte[] id) => keys.Open(box, id) is { } text ? JsonSerializer.Deserialize<Plan>(text) : null;

    /// <summary>What was said of a day.</summary>
    internal string NoteIn(byte[] box, byte[] id) => keys.Open(box, id) ?? "";

    /// <summary>The path of a plan.</summary>
    internal string PathOf(string language, byte[] id) => $"/{language}/commitments/{keys.LinkTo(id, Link)}";

    private byte[] Seal(Plan plan, byte[] id) => keys.Seal(JsonSerializer.Serialize(plan), id);

    private static void AddCheckIns(Session session, byte[] id, long begun, IReadOnlyList<long> days) => session.Execute(
        Sql.AddCheckIn, days.Select(day => new { check_in_id = RandomNumberGenerator.GetBytes(16), commitment_id = id, day, due_s = begun + (day * DaySeconds), empty = Array.Empty<byte>() }));

    private static class Sql
    {
        internal const string Add = """
            INSERT INTO commitments (commitment_id, ask_id, language, plan, address, until_day, state, quiet, made_s)
            SELECT @commitment_id, (SELECT a.ask_id FROM asks a WHERE a.ask_id = @ask_id AND a.state = 'shown'), @language, @plan, @address, @until_day, 'pending', 0, @made_s
            """;

        internal const string Confirm = "UPDATE commitments SET state = 'open', begun_s = @now_s WHERE commitment_id = @commitment_id AND state = 'pending'";

        internal const string AddCheckIn = """
            INSERT INTO check_ins (check_in_id, commitment_id, day, due_s, sent, state, note) VALUES (@check_in_id, @commitment_id, @day, @due_s, 0, 'open', @empty)
            ON CONFLICT (commitment_id, day) DO NOTHING
            """;

        internal const string Say = """
            UPDATE check_ins SET state = @state, note = @note, said_s = @now_s
            WHERE check_in_id = @check_in_id AND commitment_id = @commitment_id AND due_s <= @now_s AND confirmed IS NULL AND EXISTS (SELECT 1 FROM commitments m WHERE m.commitment_id = @commitment_id AND m.state = 'open')
            """;

        internal const string Drop = "UPDATE commitments SET state = 'dropped' WHERE commitment_id = @commitment_id";

        internal const string Change = "UPDATE commitments SET plan = @plan, until_day = @until_day WHERE commitment_id = @commitment_id AND state = 'open'";

        internal const string SayChanged = "UPDATE check_ins SET state = 'changed', said_s = @now_s WHERE check_in_id = @check_in_id AND state = 'open' AND due_s <= @now_s";

        internal const string ForgetOpen = "DELETE FROM check_ins WHERE commitment_id = @commitment_id AND state = 'open' AND due_s > @now_s";

        internal const string Quiet = "UPDATE commitments SET quiet = 1 WHERE commitment_id = @commitment_id";

        internal const string DeleteNotes = "UPDATE check_ins SET note = @empty WHERE commitment_id = @commitment_id";

        internal const string Delete = """
            UPDATE commitments SET state = 'deleted', plan = @empty, address = @empty, quiet = 1 WHERE commitment_id = @commitment_id
            """;
    }
}
