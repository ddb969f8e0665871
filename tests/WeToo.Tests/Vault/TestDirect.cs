using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core.Filings;
using WeToo.Core.Sealing;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What an author sends to counselors at once, as their app makes it.</summary>
internal sealed class TestDirect
{
    private readonly VaultSet _set;

    /// <summary>Makes one; what is not given is drawn or holds.</summary>
    internal TestDirect(
        VaultSet set, Author? author = null, IReadOnlyList<TestCounselor>? counselors = null, byte[]? id = null, uint? day = null, byte[]? deployment = null,
        string contact = """{"wetoo":"contact/1"}""", string account = """{"wetoo":"account/1"}""")
    {
        _set = set;
        Author = author ?? new Author(set.Keyset.Keyset);
        Id = id ?? RandomNumberGenerator.GetBytes(16);
        Counselors = counselors ?? set.Counselors;
        string[] recipients = [.. Counselors.Select(one => one.Identity.Recipient)];
        Contact = DirectMessage.Seal(recipients, contact, [SizeClass.Contact], RandomNumberGenerator.Fill)!;
        Account = DirectMessage.Seal(recipients, account, SizeClass.Account, RandomNumberGenerator.Fill)!;
        Bytes = Written(deployment ?? set.Keyset.Keyset.Deployment.ToArray(), day ?? set.Today);
    }

    internal Author Author { get; }

    internal byte[] Id { get; }

    internal string IdText => Convert.ToHexStringLower(Id);

    internal IReadOnlyList<TestCounselor> Counselors { get; }

    internal byte[] Contact { get; }

    internal byte[] Account { get; }

    internal byte[] Bytes { get; }

    internal byte[] Consent => ConsentMessage.Write(_set.Keyset.Keyset.Deployment.Span, Id, _set.Today, Author.Pseudonym);

    internal byte[] Withdrawal => WithdrawalMessage.Write(_set.Keyset.Keyset.Deployment.Span, Id, _set.Today, Author.Pseudonym);

    internal byte[] Freeze(bool freezes) => FreezeMessage.Write(
        _set.Keyset.Keyset.Deployment.Span, Id, _set.Today, freezes, RandomNumberGenerator.GetBytes(16), Author.Pseudonym);

    /// <summary>Sends it, and expects that it is taken.</summary>
    internal async Task<TestDirect> SentAsync(VaultSet set)
    {
        Assert.Null(await set.PostAsync("/v1/directs", Bytes));
        return this;
    }

    /// <summary>How it stands, as its author is told.</summary>
    internal async Task<JsonElement> StatusAsync(VaultSet set)
    {
        var request = StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, RandomNumberGenerator.GetBytes(16), Author.Pseudonym);
        var (bytes, _) = await set.SendAsync(HttpMethod.Post, "/v1/status", request);
        return JsonSerializer.Deserialize<JsonElement>(bytes).GetProperty("filings").EnumerateArray().Single(one => one.GetProperty("filing_id").GetString() == IdText);
    }

    /// <summary>The case that this counselor has of it.</summary>
    internal async Task<JsonElement> CaseAsync(VaultSet set, TestCounselor counselor)
    {
        var listed = (await counselor.CasesAsync(set)).Single(one => one.GetProperty("filing_id").GetString() == IdText);
        return await counselor.CaseAsync(set, listed.GetProperty("case_id").GetString()!);
    }

    private byte[] Written(byte[] deployment, uint day) => DirectMessage.Write(
        deployment, Id, Author.Credential, day, [.. Counselors.Select(one => one.Signing.PublicKey)], Contact, Account, Author.Pseudonym);
}
