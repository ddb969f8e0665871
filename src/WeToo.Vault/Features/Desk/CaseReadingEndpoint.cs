using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// <c>POST /v1/desk/cases/{caseId}/readings</c>: a counselor opens one room of a released account. Nobody gets an account in another way, and it is
/// recorded before it is given: its author sees who opened what, and on which day. WEP-1, section 12.4.
/// </summary>
internal static class CaseReadingEndpoint
{
    /// <summary>The files of an account, which are behind the rooms.</summary>
    internal const int Files = 8;

    private const int Additions = 9;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/desk/cases/{caseId}/readings", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);

        var room = Bodies.TryReadJson<Wanted>(body)?.Room;
        var role = board.Current?.Roster.Member(counselor)?.Role ?? TeamRole.Counselor;
        var (given, refused) = await database.TransactAsync(session => Open(session, counselor, caseId, room, role, board.Today), cancel);
        return given is null
            ? Problems.From(refused!.Value)
            : Results.Json(new { account = given.Account, addenda = given.Addenda.Select(one => new { message = one.Message, sealed_text = one.SealedText }) });
    }

    private static (Given? Given, Refusal? Refused) Open(Session session, byte[] counselor, string caseId, int? room, TeamRole role, uint today)
    {
        if (OwnCase.Find(session, counselor, caseId) is not { } row) return (null, Refusal.CaseUnknown);
        if (row.CheckActive() is { } inactive) return (null, inactive);
        if (room is not { } number || number is < 0 or > Additions) return (null, Refusal.MalformedMessage);
        if (session.QueryOne<byte[]>(Sql.Account, row) is not { } account) return (null, Refusal.NotAllowed);

        session.Execute(Sql.Record, new { row.FilingId, counselor, role = KeysetText.NameOf(role), at_day = (long)today, room = (long)number });
        session.Execute(Sql.GoOn, row);
        return (new(account, number == Additions ? session.Query<Addendum>(Sql.Addenda, row) : []), null);
    }

    private sealed record Wanted(int? Room);

    private sealed record Given(byte[] Account, IReadOnlyList<Addendum> Addenda);

    private sealed record Addendum(byte[] Message, byte[] SealedText);

    private static class Sql
    {
        internal const string Account = "SELECT account FROM cases WHERE filing_id = @FilingId AND length(account) > 0";

        internal const string Record = """
            INSERT INTO readings (filing_id, counselor, role, at_day, room) VALUES (@FilingId, @counselor, @role, @at_day, @room)
            ON CONFLICT (filing_id, counselor, at_day, room) DO NOTHING
            """;

        internal const string GoOn = "DELETE FROM rests WHERE counselor = @Counselor AND case_id = @CaseId";

        internal const string Addenda = "SELECT message, sealed_text FROM addenda WHERE filing_id = @FilingId ORDER BY number";
    }
}
