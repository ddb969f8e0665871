using System.Globalization;
using System.Text.Json;
using WeToo.Core;
using WeToo.Hosting;
using WeToo.Registrar.Features.Invitations;
using WeToo.Registrar.Features.Work;
using WeToo.Registrar.Keys;

namespace WeToo.Registrar.Features.Credentials;

/// <summary><c>GET /v1/registrar</c> and <c>POST /v1/credentials</c>: one blind signature for one person. WEP-1, section 3.</summary>
internal static class CredentialEndpoints
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/registrar", Describe);
        routes.MapPost("/v1/credentials", SignAsync);
    }

    private static IResult Describe(RegistrarOptions options, WorkLedger work) => Results.Json(new
    {
        mode = options.Mode == CredentialMode.Work ? "work" : "invitation",
        work_bits = options.WorkBits,
        challenge = work.Challenge(),
    });

    private static async Task<IResult> SignAsync(
        HttpRequest http, RegistrarOptions options, RegistrarSigningKey key, InvitationList invitations, WorkLedger work, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (Parse(body) is not { } request || !key.Accepts(request.Blinded)) return Problems.From(Refusal.MalformedMessage);

        // Recorded before it is signed: a code that gave a signature is used, whatever happens to the answer, and nobody without one makes us compute.
        var refused = options.Mode == CredentialMode.Invitation
            ? await RedeemAsync(request, invitations, cancel)
            : await SpendAsync(request, work, cancel);
        return refused is { } said ? Problems.From(said) : Results.Json(new { blind_signature = key.BlindSign(request.Blinded) });
    }

    private static Task<Refusal?> RedeemAsync(SignRequest request, InvitationList invitations, CancellationToken cancel) =>
        request.Invitation is { } code ? invitations.RedeemAsync(code, request.Blinded, cancel) : Task.FromResult<Refusal?>(Refusal.InvitationUnknown);

    private static Task<Refusal?> SpendAsync(SignRequest request, WorkLedger work, CancellationToken cancel) =>
        request.Work is { Challenge: not null } done && ulong.TryParse(done.Nonce, NumberStyles.None, CultureInfo.InvariantCulture, out var nonce)
            ? work.SpendAsync(done.Challenge, nonce, request.Blinded, cancel)
            : Task.FromResult<Refusal?>(Refusal.WorkInsufficient);

    private static SignRequest? Parse(byte[] body)
    {
        try
        {
            var request = JsonSerializer.Deserialize<SignRequest>(body, s_json);
            return request is { Blinded: not null } ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record SignRequest(byte[] Blinded, string? Invitation, WorkDone? Work);

    private sealed record WorkDone(string? Challenge, string? Nonce);
}
