using System.Security.Cryptography;
using WeToo.Core.Identifiers;
using WeToo.Tool.Authoring;

namespace WeToo.Tool.Demo;

/// <summary>An author of the demonstration, with the client a terminal has.</summary>
internal sealed class Person : IDisposable
{
    private readonly AuthorClient _client;

    private Person(AuthorClient client, AuthorVisit visit, string words) => (_client, Visit, Words) = (client, visit, words);

    internal AuthorVisit Visit { get; }

    internal string Words { get; }

    internal string FilingId { get; private set; } = "";

    /// <summary>Gets a credential and files.</summary>
    internal static async Task<Person> FileAsync(VaultClient vault, string invitation, byte leastNumber, ContactContent contact, string text, CancellationToken cancel)
    {
        var (keyset, refused) = await new AuthorClient(vault, TimeProvider.System, RandomNumberGenerator.Fill, _ => []).LoadKeysetAsync(cancel);
        if (keyset is null) throw new InvalidOperationException(Sayings.Of(refused!));

        var client = new AuthorClient(
            vault, TimeProvider.System, RandomNumberGenerator.Fill, canonical => IdentifierKey.Derive(Identifier.FromCanonical(canonical)!, keyset.Keyset.Deployment.Span));
        var (receipt, visit) = client.Begin(keyset);
        using (receipt)
        {
            var person = new Person(client, visit, receipt.ToWords());
            Require(await client.ObtainCredentialAsync(visit, invitation, cancel));
            var account = client.NewAccount(keyset, leastNumber, contact, text);
            var attempt = await client.AdvanceAsync(visit, account, cancel);
            if (!attempt.Filed) throw new InvalidOperationException(Sayings.Of(attempt.Refused ?? "keeper-unreachable"));
            person.FilingId = account.FilingId;
            return person;
        }
    }

    internal async Task ConsentAsync(CancellationToken cancel) => Require(await _client.ConsentAsync(Visit, FilingId, cancel));

    internal async Task WithdrawAsync(CancellationToken cancel) => Require(await _client.WithdrawAsync(Visit, FilingId, cancel));

    /// <summary>How the filing stands.</summary>
    internal async Task<string> StateAsync(CancellationToken cancel) => (await _client.ReturnAsync(Visit, cancel)).Filings!.Single().State;

    public void Dispose() => Visit.Dispose();

    internal static void Require(string? refused)
    {
        if (refused is not null) throw new InvalidOperationException(Sayings.Of(refused));
    }
}
