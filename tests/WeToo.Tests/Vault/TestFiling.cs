using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Sealing;
using WeToo.Core.Wire;
using WeToo.Tests.Keeper;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>One author's filing, with what only they know: made as the author's app makes it, but that y_0 comes from the test.</summary>
internal sealed class TestFiling
{
    /// <summary>Makes a filing; what is not given is drawn or holds.</summary>
    internal TestFiling(
        VaultSet set, string named = "tel:+33612345678", byte leastNumber = 2, uint? day = null, uint? epoch = null, byte[]? deployment = null, byte[]? id = null,
        Author? author = null, IReadOnlyList<TestCounselor>? counselors = null, string contact = "{}", string account = "{}", TestRegistrar? registrar = null)
    {
        Author = author ?? new Author(set.Keyset.Keyset, registrar);
        Id = id ?? RandomNumberGenerator.GetBytes(16);
        Keyset = set.Keyset.Keyset;
        Start = Chain.Start(SHA512.HashData(Encoding.UTF8.GetBytes(named)));
        var draft = new FilingDraft(
            deployment is null && epoch is null ? Keyset : Elsewhere(Keyset, deployment, epoch), Author.Credential, Author.Pseudonym, Id, leastNumber,
            [.. (counselors ?? set.Counselors).Select(counselor => counselor.Entry)], Encoding.UTF8.GetBytes(contact), Encoding.UTF8.GetBytes(account));
        EvaluatedSlip[] slips = [new(Point(), Start), .. Enumerable.Range(1, 3).Select(_ => new EvaluatedSlip(Point(), RandomNumberGenerator.GetBytes(64)))];
        Submission = draft.ToSubmission(slips, day ?? set.Today, RandomNumberGenerator.Fill)!;
    }

    internal Author Author { get; }

    internal byte[] Id { get; }

    internal string IdText => Convert.ToHexStringLower(Id);

    internal Keyset Keyset { get; }

    /// <summary>y_0 of the first slip.</summary>
    internal byte[] Start { get; }

    internal Submission Submission { get; set; }

    internal byte[] Bytes => Submission.ToBytes();

    internal byte[] Consent => ConsentMessage.Write(Keyset.Deployment.Span, Id, Submission.Filing.Day, Author.Pseudonym);

    internal byte[] Withdrawal => WithdrawalMessage.Write(Keyset.Deployment.Span, Id, Submission.Filing.Day, Author.Pseudonym);

    /// <summary>Files it, and expects that it is taken.</summary>
    internal async Task<TestFiling> FiledAsync(VaultSet set)
    {
        Assert.Null(await set.PostAsync("/v1/filings", Bytes));
        return this;
    }

    /// <summary>Seals something else than a package as the contact part.</summary>
    internal TestFiling WithGarbageContact()
    {
        var (header, ciphertext) = Tdh2.Seal(
            Keyset.Z, Submission.Filing.PackageLabel(PackageField.Contact), RandomNumberGenerator.GetBytes(SizeClass.Contact), RandomNumberGenerator.Fill);
        return Resigned(header, ciphertext, Submission.Filing.Account, Submission.Account);
    }

    /// <summary>Seals something else than a package as the account part.</summary>
    internal TestFiling WithGarbageAccount()
    {
        var (header, ciphertext) = Tdh2.Seal(
            Keyset.Z, Submission.Filing.PackageLabel(PackageField.Account), RandomNumberGenerator.GetBytes(SizeClass.Account[0]), RandomNumberGenerator.Fill);
        return Resigned(Submission.Filing.Contact, Submission.Contact, header, ciphertext);
    }

    /// <summary>The slips, as the matcher reads them.</summary>
    internal SlipsMessage Slips(VaultSet set) =>
        SlipsMessage.TryParse(SealedBox.Open(set.MatcherSecret, Keyset.Matcher.Span, Submission.SlipsBox.Span)!)!;

    private static Element Point() => Element.FromGenerator(Scalar.Random(RandomNumberGenerator.Fill));

    private static Keyset Elsewhere(Keyset keyset, byte[]? deployment, uint? epoch) => Keyset.TryParse(KeysetText.Write(
        deployment ?? keyset.Deployment.Span, epoch ?? keyset.Epoch, keyset.Revision, keyset.Quorum, keyset.Keepers, keyset.Y, keyset.Z, keyset.Matcher.Span,
        keyset.Registrars, keyset.RosterSha256.Span, keyset.Policy))!;

    private TestFiling Resigned(SealedHeader contactHeader, ReadOnlyMemory<byte> contact, SealedHeader accountHeader, ReadOnlyMemory<byte> account)
    {
        var filing = Submission.Filing;
        var message = FilingMessage.Write(
            Keyset.Deployment.Span, filing.Epoch, Id, Author.Credential, filing.LeastNumber, filing.Day, filing.SlipsSha256.Span, contactHeader, accountHeader, Author.Pseudonym);
        Submission = new(FilingMessage.TryParse(message)!, contact, account, Submission.SlipsBox);
        return this;
    }
}

/// <summary>What the real matcher does once slips stand at rung 0: asks keepers, and hands over.</summary>
internal static class TestMatch
{
    /// <summary>Asks a quorum of the real keepers to open, and writes what the vault is told.</summary>
    internal static async Task<byte[]> OpenAsync(VaultSet set, IReadOnlyList<TestFiling> filings, int answers = 2, byte[]? matchId = null, IReadOnlyList<TestFiling>? known = null)
    {
        var keyset = set.Keyset.Keyset;
        var request = new OpeningRequest(
            keyset.Deployment, keyset.Epoch, (byte)filings.Count,
            [.. filings.Select(filing => new OpeningMember(new Member(filing.Slips(set), 0, filing.Start, 0), filing.Submission.Filing))]);
        var replies = new List<OpeningReply>();
        foreach (var keeper in set.Keepers.Keepers.Take(answers))
        {
            var (bytes, refusal) = await keeper.Client.AskAsync("/v1/openings", request.ToBytes());
            Assert.Null(refusal);
            replies.Add(OpeningReply.TryParse(bytes)!);
        }

        var writer = new WireWriter().U8(Limits.Version).Bytes(matchId ?? RandomNumberGenerator.GetBytes(16)).U8((byte)filings.Count);
        for (var j = 0; j < filings.Count; j++)
        {
            writer.Bytes(filings[j].Id).U8((byte)replies.Count);
            foreach (var reply in replies)
            {
                writer.U8(reply.KeeperIndex).Element(reply.Opened[j].Share).Bytes(reply.Opened[j].Signature.Span).U8((byte)reply.Skipped.Count);
                foreach (var member in reply.Skipped) writer.Bytes(member.Span);
                writer.Bytes(reply.Opened[j].Offer.Span);
            }
        }

        writer.U8(checked((byte)(known?.Count ?? 0)));
        foreach (var filing in known ?? []) writer.Bytes(filing.Id);
        return writer.ToArray();
    }

    /// <summary>Files, opens and hands over, and expects that all goes well.</summary>
    internal static async Task<TestFiling[]> MatchedAsync(VaultSet set, params TestFiling[] filings)
    {
        foreach (var filing in filings) await filing.FiledAsync(set);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await OpenAsync(set, filings))).Refusal);
        return filings;
    }
}
