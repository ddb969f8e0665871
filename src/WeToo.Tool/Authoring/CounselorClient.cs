using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Tool.Authoring;

/// <summary>One case, as the desk shows it to its counselor. WEP-1, section 12.</summary>
internal sealed record DeskCase(string CaseId, string MatchId, string FilingId, uint OpenedDay, string State, bool Verified, byte[]? Contact, byte[]? Account, IReadOnlyList<DeskAddendum>? Addenda);

/// <summary>What an author added, as the desk gives it.</summary>
internal sealed record DeskAddendum(byte[] Message, byte[] SealedText);

/// <summary>What a counselor's app does, for the terminal: keys, cases, the check, the account.</summary>
internal sealed class CounselorClient : IDisposable
{
    private readonly VaultClient _vault;
    private readonly TimeProvider _time;
    private readonly byte[] _deployment;
    private readonly SigningKey _signing = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(SigningKey.SeedSize));
    private readonly AgeIdentity _identity = AgeIdentity.Random(RandomNumberGenerator.Fill);

    internal CounselorClient(VaultClient vault, TimeProvider time, ReadOnlyMemory<byte> deployment) =>
        (_vault, _time, _deployment) = (vault, time, deployment.ToArray());

    /// <summary>Accepts an invitation.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> JoinAsync(string invitation, string name, CancellationToken cancel) =>
        (await _vault.PostJsonAsync(
            "v1/desk/counselors",
            new { invitation, name, recipient = _identity.Recipient, signing = Convert.ToHexStringLower(_signing.PublicKey.Span) },
            cancel)).Refused;

    /// <summary>The counselor's own cases.</summary>
    internal async Task<(IReadOnlyList<DeskCase> Cases, string? Refused)> CasesAsync(CancellationToken cancel)
    {
        var answer = await AskAsync(HttpMethod.Get, "v1/desk/cases", [], cancel);
        if (answer.Body is null) return ([], answer.Refused);

        using var json = JsonDocument.Parse(answer.Body);
        return (json.RootElement.GetProperty("cases").Deserialize<List<DeskCase>>(ContentJson.Options)!, null);
    }

    /// <summary>One case with what may be read of it.</summary>
    internal async Task<(DeskCase? Case, string? Refused)> OpenAsync(string caseId, CancellationToken cancel)
    {
        var answer = await AskAsync(HttpMethod.Get, $"v1/desk/cases/{caseId}", [], cancel);
        return answer.Body is null ? (null, answer.Refused) : (JsonSerializer.Deserialize<DeskCase>(answer.Body, ContentJson.Options), null);
    }

    /// <summary>Says that the same person is meant.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> VerifyAsync(DeskCase one, CancellationToken cancel)
    {
        var day = (uint)(_time.GetUtcNow().ToUnixTimeSeconds() / 86400);
        var verification = VerificationMessage.Write(_deployment, Convert.FromHexString(one.FilingId), day, _signing);
        return (await AskAsync(HttpMethod.Post, $"v1/desk/cases/{one.CaseId}/verification", verification, cancel)).Refused;
    }

    /// <summary>Reads what was sealed to this counselor; null when it was not, or is not there.</summary>
    internal T? Read<T>(byte[]? ageFile)
        where T : class =>
        ageFile is { Length: > 0 } && AgeFile.TryDecrypt(_identity, ageFile) is { } json ? ContentJson.TryRead<T>(json) : null;

    /// <summary>Reads what was added to an account that can be read; null when it is not its author's, or not for this place in it.</summary>
    internal AddendumContent? Read(AccountContent account, DeskAddendum one)
    {
        byte[] whole = [.. new WeToo.Core.Wire.WireWriter().Bytes(one.Message).Vec32(one.SealedText).Written];
        if (account.AddendaKey is null || AddendumMessage.TryParse(whole) is not { } addendum || addendum.Check() is not null) return null;
        if (Convert.ToHexStringLower(addendum.Pseudonym.Span) != account.Pseudonym || !addendum.Deployment.Span.SequenceEqual(_deployment)) return null;

        using var key = SecretBytes.Take(Convert.FromHexString(account.AddendaKey));
        var label = Labels.Addendum(_deployment, addendum.Pseudonym.Span, addendum.FilingId.Span, addendum.Number);
        return Addenda.Open(key, label, addendum.Sealed.Span) is { } json ? ContentJson.TryRead<AddendumContent>(System.Text.Encoding.UTF8.GetBytes(json)) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signing.Dispose();
        _identity.Dispose();
    }

    private Task<ServerAnswer> AskAsync(HttpMethod method, string path, byte[] body, CancellationToken cancel)
    {
        var header = DeskSignature.Write(
            _deployment, (ulong)_time.GetUtcNow().ToUnixTimeSeconds(), RandomNumberGenerator.GetBytes(Limits.IdSize), method.Method, "/" + path, body, _signing);
        return _vault.SendAsync(method, path, method == HttpMethod.Get ? null : VaultClient.Octets(body), (DeskSignature.Header, header), cancel);
    }
}
