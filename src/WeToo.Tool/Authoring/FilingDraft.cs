using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Tool.Authoring;

/// <summary>Everything that makes a filing but the evaluation: who files what, for whom to read. Makes the submission. WEP-1, sections 6 and 7.</summary>
/// <param name="Keyset">The keyset in force.</param>
/// <param name="Credential">The author's credential.</param>
/// <param name="Pseudonym">The author's key.</param>
/// <param name="FilingId">Sixteen random bytes.</param>
/// <param name="LeastNumber">t, in 2..5.</param>
/// <param name="Counselors">Who may read, at least one.</param>
/// <param name="Contact">The contact package's content.</param>
/// <param name="Account">The account package's content.</param>
internal sealed record FilingDraft(
    Keyset Keyset,
    Credential Credential,
    SigningKey Pseudonym,
    byte[] FilingId,
    byte LeastNumber,
    IReadOnlyList<TeamMember> Counselors,
    ReadOnlyMemory<byte> Contact,
    ReadOnlyMemory<byte> Account)
{
    private byte[] PseudonymKey => Pseudonym.PublicKey.ToArray();

    /// <summary>Seals everything and signs both halves.</summary>
    /// <param name="slips">Four evaluated slips.</param>
    /// <param name="day">Today.</param>
    /// <param name="random">For all that is sealed.</param>
    /// <returns>The submission; null when a counselor's recipient is unusable or the account is longer than the largest class.</returns>
    internal Submission? ToSubmission(IReadOnlyList<EvaluatedSlip> slips, uint day, RandomBytes random)
    {
        if (SealPackage(PackageField.Contact, Contact, [SizeClass.Contact], random) is not { } contact
            || SealPackage(PackageField.Account, Account, SizeClass.Account, random) is not { } account)
            return null;

        Slip[] sealedSlips = [.. slips.Select((slip, j) => SealSlip(slip, (byte)j, random))];
        var deployment = Keyset.Deployment.Span;
        var slipsMessage = SlipsMessage.Write(deployment, Keyset.Epoch, FilingId, Credential, LeastNumber, sealedSlips, Pseudonym);
        var filing = FilingMessage.Write(
            deployment, Keyset.Epoch, FilingId, Credential, LeastNumber, day, SHA256.HashData(slipsMessage), contact.Header, account.Header, Pseudonym);
        var box = SealedBox.Seal(Keyset.Matcher.Span, slipsMessage, random);
        return box is null ? null : new(FilingMessage.TryParse(filing)!, contact.Ciphertext, account.Ciphertext, box);
    }

    private (SealedHeader Header, byte[] Ciphertext)? SealPackage(PackageField field, ReadOnlyMemory<byte> content, IReadOnlyList<int> classes, RandomBytes random)
    {
        var ageFile = AgeFile.Encrypt([.. Counselors.Select(counselor => counselor.Recipient)], content.Span, random);
        var padded = ageFile is null ? null : new Package([.. Counselors.Select(counselor => counselor.Signing)], ageFile).Pad(classes);
        return padded is null
            ? null
            : Tdh2.Seal(Keyset.Z, Labels.Package(Keyset.Deployment.Span, PseudonymKey, FilingId, (byte)field), padded, random);
    }

    private Slip SealSlip(EvaluatedSlip slip, byte position, RandomBytes random)
    {
        var first = LeastNumber - 1;
        var seeds = new SealedSeed[first];
        for (var rung = first - 1; rung >= 0; rung--)
        {
            var label = Labels.Seed(Keyset.Deployment.Span, PseudonymKey, FilingId, position, (byte)rung);
            var (header, ciphertext) = Tdh2.Seal(Keyset.Z, label, Chain.Climb(slip.Start, 0, rung), random);
            seeds[first - 1 - rung] = new(header, ciphertext);
        }

        var mix = Mix.Encrypt(slip.N, Keyset.Z, Mix.Binding(Keyset.Deployment.Span, PseudonymKey, FilingId, position), random);
        return new(Chain.Tag(Chain.Climb(slip.Start, 0, first)), seeds, mix);
    }
}
