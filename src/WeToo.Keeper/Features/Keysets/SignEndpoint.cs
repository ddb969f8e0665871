using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Ceremonies;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Keysets;

/// <summary><c>POST /v1/keysets</c>: the vault asks this keeper to sign a new revision under the same shares. WEP-1, section 12.</summary>
internal static class SignEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/keysets", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Approvals approvals, Ledger ledger, KeeperKeys keys)
    {
        var cancel = http.HttpContext.RequestAborted;
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (Parse(body) is not var (keyset, roster, changes)) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);
        if (Check(holding.Keyset, keyset, roster) is { } no) return Problems.From(no);
        // Without two of the team it takes this keeper's operator, by hand: whoever runs the vault brings nobody in alone.
        var agreed = TeamChange.Check(holding.Keyset.Deployment.Span, holding.Signed.Roster, roster, changes);
        var isOther = roster.Text != holding.Signed.Roster.Text;
        if (isOther && agreed is { } few && !await approvals.HoldsAsync(keyset.Text, always: true, cancel)) return Problems.From(few);
        if (!await approvals.HoldsAsync(keyset.Text, always: false, cancel)) return Problems.From(Refusal.KeysetNotApproved);

        var text = Encoding.UTF8.GetBytes(keyset.Text);
        var digest = SHA256.HashData(text);
        var pending = await ledger.TransactAsync(
            session =>
            {
                if (CeremonyStore.IsAnyCertified(session)) return true;
                ledger.Append(session, AuditKind.KeysetSigned, digest);
                return false;
            },
            cancel);
        if (pending) return Problems.From(Refusal.CeremonyOutOfOrder);
        return Results.Json(new { index = holding.Index, signature = Convert.ToHexStringLower(keys.Signing.Sign<KeysetPurpose>(text)) });
    }

    private static (Keyset Keyset, Roster Roster, IReadOnlyList<TeamChange> Changes)? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var keyset = Keyset.TryParse(json.RootElement.GetProperty("keyset").GetString()!);
            var roster = Roster.TryParse(json.RootElement.GetProperty("roster").GetString()!);
            TeamChange?[] changes = json.RootElement.TryGetProperty("team", out var team)
                ? [.. team.EnumerateArray().Select(change => TeamChange.TryParse(change.GetBytesFromBase64()))]
                : [];
            return keyset is null || roster is null || changes.Contains(null) ? null : (keyset, roster, [.. changes.OfType<TeamChange>()]);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentNullException or FormatException)
        {
            return null; // The framework has no way to ask first.
        }
    }

    private static Refusal? Check(Keyset present, Keyset next, Roster roster)
    {
        if (next.Epoch != present.Epoch) return Refusal.WrongEpoch;
        if (!SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text)).AsSpan().SequenceEqual(next.RosterSha256.Span)) return Refusal.RosterUnknown;

        var sameNames = present.Keepers.Select(keeper => keeper.Name).SequenceEqual(next.Keepers.Select(keeper => keeper.Name), StringComparer.Ordinal);
        return present.MayBeRevisedBy(next) && sameNames ? null : Refusal.KeysetInvalid;
    }
}
