using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Credentials;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Receipts;
using WeToo.Core.Sealing;
using WeToo.Core.Wire;

namespace WeToo.Tool.Authoring;

/// <summary>What an author's app does, for the terminal: the same messages as the browser's.</summary>
/// <param name="vault">Where.</param>
/// <param name="time">For the day that messages carry.</param>
/// <param name="random">For all keys.</param>
/// <param name="deriveInput">From an identifier's canonical form to x, the slow hash.</param>
internal sealed class AuthorClient(VaultClient vault, TimeProvider time, RandomBytes random, Func<string, byte[]> deriveInput)
{
    private uint Today => (uint)(time.GetUtcNow().ToUnixTimeSeconds() / 86400);

    /// <summary>Fetches and checks the keyset.</summary>
    /// <returns>The keyset, or why there is none: <c>keyset-invalid</c> when it does not verify.</returns>
    internal async Task<(SignedKeyset? Keyset, string? Refused)> LoadKeysetAsync(CancellationToken cancel)
    {
        var answer = await vault.GetAsync("v1/keyset", cancel);
        if (answer.Body is null) return (null, answer.Refused);

        var keyset = SignedKeyset.TryParse(System.Text.Encoding.UTF8.GetString(answer.Body));
        return keyset is null ? (null, "keyset-invalid") : (keyset, null);
    }

    /// <summary>Opens the author's own copy with a receipt.</summary>
    internal async Task<(IReadOnlyList<OwnFiling>? Filings, string? Refused)> ReturnAsync(AuthorVisit visit, CancellationToken cancel)
    {
        var nonce = new byte[Limits.IdSize];
        random(nonce);
        var answer = await vault.PostAsync("v1/status", StatusRequest.Write(visit.Keyset.Keyset.Deployment.Span, Today, nonce, visit.Pseudonym), cancel);
        if (answer.Body is null) return (null, answer.Refused);

        using var status = JsonDocument.Parse(answer.Body);
        visit.BoxRevision = status.RootElement.GetProperty("box_revision").GetUInt32();
        if (status.RootElement.GetProperty("box").GetString() is { } box
            && AuthorBox.Open(visit.BoxKey, visit.Pseudonym.PublicKey.Span, Convert.FromBase64String(box)) is { } json
            && ContentJson.TryRead<BoxContent>(System.Text.Encoding.UTF8.GetBytes(json)) is { } content)
            visit.Box = content;
        return (status.RootElement.GetProperty("filings").Deserialize<List<OwnFiling>>(ContentJson.Options), null);
    }

    /// <summary>Gets a credential for the visit's pseudonym, by invitation or by work, whichever the deployment asks for.</summary>
    /// <param name="visit">Whose.</param>
    /// <param name="invitation">The code; null where work is asked for.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> ObtainCredentialAsync(AuthorVisit visit, string? invitation, CancellationToken cancel)
    {
        if (visit.Credential is not null) return null;

        var keyset = visit.Keyset.Keyset;
        var registrar = keyset.Registrars.MaxBy(key => key.NotAfterDay);
        if (registrar is null) return "credential-foreign";

        var prepared = BlindRsa.Prepare(Credential.Message(keyset.Deployment.Span, visit.Pseudonym.PublicKey.Span), random);
        if (BlindRsa.Blind(registrar.Spki.Span, prepared, random, out var inverse) is not { } blinded) return "credential-foreign";

        var (request, refused) = invitation is not null
            ? (new { blinded, invitation }, null)
            : await WorkAsync(blinded, cancel);
        if (request is null) return refused;

        var answer = await vault.PostJsonAsync("v1/credentials", request, cancel);
        if (answer.Body is null) return answer.Refused;

        using var json = JsonDocument.Parse(answer.Body);
        var signature = BlindRsa.Finalize(registrar.Spki.Span, prepared, json.RootElement.GetProperty("blind_signature").GetBytesFromBase64(), inverse);
        if (signature is null) return "credential-invalid";

        var credential = new Credential(visit.Pseudonym.PublicKey, registrar.KeyId, prepared.AsMemory(0, Credential.PrefixSize), signature);
        visit.Box = visit.Box with { Credential = Convert.ToBase64String(credential.ToBytes()) };
        return null;
    }

    /// <summary>Stores the author's own copy.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> StoreBoxAsync(AuthorVisit visit, CancellationToken cancel)
    {
        if (visit.Credential is not { } credential) return "credential-invalid";

        var json = System.Text.Encoding.UTF8.GetString(ContentJson.Write(visit.Box));
        var box = AuthorBox.Seal(visit.BoxKey, visit.Pseudonym.PublicKey.Span, json, random);
        if (box is null) return "message-too-large";

        visit.BoxRevision++;
        var put = BoxPut.Write(visit.Keyset.Keyset.Deployment.Span, Today, visit.BoxRevision, credential, visit.LastSealed(), box, visit.Pseudonym);
        return (await vault.PutAsync("v1/box", put, cancel)).Refused;
    }

    /// <summary>Takes an unfinished account as far as it goes: evaluates, seals, files. Keeps it in the author's copy first, so nothing is lost.</summary>
    internal async Task<FilingAttempt> AdvanceAsync(AuthorVisit visit, BoxAccount unfinished, CancellationToken cancel)
    {
        var account = visit.WithKeys(unfinished);
        visit.Keep(account);
        if (await StoreBoxAsync(visit, cancel) is { } notKept) return new(false, [], [], notKept);
        if (account.LeastNumber is null) return new(true, [], [], null);

        byte[][] inputs = [.. account.Contact.Identifiers.Select(deriveInput)];
        using var slips = new BlindedSlips(visit.Keyset.Keyset, visit.Credential!, visit.Pseudonym, inputs, Today, random);
        var (away, faulty, refused) = await EvaluateAsync(visit.Keyset.Keyset, slips, cancel);
        if (slips.Combine(visit.Keyset.Keyset) is not { } evaluated) return new(false, away, faulty, refused);

        var submission = DraftOf(visit, account).ToSubmission(evaluated, Today, random);
        if (submission is null) return new(false, away, faulty, "size-class-unknown");

        var answer = await vault.PostAsync("v1/filings", submission.ToBytes(), cancel);
        if (answer.Body is null) return new(false, away, faulty, answer.Refused);

        visit.Keep(account with { State = "filed", FiledDay = Today });
        await StoreBoxAsync(visit, cancel);
        return new(true, away, faulty, null);
    }

    /// <summary>Adds to an account that is filed. It is kept in the author's copy first, so nothing is lost.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> AddAsync(AuthorVisit visit, BoxAccount account, string kind, string text, CancellationToken cancel)
    {
        if (account.Account.AddendaKey is not { } keyText) return "malformed-message";

        var before = account.Addenda.Count == 0 ? DatedForm.Of(account.Account) : ContentJson.Write(account.Addenda[^1]);
        var addendum = new AddendumContent { Kind = kind, Text = text, SealedDay = Today, Follows = Addenda.Fingerprint(before) };
        var number = (byte)(account.Addenda.Count + 1);
        var deployment = visit.Keyset.Keyset.Deployment;
        var filingId = Convert.FromHexString(account.FilingId);
        using var key = SecretBytes.Take(Convert.FromHexString(keyText));
        var label = Labels.Addendum(deployment.Span, visit.Pseudonym.PublicKey.Span, filingId, number);
        if (Addenda.Seal(key, label, System.Text.Encoding.UTF8.GetString(ContentJson.Write(addendum)), random) is not { } content) return "message-too-large";

        visit.Keep(account with { Addenda = [.. account.Addenda, addendum] });
        return await StoreBoxAsync(visit, cancel)
            ?? (await vault.PostAsync("v1/addenda", AddendumMessage.Write(deployment.Span, filingId, number, Today, content, visit.Pseudonym), cancel)).Refused;
    }

    /// <summary>Takes a filing back.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> WithdrawAsync(AuthorVisit visit, string filingId, CancellationToken cancel) =>
        (await vault.PostAsync(
            "v1/withdrawals", WithdrawalMessage.Write(visit.Keyset.Keyset.Deployment.Span, Convert.FromHexString(filingId), Today, visit.Pseudonym), cancel)).Refused;

    /// <summary>Lets the counselor read the account.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<string?> ConsentAsync(AuthorVisit visit, string filingId, CancellationToken cancel) =>
        (await vault.PostAsync(
            "v1/consents", ConsentMessage.Write(visit.Keyset.Keyset.Deployment.Span, Convert.FromHexString(filingId), Today, visit.Pseudonym), cancel)).Refused;

    /// <summary>A new receipt and the visit that goes with it.</summary>
    internal (Receipt Receipt, AuthorVisit Visit) Begin(SignedKeyset keyset)
    {
        var receipt = Receipt.Random(random);
        return (receipt, new AuthorVisit(keyset, receipt));
    }

    /// <summary>An account to be filed, under a new id.</summary>
    internal BoxAccount NewAccount(SignedKeyset keyset, byte? leastNumber, ContactContent contact, string text)
    {
        var filingId = new byte[Limits.IdSize];
        random(filingId);
        return new()
        {
            FilingId = Convert.ToHexStringLower(filingId),
            State = leastNumber is null ? "kept" : "unfinished",
            LeastNumber = leastNumber,
            Counselors = [.. keyset.Roster.Counselors.Select(counselor => Convert.ToHexStringLower(counselor.Signing.Span))],
            Contact = contact,
            Account = new() { Text = text, SealedDay = Today },
        };
    }

    /// <summary>Asks a quorum at once, and whoever is left in the place of each that is away or wrong.</summary>
    internal async Task<(IReadOnlyList<string> Away, IReadOnlyList<string> Faulty, string? Refused)> EvaluateAsync(Keyset keyset, BlindedSlips slips, CancellationToken cancel)
    {
        var left = new Queue<KeeperEntry>(keyset.Keepers);
        var (away, faulty, refused) = (new List<string>(), new List<string>(), default(string));
        while (slips.Answered.Count < keyset.Quorum && left.Count > 0)
        {
            var asked = Enumerable.Range(0, Math.Min(keyset.Quorum - slips.Answered.Count, left.Count)).Select(_ => left.Dequeue()).ToList();
            var answers = await Task.WhenAll(asked.Select(keeper => vault.PostAsync($"v1/keepers/{keeper.Index}/evaluations", slips.Request, cancel)));
            foreach (var (keeper, answer) in asked.Zip(answers))
            {
                if (answer.Body is null && answer.Refused is ServerAnswer.Unreachable or "keeper-unreachable") away.Add(keeper.Name);
                else if (answer.Body is null) refused = answer.Refused;
                else if (!slips.TryAccept(keeper, answer.Body)) faulty.Add(keeper.Name);
            }
        }

        return (away, faulty, refused);
    }

    private static FilingDraft DraftOf(AuthorVisit visit, BoxAccount account) => new(
        visit.Keyset.Keyset,
        visit.Credential!,
        visit.Pseudonym,
        Convert.FromHexString(account.FilingId),
        account.LeastNumber!.Value,
        [.. visit.Keyset.Roster.Counselors.Where(counselor => account.Counselors.Contains(Convert.ToHexStringLower(counselor.Signing.Span)))],
        ContentJson.Write(account.Contact),
        ContentJson.Write(account.Account));

    private async Task<(object? Request, string? Refused)> WorkAsync(byte[] blinded, CancellationToken cancel)
    {
        var answer = await vault.GetAsync("v1/registrar", cancel);
        if (answer.Body is null) return (null, answer.Refused);

        using var registrar = JsonDocument.Parse(answer.Body);
        if (registrar.RootElement.GetProperty("mode").GetString() != "work") return (null, "invitation-unknown");

        var text = registrar.RootElement.GetProperty("challenge").GetString();
        var nonce = await Task.Run(() => Work(System.Buffers.Text.Base64Url.DecodeFromChars(text), registrar.RootElement.GetProperty("work_bits").GetInt32(), cancel), cancel);
        return (new { blinded, work = new { challenge = text, nonce = nonce.ToString(System.Globalization.CultureInfo.InvariantCulture) } }, null);
    }

    private static ulong Work(byte[] challenge, int bits, CancellationToken cancel)
    {
        for (var nonce = 0UL; ; nonce++)
        {
            cancel.ThrowIfCancellationRequested();
            var digest = SHA256.HashData(new WireWriter().Bytes(challenge).U64(nonce).Written);
            if (BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(digest)) >= bits) return nonce;
        }
    }
}
