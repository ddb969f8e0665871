using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Recovery;

/// <summary>
/// A lost device loses no case: two colleagues together give somebody's desk key back, still under their passphrase. WEP-1, section 12.2.
/// </summary>
internal static class RecoveryEndpoints
{
    private const int LargestBox = 2048;
    private const int LargestShare = 1024;
    private const int IdSize = 16;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/desk/recovery", ShowAsync);
        routes.MapPost("/v1/desk/recovery", PutAsync);
        routes.MapPost("/v1/desk/recoveries", AskAsync);
        routes.MapGet("/v1/desk/recoveries/{id}", CollectAsync);
        routes.MapPost("/v1/desk/recoveries/{id}/shares", GiveAsync);
        routes.MapPost("/v1/desk/recoveries/{id}/dismissal", TurnDownAsync);
    }

    private static async Task<IResult> ShowAsync(HttpRequest http, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (caller, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var (own, asked) = await database.ReadAsync(session => KeyShelf.Show(session, caller, board.Today), cancel);
        return Results.Json(new
        {
            holders = own.Select(one => Hex(one.Signing)),
            made_day = own.Count == 0 ? (long?)null : own[0].MadeDay,
            asked = asked.Select(one => new
            {
                id = Hex(one.RecoveryId), owner = Hex(one.Owner), recipient = one.Recipient, asked_day = one.AskedDay, share = one.Share, given = one.Given is not null,
            }),
        });
    }

    private static async Task<IResult> PutAsync(HttpRequest http, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (owner, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (Bodies.TryReadJson<Putting>(body) is not { Box.Length: > 0 and <= LargestBox, Shares: { } shares } putting || SharesOf(shares, owner, board.Current!.Roster) is not { } read)
            return Problems.From(Refusal.MalformedMessage);

        _ = await database.TransactAsync(session => KeyShelf.Put(session, owner, putting.Box, read, board.Today), cancel);
        return Results.NoContent();
    }

    /// <summary>Whoever asks has no key to sign with: what they get is a number, and nothing more until two colleagues have spoken with them.</summary>
    private static async Task<IResult> AskAsync(HttpRequest http, KeysetBoard board, Database database, TimeProvider time, CancellationToken cancel)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (Bodies.TryReadJson<Asking>(body) is not { Owner: not null, Recipient: not null } asking || !AgeRecipient.IsValid(asking.Recipient) || KeyOf(asking.Owner) is not { } owner)
            return Problems.From(Refusal.MalformedMessage);
        if (board.Current is not { } current) return Problems.From(Refusal.ServiceUnavailable);
        if (current.Roster.Member(owner) is null) return Problems.From(Refusal.CounselorUnknown);

        var id = RandomNumberGenerator.GetBytes(IdSize);
        var taken = await database.TransactAsync(
            session =>
            {
                if (!KeyShelf.Ask(session, id, owner, asking.Recipient, board.Today)) return false;
                OperatorLog.Append(session, time, OperatorAct.KeyRecoveryAsked, SHA256.HashData(id));
                return true;
            },
            cancel);
        return taken ? Results.Json(new { id = Hex(id) }) : Problems.From(Refusal.QuotaExhausted);
    }

    private static async Task<IResult> CollectAsync(string id, KeysetBoard board, Database database, CancellationToken cancel)
    {
        if (IdOf(id) is not { } asked) return Problems.From(Refusal.NotFound);

        var found = await database.ReadAsync(session => KeyShelf.Collect(session, asked, board.Today), cancel);
        if (found is not { } collected) return Problems.From(Refusal.NotFound);

        return collected.Box.Length == 0
            ? Results.Json(new { given = collected.Gifts.Count })
            : Results.Json(new { given = collected.Gifts.Count, box = collected.Box, shares = collected.Gifts });
    }

    private static async Task<IResult> GiveAsync(string id, HttpRequest http, DeskGate gate, KeysetBoard board, Database database, TimeProvider time, CancellationToken cancel)
    {
        var (holder, body, refusal) = await gate.AdmitWithBodyAsync(http, LargestShare, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (IdOf(id) is not { } asked) return Problems.From(Refusal.NotFound);
        if (body.Length == 0) return Problems.From(Refusal.MalformedMessage);

        var given = await database.TransactAsync(
            session =>
            {
                if (!KeyShelf.Give(session, asked, holder, body, board.Today)) return false;
                OperatorLog.Append(session, time, OperatorAct.KeyShareGiven, SHA256.HashData(asked));
                return true;
            },
            cancel);
        return given ? Results.NoContent() : Problems.From(Refusal.NotFound);
    }

    private static async Task<IResult> TurnDownAsync(string id, HttpRequest http, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (_, _, refusal) = await gate.AdmitWithBodyAsync(http, LargestShare, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (IdOf(id) is not { } asked) return Problems.From(Refusal.NotFound);

        _ = await database.TransactAsync(session => KeyShelf.TurnDown(session, asked), cancel);
        return Results.NoContent();
    }

    /// <summary>At least two shares, each for another colleague who is on the team.</summary>
    private static List<KeyShelf.Share>? SharesOf(IReadOnlyList<Part> parts, byte[] owner, Roster roster)
    {
        List<KeyShelf.Share> shares = [];
        foreach (var part in parts)
        {
            if (part is not { Holder: not null, Sealed.Length: > 0 and <= LargestShare } || KeyOf(part.Holder) is not { } holder) return null;
            if (holder.AsSpan().SequenceEqual(owner) || roster.Member(holder) is null || shares.Exists(other => other.Holder.AsSpan().SequenceEqual(holder))) return null;
            shares.Add(new(holder, part.Sealed));
        }

        return shares.Count >= KeyShelf.Quorum ? shares : null;
    }

    private static byte[]? KeyOf(string hex) => BytesOf(hex, Ed25519.PublicKeySize);

    private static byte[]? IdOf(string hex) => BytesOf(hex, IdSize);

    private static byte[]? BytesOf(string hex, int size) => hex.Length == 2 * size && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed record Putting(byte[]? Box, IReadOnlyList<Part>? Shares);

    private sealed record Part(string? Holder, byte[]? Sealed);

    private sealed record Asking(string? Owner, string? Recipient);
}
