using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Signing;
using WeToo.Core.Wire;
using WeToo.Tests.Keeper;

namespace WeToo.Tests.Vault;

/// <summary>What a vault answers in a mailbox.</summary>
internal sealed record MailAnswer(Refusal? Refusal, byte[] Counselor, MailPut? Put)
{
    /// <summary>Reads the answer of an exchange.</summary>
    internal static MailAnswer Of((byte[] Bytes, Refusal? Refusal) answer) => answer.Refusal is null
        ? new(null, answer.Bytes[..32], MailPut.TryParse(answer.Bytes.AsMemory(32)))
        : new(answer.Refusal, [], null);
}

/// <summary>The mailbox of a filing, from its author's side and its counselor's.</summary>
internal sealed class TestMail(VaultSet set, Author author, byte[] filingId)
{
    internal static MailPut Look => Put(0);

    private byte[] Deployment => set.Keyset.Keyset.Deployment.ToArray();

    /// <summary>What a device leaves; what is not given is random, as in an exchange that only looks.</summary>
    internal static MailPut Put(uint revision, byte[]? state = null, byte[]? bundle = null) => new(
        revision, state ?? RandomNumberGenerator.GetBytes(MailPut.StateSize), bundle ?? RandomNumberGenerator.GetBytes(MailPut.BundleSize));

    /// <summary>The message of an author's exchange.</summary>
    internal byte[] Message(MailPut put, TestCounselor? to = null, uint? day = null, byte[]? deployment = null, SigningKey? by = null, byte[]? of = null) => MailExchange.Write(
        deployment ?? Deployment, day ?? set.Today, of ?? filingId, to is null ? new byte[32] : to.Signing.PublicKey.Span, put, by ?? author.Pseudonym);

    /// <summary>The author looks, reads or writes.</summary>
    internal async Task<MailAnswer> AuthorAsync(MailPut put, TestCounselor? to = null) => MailAnswer.Of(await set.SendAsync(HttpMethod.Post, "/v1/mail", Message(put, to)));

    /// <summary>A counselor does.</summary>
    internal async Task<MailAnswer> CounselorAsync(TestCounselor counselor, string caseId, MailPut put) =>
        MailAnswer.Of(await counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/mail", put.ToBytes()));

    /// <summary>The author stores a part of a file.</summary>
    internal async Task<Refusal?> PutPartAsync(byte[] fileId, uint number, uint count, byte[] bytes, Author? by = null) => (await set.SendAsync(
        HttpMethod.Put, "/v1/mail/files",
        FilePart.Write<MailPartPurpose>(Deployment, set.Today, filingId, fileId, number, count, (by ?? author).Credential, bytes, (by ?? author).Pseudonym))).Refusal;

    /// <summary>The author fetches one.</summary>
    internal Task<(byte[] Bytes, Refusal? Refusal)> PartAsync(byte[] fileId, int number, Author? by = null) => set.SendAsync(
        HttpMethod.Post, $"/v1/mail/files/{Convert.ToHexStringLower(fileId)}/{number}",
        StatusRequest.Write(Deployment, set.Today, RandomNumberGenerator.GetBytes(16), (by ?? author).Pseudonym));

    /// <summary>A counselor stores a part of a file.</summary>
    internal async Task<Refusal?> PutPartAsync(TestCounselor counselor, string caseId, byte[] fileId, int number, uint count, byte[] bytes) => (await counselor.AskAsync(
        set, HttpMethod.Post, PartPath(caseId, fileId, number), new WireWriter().U32(count).Bytes(bytes).ToArray())).Refusal;

    /// <summary>A counselor fetches one.</summary>
    internal Task<(byte[] Bytes, Refusal? Refusal)> PartAsync(TestCounselor counselor, string caseId, byte[] fileId, int number) =>
        counselor.AskAsync(set, HttpMethod.Get, PartPath(caseId, fileId, number));

    private static string PartPath(string caseId, byte[] fileId, int number) => $"/v1/desk/cases/{caseId}/mail/files/{Convert.ToHexStringLower(fileId)}/{number}";
}
