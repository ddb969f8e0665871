using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Identifiers;
using WeToo.Core.Keysets;
using WeToo.Core.Receipts;

namespace WeToo.Tool.Authoring;

/// <summary>One command of an author: the deployment's keys, the receipt, and what is said.</summary>
internal sealed class AuthorSession : IDisposable
{
    private readonly CommonOptions _options;
    private readonly ParseResult _parsed;
    private readonly HttpClient _http;
    private readonly VaultClient _vault;
    private AuthorVisit? _visit;

    internal AuthorSession(CommonOptions options, ParseResult parsed)
    {
        (_options, _parsed) = (options, parsed);
        _http = new HttpClient { BaseAddress = parsed.GetRequiredValue(options.Site) };
        _vault = new(_http);
    }

    private TextWriter Out => _parsed.InvocationConfiguration.Output;

    private TextWriter Error => _parsed.InvocationConfiguration.Error;

    private bool Json => _parsed.GetValue(_options.Json);

    /// <inheritdoc/>
    public void Dispose()
    {
        _visit?.Dispose();
        _http.Dispose();
    }

    /// <summary>Reads identifiers and has the author confirm how they were read: a digit too few names somebody else.</summary>
    /// <returns>Their canonical forms; null when one cannot be read or was not confirmed.</returns>
    internal IReadOnlyList<string>? ReadIdentifiers(IReadOnlyList<string> typed, string? region, bool confirmed)
    {
        if (typed.Count > Core.Limits.SlipCount) return Say($"At most {Core.Limits.SlipCount} identifiers.");

        var read = new List<string>();
        foreach (var text in typed)
        {
            if (!Identifier.TryDetect(text, region, out var identifier, out var help)) return Say($"One identifier cannot be read ({help}). Write a telephone number with + and country code, an e-mail address or the address of a profile.");
            read.Add(identifier.Canonical);
        }

        if (confirmed) return [.. read.Distinct(StringComparer.Ordinal)];
        if (Console.IsInputRedirected) return Say("Nobody is there to confirm the identifiers. Add --yes if they are right.");

        Error.WriteLine("This is how the identifiers are read:");
        foreach (var canonical in read) Error.WriteLine($"  {canonical}");
        Error.Write("Is every character right? [y/N] ");
        return Console.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES" ? [.. read.Distinct(StringComparer.Ordinal)] : Say("Nothing was filed.");

        IReadOnlyList<string>? Say(string why)
        {
            Error.WriteLine(why);
            return null;
        }
    }

    /// <summary>Files an account: with a new receipt, or the one given.</summary>
    internal async Task<int> FileAsync(byte leastNumber, ContactContent contact, string text, string? invitation, CancellationToken cancel)
    {
        var (client, keyset, code) = await LoadAsync(cancel);
        if (client is null) return code;
        if (keyset!.Roster.Counselors.Count == 0) return await RefuseAsync("no-counselor");

        var words = await BeginAsync(client, keyset, cancel);
        if (_visit is null) return ExitCodes.Usage;
        if (await client.ObtainCredentialAsync(_visit, invitation, cancel) is { } refused) return await RefuseAsync(refused);

        var account = client.NewAccount(keyset, leastNumber, contact, text);
        var attempt = await client.AdvanceAsync(_visit, account, cancel);
        if (Json) await Out.WriteLineAsync(Encoding.UTF8.GetString(ContentJson.Write(new { filed = attempt.Filed, filing_id = account.FilingId, receipt = words, attempt.Away, attempt.Faulty, attempt.Refused })));
        else await TellAsync(attempt, account, words);
        return attempt.Filed ? ExitCodes.Done : attempt.Refused is null ? ExitCodes.Unreachable : ExitCodes.Refused;
    }

    /// <summary>Finishes what is unfinished, and says how all filings stand.</summary>
    internal async Task<int> StatusAsync(CancellationToken cancel)
    {
        var (client, filings, code) = await ReturnAsync(cancel);
        if (client is null) return code;

        foreach (var account in _visit!.Box.Accounts.Where(account => account.State == "unfinished").ToList())
            _ = await client.AdvanceAsync(_visit, account, cancel);
        (filings, _) = await client.ReturnAsync(_visit, cancel);
        var unfinished = _visit.Box.Accounts.Where(account => account.State == "unfinished").Select(account => account.FilingId).ToList();
        if (Json) await Out.WriteLineAsync(Encoding.UTF8.GetString(ContentJson.Write(new { filings, unfinished })));
        else await TellAsync(filings ?? [], unfinished);
        return ExitCodes.Done;
    }

    /// <summary>Takes a filing back.</summary>
    internal Task<int> WithdrawAsync(string filing, CancellationToken cancel) =>
        ActAsync((client, visit) => client.WithdrawAsync(visit, filing, cancel), "It is withdrawn: erased here, and refused by every keeper from now on.", cancel);

    /// <summary>Lets the counselor read a filing's account.</summary>
    internal Task<int> ConsentAsync(string filing, CancellationToken cancel) =>
        ActAsync((client, visit) => client.ConsentAsync(visit, filing, cancel), "The counselor may read what happened, once the match is verified.", cancel);

    private async Task<int> ActAsync(Func<AuthorClient, AuthorVisit, Task<string?>> act, string done, CancellationToken cancel)
    {
        var (client, _, code) = await ReturnAsync(cancel);
        if (client is null) return code;
        if (await act(client, _visit!) is { } refused) return await RefuseAsync(refused);

        await Out.WriteLineAsync(Json ? """{"done":true}""" : done);
        return ExitCodes.Done;
    }

    private async Task<(AuthorClient? Client, IReadOnlyList<OwnFiling>? Filings, int Code)> ReturnAsync(CancellationToken cancel)
    {
        var (client, keyset, code) = await LoadAsync(cancel);
        if (client is null) return (null, null, code);
        if (await ReadReceiptAsync(cancel) is not { } receipt) return (null, null, ExitCodes.Usage);

        using (receipt) _visit = new AuthorVisit(keyset!, receipt);
        var (filings, refused) = await client.ReturnAsync(_visit, cancel);
        return filings is null ? (null, null, await RefuseAsync(refused!)) : (client, filings, ExitCodes.Done);
    }

    private async Task<(AuthorClient? Client, SignedKeyset? Keyset, int Code)> LoadAsync(CancellationToken cancel)
    {
        var unbound = new AuthorClient(_vault, TimeProvider.System, RandomNumberGenerator.Fill, _ => []);
        var (keyset, refused) = await unbound.LoadKeysetAsync(cancel);
        if (keyset is null) return (null, null, await RefuseAsync(refused!));
        if (!await IsPinnedAsync(keyset, cancel)) return (null, null, await RefuseAsync("keyset-changed"));

        var client = new AuthorClient(
            _vault, TimeProvider.System, RandomNumberGenerator.Fill, canonical => IdentifierKey.Derive(Identifier.FromCanonical(canonical)!, keyset.Keyset.Deployment.Span));
        return (client, keyset, ExitCodes.Done);
    }

    private async Task<bool> IsPinnedAsync(SignedKeyset keyset, CancellationToken cancel)
    {
        if (_parsed.GetValue(_options.Pin) is not { } pin) return true;
        if (pin.Exists && SignedKeyset.TryParse(await File.ReadAllTextAsync(pin.FullName, cancel)) is { } pinned && !pinned.MayBeFollowedBy(keyset)) return false;

        await File.WriteAllTextAsync(pin.FullName, keyset.ToJson(), cancel);
        return true;
    }

    private async Task<string?> BeginAsync(AuthorClient client, SignedKeyset keyset, CancellationToken cancel)
    {
        if (_parsed.GetValue(_options.Receipt) is null)
        {
            (var made, _visit) = client.Begin(keyset);
            using (made) return made.ToWords();
        }

        if (await ReadReceiptAsync(cancel) is not { } receipt) return null;

        using (receipt) _visit = new AuthorVisit(keyset, receipt);
        _ = await client.ReturnAsync(_visit, cancel);
        return null;
    }

    private async Task<Receipt?> ReadReceiptAsync(CancellationToken cancel)
    {
        var file = _parsed.GetValue(_options.Receipt);
        if (file is null) await Error.WriteAsync("The ten words of your receipt: ");
        var receipt = Receipt.TryParse((file is null ? await Console.In.ReadLineAsync(cancel) : await File.ReadAllTextAsync(file.FullName, cancel)) ?? "");
        if (receipt is null) await Error.WriteLineAsync("These are not the ten words of a receipt. Four letters of each are enough; one letter may be wrong.");
        return receipt;
    }

    private async Task TellAsync(FilingAttempt attempt, BoxAccount account, string? words)
    {
        foreach (var keeper in attempt.Faulty) await Error.WriteLineAsync($"{keeper} gave a wrong answer and was passed over. Tell the operator.");
        await Out.WriteLineAsync(attempt.Filed ? $"Filed: {account.FilingId}" : $"Kept, and not filed yet: {Sayings.Of(attempt.Refused ?? "keeper-unreachable")} Run wetoo status later, and it is finished.");
        if (words is null) return;

        await Out.WriteLineAsync();
        await Out.WriteLineAsync("Your receipt. Write it down; only these words lead back to your account, and nobody can replace them:");
        await Out.WriteLineAsync();
        await Out.WriteLineAsync($"  {words}");
    }

    private async Task TellAsync(IReadOnlyList<OwnFiling> filings, List<string> unfinished)
    {
        if (filings.Count + unfinished.Count == 0) await Out.WriteLineAsync("These words lead to no account here.");
        foreach (var filing in filings) await Out.WriteLineAsync($"{filing.FilingId}  {Sayings.OfState(filing.State)}");
        foreach (var id in unfinished) await Out.WriteLineAsync($"{id}  kept, not filed yet: too few keepers answered");
    }

    private async Task<int> RefuseAsync(string refused)
    {
        if (Json) await Out.WriteLineAsync(Encoding.UTF8.GetString(ContentJson.Write(new { refused })));
        await Error.WriteLineAsync(Sayings.Of(refused));
        return refused is ServerAnswer.Unreachable or "service-unavailable" or "keeper-unreachable" ? ExitCodes.Unreachable : ExitCodes.Refused;
    }
}
