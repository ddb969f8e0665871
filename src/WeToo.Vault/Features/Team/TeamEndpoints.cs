using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Team;

/// <summary>How a team changes: somebody of it proposes the next roster, another signs the same, and keepers check both. WEP-1, section 12.1.</summary>
internal static class TeamEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/desk/team", ShowAsync);
        routes.MapPost("/v1/desk/team/changes", SignAsync);
        routes.MapPost("/v1/desk/team/invitations", InviteAsync);
        routes.MapPost("/v1/desk/team/dismissals", DismissAsync);
        routes.MapPost("/v1/desk/team/conflicts", RegisterAsync);
    }

    private static async Task<IResult> ShowAsync(HttpRequest http, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (_, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var current = board.Current!;
        var (candidates, changes, registered) = await database.ReadAsync(
            session => (TeamBook.Candidates(session), TeamBook.Changes(session, current.Roster), ConflictCourier.Registered(session, current)), cancel);
        return Results.Json(new
        {
            candidates = candidates.Select(one => new
            {
                name = one.Name, organisation = one.Organisation, languages = one.Languages, recipient = one.Recipient, signing = Hex(one.Signing), accepted_day = one.SinceDay,
            }),
            changes = changes.Select(one => new { roster = one.Roster, made_day = one.MadeDay, signers = one.Signed.Select(change => Hex(change.Signer)) }),
            registered,
        });
    }

    private static async Task<IResult> SignAsync(
        HttpRequest http, DeskGate gate, KeysetBoard board, Database database, RosterWorker worker, TimeProvider time, CancellationToken cancel)
    {
        var (signer, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (Bodies.TryReadJson<Signing>(body) is not { Roster: not null, Change: not null } signing
            || Roster.TryParse(signing.Roster) is not { } next
            || TeamChange.TryParse(signing.Change) is not { } change)
            return Problems.From(Refusal.MalformedMessage);
        if (Check(change, signer, board.Current!, next) is { } refused) return Problems.From(refused);

        _ = await database.TransactAsync(
            session =>
            {
                OperatorLog.Append(session, time, OperatorAct.TeamChangeSigned, SHA256.HashData(change.Bytes.Span));
                return TeamBook.Sign(session, signing.Roster, change, board.Today);
            },
            cancel);
        await worker.RunDueAsync(cancel);
        return Results.NoContent();
    }

    /// <summary>The caller's own conflict tags, one message for each keeper. Nobody here can tell anything from them.</summary>
    private static async Task<IResult> RegisterAsync(
        HttpRequest http, DeskGate gate, KeysetBoard board, Database database, RosterWorker worker, CancellationToken cancel)
    {
        var (member, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);

        var (puts, current) = (body.Chunk(ConflictPut.Size).Select(one => ConflictPut.TryParse(one)).ToList(), board.Current!);
        if (puts.Count != current.Keyset.Keepers.Count || puts.Exists(put => put is null || !put.Member.Span.SequenceEqual(member))) return Problems.From(Refusal.MalformedMessage);
        if (current.Keyset.Keepers.Zip(puts, (keeper, put) => put!.Check(current.Keyset.Deployment.Span, keeper, current.Roster)).FirstOrDefault(no => no is not null) is { } no)
            return Problems.From(no);

        _ = await database.TransactAsync(session => ConflictCourier.Take(session, puts.OfType<ConflictPut>()), cancel);
        await worker.RunDueAsync(cancel);
        return Results.NoContent();
    }

    private static Refusal? Check(TeamChange change, byte[] signer, SignedKeyset current, Roster next)
    {
        if (!change.Signer.Span.SequenceEqual(signer) || !change.After.Span.SequenceEqual(TeamBook.HashOf(next))) return Refusal.MalformedMessage;
        if (!change.Deployment.Span.SequenceEqual(current.Keyset.Deployment.Span)) return Refusal.DeploymentForeign;
        return change.Before.Span.SequenceEqual(TeamBook.HashOf(current.Roster)) ? change.CheckSignature() : Refusal.RosterUnknown;
    }

    /// <summary>
    /// The code is made in the browser, so that nobody learns it here. It lets nobody in: whoever uses it is a candidate until two people of the team have signed.
    /// </summary>
    private static Task<IResult> InviteAsync(HttpRequest http, DeskGate gate, Database database, CancellationToken cancel) =>
        WithKeyAsync(http, gate, database, InvitationCodes.Issue, cancel);

    private static Task<IResult> DismissAsync(HttpRequest http, DeskGate gate, Database database, CancellationToken cancel) =>
        WithKeyAsync(http, gate, database, TeamBook.Dismiss, cancel);

    private static async Task<IResult> WithKeyAsync(HttpRequest http, DeskGate gate, Database database, Func<Session, byte[], bool> act, CancellationToken cancel)
    {
        var (_, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (Bodies.TryReadJson<Keyed>(body) is not { Key.Length: 64 } keyed || !keyed.Key.All(char.IsAsciiHexDigit)) return Problems.From(Refusal.MalformedMessage);

        _ = await database.TransactAsync(session => act(session, Convert.FromHexString(keyed.Key)), cancel);
        return Results.NoContent();
    }

    private static string Hex(ReadOnlyMemory<byte> key) => Convert.ToHexStringLower(key.Span);

    private sealed record Signing(string? Roster, byte[]? Change);

    /// <param name="Key">The SHA-256 of a code or of a proposed roster, or a candidate's signing key.</param>
    private sealed record Keyed(string? Key);
}
