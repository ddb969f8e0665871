using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Tool.Authoring;

/// <summary>One case, as the desk shows it to its counselor. WEP-1, section 12.</summary>
internal sealed record DeskCase(string CaseId, string MatchId, string FilingId, uint OpenedDay, string State, bool Verified, byte[]? Contact, int Added, IReadOnlyList<DeskSibling>? Siblings);

/// <summary>Another case of the match.</summary>
internal sealed record DeskSibling(string CaseId, string FilingId, string Counselor);

/// <summary>What opens with one room of an account.</summary>
internal sealed record DeskReading(byte[] Account, IReadOnlyList<DeskAddendum> Addenda);

/// <summary>What an author added, as the desk gives it.</summary>
internal sealed record DeskAddendum(byte[] Message, byte[] SealedText);

/// <summary>Who asks to be let in, and what was proposed.</summary>
internal sealed record DeskTeam(IReadOnlyList<DeskCandidate> Candidates, IReadOnlyList<DeskChange> Changes);

/// <summary>Somebody who accepted an invitation.</summary>
internal sealed record DeskCandidate(string Name, string Organisation, IReadOnlyList<string> Languages, string Recipient, string Signing);

/// <summary>A roster that somebody proposed.</summary>
internal sealed record DeskChange(string Roster);

/// <summary>What a counselor's app does, for the terminal: keys, cases, the check, the account.</summary>
internal sealed class CounselorClient : IDisposable
{
    private readonly VaultClient _vault;
    private readonly TimeProvider _time;
    private readonly byte[] _deployment;
    private readonly SecretBytes _seed = SecretBytes.Random(SigningKey.SeedSize, RandomNumberGenerator.Fill);
    private readonly SigningKey _signing;
    private readonly AgeIdentity _identity = AgeIdentity.Random(RandomNumberGenerator.Fill);

    internal CounselorClient(VaultClient vault, TimeProvider time, ReadOnlyMemory<byte> deployment) =>
        (_vault, _time, _deployment, _signing) = (vault, time, deployment.ToArray(), SigningKey.FromSeed(_seed.Span));

    /// <summary>What the roster says of them, or will.</summary>
    internal ReadOnlyMemory<byte> Signing => _signing.PublicKey;

    /// <summary>Accepts an invitation: from then on they ask to be let in.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> JoinAsync(string invitation, string name, CancellationToken cancel) =>
        (await _vault.PostJsonAsync(
            "v1/desk/counselors",
            new { invitation, name, recipient = _identity.Recipient, signing = Convert.ToHexStringLower(_signing.PublicKey.Span) },
            cancel)).Refused;

    /// <summary>Stands by letting a candidate in: proposes it, or signs what another of the team proposed. Their keys must have been compared.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> LetInAsync(ReadOnlyMemory<byte> candidate, CancellationToken cancel)
    {
        var published = await _vault.GetAsync("v1/keyset", cancel);
        if (published.Body is null || SignedKeyset.TryParse(Encoding.UTF8.GetString(published.Body)) is not { } keyset) return published.Refused ?? "keyset-invalid";

        var answer = await AskAsync(HttpMethod.Get, "v1/desk/team", [], cancel);
        if (answer.Body is null || ContentJson.TryRead<DeskTeam>(answer.Body) is not { } team) return answer.Refused ?? "malformed-message";

        var proposed = team.Changes.Select(change => Roster.TryParse(change.Roster)).FirstOrDefault(roster => roster?.Member(candidate) is not null);
        var next = proposed ?? With(keyset.Roster, team, Convert.ToHexStringLower(candidate.Span));
        if (next is null) return "counselor-unknown";

        var change = TeamChange.Write(_deployment, keyset.Roster, next, _signing);
        return (await AskAsync(HttpMethod.Post, "v1/desk/team/changes", JsonSerializer.SerializeToUtf8Bytes(new { roster = next.Text, change }), cancel)).Refused;
    }

    /// <summary>Registers their own identifiers, so that for them there is never a case that names them: evaluated like anybody's, told to nobody.</summary>
    /// <param name="inputs">x of each, at most four; whoever has more asks on another day.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> RegisterAsync(IReadOnlyList<byte[]> inputs, CancellationToken cancel)
    {
        var published = await _vault.GetAsync("v1/keyset", cancel);
        if (published.Body is null || SignedKeyset.TryParse(Encoding.UTF8.GetString(published.Body)) is not { Keyset: var keyset }) return published.Refused ?? "keyset-invalid";

        using var slips = new BlindedSlips(keyset, _signing, inputs, (uint)(_time.GetUtcNow().ToUnixTimeSeconds() / 86400), RandomNumberGenerator.Fill);
        foreach (var keeper in keyset.Keepers.Take(keyset.Quorum))
        {
            var answer = await _vault.PostAsync($"v1/keepers/{keeper.Index}/evaluations", slips.Request, cancel);
            if (answer.Body is null || !slips.TryAccept(keeper, answer.Body)) return answer.Refused ?? "malformed-message";
        }

        byte[][] starts = [.. slips.Combine(keyset)!.Take(inputs.Count).Select(slip => slip.Start)];
        var revision = (uint)_time.GetUtcNow().ToUnixTimeSeconds();
        byte[] puts = [.. keyset.Keepers.SelectMany(keeper => ConflictPut.Write(_deployment, keeper, revision, starts, _signing, RandomNumberGenerator.Fill))];
        return (await AskAsync(HttpMethod.Post, "v1/desk/team/conflicts", puts, cancel)).Refused;
    }

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

    /// <summary>Opens one room of an account, which the vault records first. Rooms are numbered as in WEP-1, section 12.4.</summary>
    internal async Task<(DeskReading? Reading, string? Refused)> OpenRoomAsync(string caseId, int room, CancellationToken cancel)
    {
        var answer = await AskAsync(HttpMethod.Post, $"v1/desk/cases/{caseId}/readings", JsonSerializer.SerializeToUtf8Bytes(new { room }), cancel);
        return answer.Body is null ? (null, answer.Refused) : (JsonSerializer.Deserialize<DeskReading>(answer.Body, ContentJson.Options), null);
    }

    /// <summary>Says, of each other case of the match, that two people wrote and that they mean the same person; from both sides where both are this counselor's.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> VerifyAsync(DeskCase one, CancellationToken cancel)
    {
        var (whole, refused) = await OpenAsync(one.CaseId, cancel);
        foreach (var other in whole?.Siblings ?? [])
        {
            refused ??= await FindAsync(one.CaseId, one.FilingId, other.FilingId, cancel);
            if (other.Counselor == Convert.ToHexStringLower(_signing.PublicKey.Span)) refused ??= await FindAsync(other.CaseId, other.FilingId, one.FilingId, cancel);
        }

        return refused;
    }

    /// <summary>Notes something of a case of which nothing was noted yet.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> NoteAsync(DeskCase one, string text, CancellationToken cancel)
    {
        var filingId = Convert.FromHexString(one.FilingId);
        using var key = CaseNotes.KeyFor(_seed, filingId);
        var notes = JsonSerializer.Serialize(new { wetoo = "notes/1", taken = "", entries = new[] { new { kind = "work", day = _time.GetUtcNow().ToUnixTimeSeconds() / 86400, text } } });
        if (CaseNotes.Seal(key, filingId, 1, notes, RandomNumberGenerator.Fill) is not { } sealedNotes) return "message-too-large";

        var answer = await AskAsync(HttpMethod.Post, $"v1/desk/cases/{one.CaseId}/notes", new NotesPut(1, sealedNotes).ToBytes(), cancel);
        return answer.Body is null ? answer.Refused : null;
    }

    /// <summary>Reads what was sealed to this counselor; null when it was not, or is not there.</summary>
    internal T? Read<T>(byte[]? ageFile)
        where T : class =>
        ageFile is { Length: > 0 } && AgeFile.TryDecrypt(_identity, ageFile) is { } json ? ContentJson.TryRead<T>(json) : null;

    /// <summary>Reads what was added to an account that can be read; null when it is not its author's, or not for this place in it.</summary>
    internal AddendumContent? Read(AccountContent account, DeskAddendum one)
    {
        byte[] whole = [.. new WeToo.Core.Wire.WireWriter().Bytes(one.Message).Vec32(one.SealedText).Written];
        if (account.AddendaKey is null || AddendumMessage.TryParse(whole) is not { } addendum || addendum.CheckSignature() is not null) return null;
        if (Convert.ToHexStringLower(addendum.Pseudonym.Span) != account.Pseudonym || !addendum.Deployment.Span.SequenceEqual(_deployment)) return null;

        using var key = SecretBytes.Take(Convert.FromHexString(account.AddendaKey));
        var label = Labels.Addendum(_deployment, addendum.Pseudonym.Span, addendum.FilingId.Span, addendum.Number);
        return Addenda.Open(key, label, addendum.Sealed.Span) is { } json ? ContentJson.TryRead<AddendumContent>(Encoding.UTF8.GetBytes(json)) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signing.Dispose();
        _seed.Dispose();
        _identity.Dispose();
    }

    private Roster? With(Roster roster, DeskTeam team, string candidate)
    {
        var today = (uint)(_time.GetUtcNow().ToUnixTimeSeconds() / 86400);
        return team.Candidates.FirstOrDefault(one => one.Signing == candidate) is { } one
            ? Roster.TryParse(KeysetText.WriteRoster(
                [.. roster.Members, new TeamMember(one.Name, one.Recipient, Convert.FromHexString(one.Signing)) { Organisation = one.Organisation, Languages = one.Languages, SinceDay = today }],
                today))
            : null;
    }

    private async Task<string?> FindAsync(string caseId, string filingId, string otherId, CancellationToken cancel)
    {
        string? refused = null;
        foreach (var question in Enum.GetValues<FindingQuestion>())
        {
            var day = (uint)(_time.GetUtcNow().ToUnixTimeSeconds() / 86400);
            var finding = FindingMessage.Write(_deployment, Convert.FromHexString(filingId), Convert.FromHexString(otherId), question, FindingAnswer.Yes, day, _signing);
            refused ??= (await AskAsync(HttpMethod.Post, $"v1/desk/cases/{caseId}/findings", finding, cancel)).Refused;
        }

        return refused;
    }

    private Task<ServerAnswer> AskAsync(HttpMethod method, string path, byte[] body, CancellationToken cancel)
    {
        var header = DeskSignature.Write(
            _deployment, (ulong)_time.GetUtcNow().ToUnixTimeSeconds(), RandomNumberGenerator.GetBytes(Limits.IdSize), method.Method, "/" + path, body, _signing);
        return _vault.SendAsync(method, path, method == HttpMethod.Get ? null : VaultClient.Octets(body), (DeskSignature.Header, header), cancel);
    }
}
