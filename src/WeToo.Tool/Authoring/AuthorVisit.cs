using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Log;
using WeToo.Core.Receipts;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Tool.Authoring;

/// <summary>An author with their receipt at one deployment: keys, own copy, and how far it was stored.</summary>
internal sealed class AuthorVisit : IDisposable
{
    private readonly string _signer;

    internal AuthorVisit(SignedKeyset keyset, Receipt receipt)
    {
        Keyset = keyset;
        Pseudonym = receipt.Pseudonym(keyset.Keyset.Deployment.Span);
        BoxKey = receipt.BoxKey(keyset.Keyset.Deployment.Span);
        using var signer = receipt.Signer(keyset.Keyset.Deployment.Span);
        _signer = Convert.ToHexStringLower(signer.PublicKey.Span);
    }

    internal SignedKeyset Keyset { get; set; }

    internal SigningKey Pseudonym { get; }

    internal SecretBytes BoxKey { get; }

    internal BoxContent Box { get; set; } = new();

    internal uint BoxRevision { get; set; }

    /// <summary>The credential in the author's copy; null until there is one.</summary>
    internal Credential? Credential => Box.Credential is { } text ? Core.Filings.Credential.TryParse(Convert.FromBase64String(text)) : null;

    /// <summary>An account as it is sealed: with what opens later additions to it, whose they will be, by whose key it is shown to others, and what a first message is sealed to.</summary>
    internal BoxAccount WithKeys(BoxAccount account)
    {
        if (account.Account.AddendaKey is not null) return account;

        using var key = Addenda.KeyFor(BoxKey, Convert.FromHexString(account.FilingId));
        using var mail = MailBundle.First(BoxKey);
        var pseudonym = Convert.ToHexStringLower(Pseudonym.PublicKey.Span);
        var sealedContent = account.Account with { AddendaKey = Convert.ToHexStringLower(key.Span), Pseudonym = pseudonym, Signer = _signer };
        return account with { Account = sealedContent, Contact = account.Contact with { Mail = mail.Recipient, Pseudonym = pseudonym } };
    }

    /// <summary>Puts an account in the place of the one with its id, or after all others.</summary>
    internal void Keep(BoxAccount account) =>
        Box = Box with { Accounts = [.. Box.Accounts.Where(other => other.FilingId != account.FilingId), account] };

    /// <summary>The log's entry of what was sealed last: it goes with each copy. spec/log.md.</summary>
    internal LogEntry LastSealed()
    {
        var last = Box.Accounts.Count > 0 ? Box.Accounts[^1] : null;
        var addition = last?.Addenda.Count > 0 ? last.Addenda[^1] : null;
        var (kind, thing) = addition is null ? (EntryKind.Account, DatedForm.Of(last?.Account)) : (EntryKind.Addendum, ContentJson.Write(addition));
        using var salt = LogEntry.SaltFor(BoxKey, kind, thing);
        return LogEntry.Of(kind, salt.Span, thing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pseudonym.Dispose();
        BoxKey.Dispose();
    }
}

/// <summary>How a filing stands, as the vault says.</summary>
/// <param name="FilingId">In hex.</param>
/// <param name="State"><c>sealed</c>, <c>checking</c>, <c>opened</c>, <c>consented</c>, <c>released</c>, <c>joined</c> or <c>withdrawn</c>.</param>
/// <param name="FiledDay">When it was filed.</param>
/// <param name="Addenda">How many additions are there.</param>
internal sealed record OwnFiling(string FilingId, string State, uint FiledDay, int Addenda = 0);

/// <summary>How far an attempt to file came.</summary>
/// <param name="Filed">Whether it is filed.</param>
/// <param name="Away">Names of keepers that did not answer.</param>
/// <param name="Faulty">Names of keepers whose answer was wrong.</param>
/// <param name="Refused">Why it cannot go on, when waiting will not help.</param>
internal sealed record FilingAttempt(bool Filed, IReadOnlyList<string> Away, IReadOnlyList<string> Faulty, string? Refused);
