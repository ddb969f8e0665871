using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;

namespace WeToo.Tests.Vault;

/// <summary>A counselor with the keys that are otherwise in their browser.</summary>
internal sealed class TestCounselor(string name) : IDisposable
{
    internal AgeIdentity Identity { get; } = AgeIdentity.Random(RandomNumberGenerator.Fill);

    internal SigningKey Signing { get; } = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));

    internal TeamMember Entry => new(name, Identity.Recipient, Signing.PublicKey);

    /// <summary>What the browser sends to accept an invitation.</summary>
    internal byte[] Joining(string invitation) => JsonSerializer.SerializeToUtf8Bytes(
        new { invitation, name, recipient = Identity.Recipient, signing = Convert.ToHexStringLower(Signing.PublicKey.Span) });

    /// <summary>Stands by a change of the team.</summary>
    internal Task<(byte[] Bytes, Refusal? Refusal)> SignAsync(VaultSet set, Roster before, Roster after) => AskAsync(
        set, HttpMethod.Post, "/v1/desk/team/changes",
        JsonSerializer.SerializeToUtf8Bytes(new { roster = after.Text, change = TeamChange.Write(set.Keyset.Keyset.Deployment.Span, before, after, Signing) }));

    /// <summary>Registers their own identifiers, by their y_0, as the browser does after an evaluation.</summary>
    internal async Task RegisterAsync(VaultSet set, uint revision, params byte[][] starts)
    {
        var keyset = set.Keyset.Keyset;
        byte[] puts = [.. keyset.Keepers.SelectMany(keeper => ConflictPut.Write(keyset.Deployment.Span, keeper, revision, starts, Signing, RandomNumberGenerator.Fill))];
        var (_, refusal) = await AskAsync(set, HttpMethod.Post, "/v1/desk/team/conflicts", puts);
        if (refusal is { } why) throw new InvalidOperationException($"The desk refused: {why}.");
    }

    /// <summary>The header of a request, signed now.</summary>
    internal string Header(VaultSet set, HttpMethod method, string path, byte[] body, long? at_s = null, byte[]? nonce = null) => DeskSignature.Write(
        set.Keyset.Keyset.Deployment.Span, unchecked((ulong)(at_s ?? set.Time.GetUtcNow().ToUnixTimeSeconds())),
        nonce ?? RandomNumberGenerator.GetBytes(16), method.Method, path, body, Signing);

    internal Task<(byte[] Bytes, Refusal? Refusal)> AskAsync(VaultSet set, HttpMethod method, string path, byte[]? body = null) =>
        set.SendAsync(method, path, body ?? [], DeskSignature.Header, Header(set, method, path, body ?? []));

    /// <summary>Signs a hold of a case, or its end.</summary>
    internal async Task<Refusal?> HoldAsync(VaultSet set, string caseId, byte[] filingId, uint untilDay, HoldAct act = HoldAct.Keep, HoldReason reason = HoldReason.Proceedings) =>
        (await AskAsync(set, HttpMethod.Post, $"/v1/desk/holds/{caseId}", HoldMessage.Write(set.Keyset.Keyset.Deployment.Span, filingId, act, reason, untilDay, set.Today, Signing))).Refusal;

    /// <summary>What is held or asked, as the desk lists it.</summary>
    internal async Task<IReadOnlyList<JsonElement>> HoldsAsync(VaultSet set) =>
        [.. JsonSerializer.Deserialize<JsonElement>((await AskAsync(set, HttpMethod.Get, "/v1/desk/holds")).Bytes).GetProperty("holds").EnumerateArray()];

    /// <summary>The counselor's cases, as the desk lists them.</summary>
    internal async Task<IReadOnlyList<JsonElement>> CasesAsync(VaultSet set)
    {
        var (bytes, refusal) = await AskAsync(set, HttpMethod.Get, "/v1/desk/cases");
        if (refusal is { } why) throw new InvalidOperationException($"The desk refused: {why}.");
        return [.. JsonSerializer.Deserialize<JsonElement>(bytes).GetProperty("cases").EnumerateArray()];
    }

    internal async Task<JsonElement> CaseAsync(VaultSet set, string caseId) =>
        JsonSerializer.Deserialize<JsonElement>((await AskAsync(set, HttpMethod.Get, $"/v1/desk/cases/{caseId}")).Bytes);

    /// <summary>Opens one room of an account.</summary>
    /// <returns>The account as it is sealed to them with what was added, or why not.</returns>
    internal async Task<(JsonElement Given, Refusal? Refusal)> OpenRoomAsync(VaultSet set, string caseId, int room)
    {
        var (bytes, refusal) = await AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/readings", JsonSerializer.SerializeToUtf8Bytes(new { room }));
        return (refusal is null ? JsonSerializer.Deserialize<JsonElement>(bytes) : default, refusal);
    }

    /// <summary>Finds, from both sides, that two people wrote and that they mean the same person, of each other case of the match.</summary>
    /// <returns>Null, or the first refusal.</returns>
    internal async Task<Refusal?> VerifyAsync(VaultSet set, JsonElement @case)
    {
        var (own, caseId) = (@case.GetProperty("filing_id").GetString()!, @case.GetProperty("case_id").GetString()!);
        var (bytes, refusal) = await AskAsync(set, HttpMethod.Get, $"/v1/desk/cases/{caseId}");
        if (refusal is not null) return refusal;
        if (@case.GetProperty("frozen").GetBoolean() || @case.GetProperty("state").GetString() == "withdrawn") return await FindAsync(set, caseId, own, new('1', 32), FindingQuestion.Authors);

        foreach (var other in JsonSerializer.Deserialize<JsonElement>(bytes).GetProperty("siblings").EnumerateArray())
        {
            var (theirs, otherCase, holder) = (other.GetProperty("filing_id").GetString()!, other.GetProperty("case_id").GetString()!, other.GetProperty("counselor").GetString()!);
            var counterpart = set.Counselors.Single(one => Convert.ToHexStringLower(one.Signing.PublicKey.Span) == holder);
            foreach (var question in Enum.GetValues<FindingQuestion>())
                refusal ??= await FindAsync(set, caseId, own, theirs, question) ?? await counterpart.FindAsync(set, otherCase, theirs, own, question);
        }

        return refusal;
    }

    /// <summary>Says what was found about two filings, from one side.</summary>
    internal async Task<Refusal?> FindAsync(
        VaultSet set, string caseId, string filingId, string otherId, FindingQuestion question, FindingAnswer answer = FindingAnswer.Yes) =>
        (await AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/findings", FindingMessage.Write(
            set.Keyset.Keyset.Deployment.Span, Convert.FromHexString(filingId), Convert.FromHexString(otherId), question, answer, set.Today, Signing))).Refusal;

    public void Dispose()
    {
        Identity.Dispose();
        Signing.Dispose();
    }
}
