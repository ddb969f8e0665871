using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// <c>POST /v1/desk/counselors</c>: somebody accepts an invitation with keys made in their browser. That asks to be let in, and lets nobody in. WEP-1, section 12.
/// </summary>
internal static class JoinEndpoint
{
    private const int LongestName = 100;
    private const int MostLanguages = 10;
    private const int LongestLanguage = 35;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/desk/counselors", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, RosterWorker roster, TimeProvider time, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (Parse(body) is not { } joining) return Problems.From(Refusal.MalformedMessage);

        var row = new
        {
            code_sha256 = InvitationCodes.HashOf(joining.Invitation),
            name = joining.Name.Trim(),
            organisation = joining.Organisation?.Trim() ?? "",
            languages = string.Join(' ', joining.Languages ?? []),
            recipient = joining.Recipient,
            signing = Convert.FromHexString(joining.Signing),
            accepted_day = (long)board.Today,
        };
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                var invitation = session.QueryOne<Row>(Sql.Find, row);
                if (invitation is null) return Refusal.InvitationUnknown;
                if (invitation.Signing is not null) return invitation.Signing.AsSpan().SequenceEqual(row.signing) ? null : Refusal.InvitationUsed;
                if (session.Query<long>(Sql.KeyTaken, row).Count > 0) return Refusal.InvitationUsed;

                session.Execute(Sql.Accept, row);
                OperatorLog.Append(session, time, OperatorAct.CounselorJoined, SHA256.HashData(row.signing));
                return null;
            },
            cancel);
        if (refused is { } said) return Problems.From(said);

        await roster.RunDueAsync(cancel);
        return Results.NoContent();
    }

    private static Joining? Parse(byte[] body)
    {
        try
        {
            var joining = JsonSerializer.Deserialize<Joining>(body, s_json);
            return joining is { Invitation.Length: > 0, Name: not null, Recipient: not null, Signing.Length: 2 * Ed25519.PublicKeySize }
                && joining.Name.Trim().Length is > 0 and <= LongestName
                && (joining.Organisation?.Length ?? 0) <= LongestName
                && AreLanguages(joining.Languages ?? [])
                && joining.Signing.All(char.IsAsciiHexDigit)
                && AgeRecipient.IsValid(joining.Recipient) ? joining : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool AreLanguages(string[] languages) =>
        languages.Length <= MostLanguages
        && languages.All(one => one is { Length: > 0 and <= LongestLanguage } && one.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));

    private sealed record Joining(string Invitation, string Name, string Recipient, string Signing, string? Organisation, string[]? Languages);

    private sealed record Row(byte[]? Signing, string? Name);

    private static class Sql
    {
        internal const string Find = "SELECT signing, name FROM invitations WHERE code_sha256 = @code_sha256";

        internal const string KeyTaken = "SELECT 1 FROM invitations WHERE signing = @signing";

        internal const string Accept = """
            UPDATE invitations SET name = @name, organisation = @organisation, languages = @languages, recipient = @recipient, signing = @signing,
                accepted_day = @accepted_day
            WHERE code_sha256 = @code_sha256
            """;
    }
}
