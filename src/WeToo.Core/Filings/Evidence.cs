using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Core.Filings;

/// <summary>
/// What a keeper checks on its own before it helps to open anything: WEP-1, sections 8 and 9, all but tombstones, which only the
/// keeper's own store knows. It needs no memory of earlier steps, so any keeper can take any step.
/// </summary>
/// <remarks>Cost: for each member one RSA and one Ed25519 verification, for each sealed header four multiplications. Public values only.</remarks>
public static class Evidence
{
    /// <summary>Checks the evidence for a drop.</summary>
    /// <param name="drop">The evidence.</param>
    /// <param name="keyset">The keyset in force.</param>
    /// <param name="seeds">The headers of the seeds that may be answered, in order; empty when refused.</param>
    public static Refusal? CheckDrop(DropRequest drop, Keyset keyset, out IReadOnlyList<SealedHeader> seeds)
    {
        ArgumentNullException.ThrowIfNull(drop);
        ArgumentNullException.ThrowIfNull(keyset);
        seeds = [];
        var refusal = CheckFrame(drop.Deployment, drop.Epoch, keyset)
            ?? CheckMembers(drop.Members, keyset)
            ?? CheckSameTag(drop.Members, drop.Rung)
            ?? CheckSeeds(drop);
        if (refusal is not null) return refusal;

        var (leastCount, positions) = LadderRule.Drop(drop.Rung, [.. drop.Members.Select(member => member.Standing)]);
        if (positions.Count == 0 || leastCount != drop.LeastCount) return Refusal.RuleNotMet;

        seeds = [.. positions.Select(j => NextSeed(drop.Members[j]))];
        return null;
    }

    /// <summary>Checks the evidence for an opening.</summary>
    /// <param name="opening">The evidence.</param>
    /// <param name="keyset">The keyset in force.</param>
    /// <param name="filings">The filings whose contact part may be answered, in order; empty when refused.</param>
    public static Refusal? CheckOpening(OpeningRequest opening, Keyset keyset, out IReadOnlyList<FilingMessage> filings)
    {
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(keyset);
        filings = [];
        Member[] members = [.. opening.Members.Select(member => member.Member)];
        var refusal = CheckFrame(opening.Deployment, opening.Epoch, keyset) ?? CheckMembers(members, keyset) ?? CheckSameStart(members);
        if (refusal is not null) return refusal;

        var (leastCount, positions) = LadderRule.Open([.. members.Select(member => member.Standing)]);
        OpeningMember[] opened = [.. positions.Select(j => opening.Members[j]).Where(member => member.Filing is not null)];
        if (opened.Length == 0 || leastCount != opening.LeastCount) return Refusal.RuleNotMet;

        refusal = opened.Select(member => CheckContact(member.Member.Slips, member.Filing!, keyset)).FirstOrDefault(why => why is not null);
        if (refusal is not null) return refusal;

        filings = [.. opened.Select(member => member.Filing!)];
        return null;
    }

    /// <summary>Checks that a filing belongs to its slips, and that its contact part may be answered.</summary>
    /// <param name="slips">The signed slips.</param>
    /// <param name="filing">What the vault says is their filing.</param>
    /// <param name="keyset">The keyset in force.</param>
    /// <returns>
    /// <see langword="null"/>; <see cref="Refusal.MalformedMessage"/> when it is another filing; or what is wrong with its credential, signature or header.
    /// </returns>
    public static Refusal? CheckContact(SlipsMessage slips, FilingMessage filing, Keyset keyset)
    {
        ArgumentNullException.ThrowIfNull(slips);
        ArgumentNullException.ThrowIfNull(filing);
        ArgumentNullException.ThrowIfNull(keyset);
        var sameFiling = filing.FilingId.Span.SequenceEqual(slips.FilingId.Span)
            && filing.Credential.Pseudonym.Span.SequenceEqual(slips.Credential.Pseudonym.Span)
            && filing.LeastNumber == slips.LeastNumber
            && filing.SlipsSha256.Span.SequenceEqual(SHA256.HashData(slips.Bytes.Span));
        return sameFiling
            ? CheckFiling(filing, keyset) ?? CheckHeader(filing.Contact, filing.PackageLabel(PackageField.Contact))
            : Refusal.MalformedMessage;
    }

    /// <summary>Checks that an account may be released.</summary>
    public static Refusal? CheckRelease(ReleaseRequest release, Keyset keyset)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(keyset);
        return CheckFrame(release.Deployment, release.Epoch, keyset)
            ?? CheckFiling(release.Filing, keyset)
            ?? CheckHeader(release.Filing.Account, release.Filing.PackageLabel(PackageField.Account))
            ?? CheckCounselor(release, keyset)
            ?? CheckConsent(release)
            ?? CheckOpenings(release.Filing, release.Openings, keyset);
    }

    /// <summary>Checks that a counselor may have evaluated once more what a filing names: all but the day, the quota and tombstones.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="signed">The keyset in force, with its roster.</param>
    /// <returns><see langword="null"/>, or why not; <see cref="Refusal.MalformedMessage"/> when the filing is not the one that the counselor named.</returns>
    public static Refusal? CheckRecheck(RecheckEvidence evidence, SignedKeyset signed)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(signed);
        var (request, filing, keyset) = (evidence.Request, evidence.Filing, signed.Keyset);
        if (!filing.FilingId.Span.SequenceEqual(request.FilingId.Span)) return Refusal.MalformedMessage;

        return CheckFrame(request.Deployment, request.Epoch, keyset)
            ?? (signed.Roster.Counselor(request.Counselor) is null ? Refusal.CounselorUnknown : default(Refusal?))
            ?? request.CheckSignature()
            ?? CheckFiling(filing, keyset)
            ?? CheckOpenings(filing, evidence.Openings, keyset);
    }

    private static Refusal? CheckFrame(ReadOnlyMemory<byte> deployment, uint epoch, Keyset keyset) =>
        !deployment.Span.SequenceEqual(keyset.Deployment.Span) ? Refusal.DeploymentForeign
        : epoch != keyset.Epoch ? Refusal.WrongEpoch
        : null;

    private static Refusal? CheckMembers(IReadOnlyList<Member> members, Keyset keyset)
    {
        if (CountDistinct(members, member => member.Slips.Credential.Pseudonym) < members.Count
            || CountDistinct(members, member => member.Slips.FilingId) < members.Count)
            return Refusal.PseudonymRepeated;

        return members.Select(member => CheckMember(member, keyset)).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? CheckMember(Member member, Keyset keyset)
    {
        if (!member.Slips.Deployment.Span.SequenceEqual(keyset.Deployment.Span)) return Refusal.DeploymentForeign;

        var refusal = member.Slips.Credential.Check(keyset, today: null) ?? member.Slips.CheckSignature();
        if (refusal is not null || member.Shown.IsEmpty) return refusal;

        var tag = Chain.Tag(Chain.Climb(member.Shown.Span, member.Rung, member.FirstRung));
        return CryptographicOperations.FixedTimeEquals(tag, member.Slip.Tag.Span) ? null : Refusal.TagMismatch;
    }

    private static Refusal? CheckSameTag(IReadOnlyList<Member> members, byte rung)
    {
        var tags = members.Select(member => TagAt(member, rung)).ToList();
        return tags.All(tag => tag is not null && CryptographicOperations.FixedTimeEquals(tag, tags[0])) ? null : Refusal.TagMismatch;
    }

    /// <summary>The tag τ_b of a member, or null when what is shown does not reach rung b.</summary>
    private static byte[]? TagAt(Member member, byte rung)
    {
        if (member.Shown.IsEmpty) return member.FirstRung == rung ? member.Slip.Tag.ToArray() : null;

        // Beyond its first rung only one that has opened counts, and that needs y_0: LadderRule decides.
        var reaches = member.Rung <= rung && (rung <= member.FirstRung || member.Rung == 0);
        return reaches ? Chain.Tag(Chain.Climb(member.Shown.Span, member.Rung, rung)) : null;
    }

    private static Refusal? CheckSameStart(IReadOnlyList<Member> members) =>
        members.All(member => member.Rung == 0 && CryptographicOperations.FixedTimeEquals(member.Shown.Span, members[0].Shown.Span))
            ? null
            : Refusal.TagMismatch;

    private static Refusal? CheckSeeds(DropRequest drop) =>
        drop.Members.Where(member => member.Rung == drop.Rung)
            .Select(member => CheckHeader(NextSeed(member), member.Slips.SeedLabel(member.Position, (byte)(member.Rung - 1))))
            .FirstOrDefault(refusal => refusal is not null);

    private static SealedHeader NextSeed(Member member) => member.Slips.Seed(member.Position, member.Rung - 1).Header;

    private static Refusal? CheckHeader(SealedHeader header, byte[] label) => Tdh2.Verify(header, label) ? null : Refusal.SealingInvalid;

    private static Refusal? CheckFiling(FilingMessage filing, Keyset keyset) =>
        filing.Deployment.Span.SequenceEqual(keyset.Deployment.Span)
            ? filing.Credential.Check(keyset, today: null) ?? filing.CheckSignature()
            : Refusal.DeploymentForeign;

    private static Refusal? CheckCounselor(ReleaseRequest release, Keyset keyset)
    {
        var text = Encoding.UTF8.GetBytes(release.RosterText);
        if (!SHA256.HashData(text).AsSpan().SequenceEqual(keyset.RosterSha256.Span) || Roster.TryParse(release.RosterText) is not { } roster)
            return Refusal.RosterUnknown;
        if (roster.Counselor(release.Authors.Counselor) is null) return Refusal.CounselorUnknown;

        var (authors, named) = (release.Authors, release.Named);
        var oneCounselor = authors.Counselor.Span.SequenceEqual(named.Counselor.Span) && authors.OtherId.Span.SequenceEqual(named.OtherId.Span);
        if (!oneCounselor || !Names(release, authors.Deployment, authors.FilingId) || !Names(release, named.Deployment, named.FilingId)) return Refusal.MalformedMessage;

        var found = authors is { Question: FindingQuestion.Authors, Answer: FindingAnswer.Yes } && named is { Question: FindingQuestion.Named, Answer: FindingAnswer.Yes };
        return found ? authors.CheckSignature() ?? named.CheckSignature() : Refusal.CheckMissing;
    }

    private static Refusal? CheckConsent(ReleaseRequest release)
    {
        var samePseudonym = release.Consent.Pseudonym.Span.SequenceEqual(release.Filing.Credential.Pseudonym.Span);
        return samePseudonym && Names(release, release.Consent.Deployment, release.Consent.FilingId)
            ? release.Consent.CheckSignature()
            : Refusal.MalformedMessage;
    }

    private static bool Names(ReleaseRequest release, ReadOnlyMemory<byte> deployment, ReadOnlyMemory<byte> filingId) =>
        deployment.Span.SequenceEqual(release.Deployment.Span) && filingId.Span.SequenceEqual(release.Filing.FilingId.Span);

    private static Refusal? CheckOpenings(FilingMessage filing, IReadOnlyList<OpeningSignature> openings, Keyset keyset)
    {
        var message = filing.OpeningMessage();
        var keepers = openings
            .Where(opening => keyset.Keeper(opening.KeeperIndex) is { } keeper
                && Ed25519.Verify<OpeningPurpose>(keeper.Signing.Span, message, opening.Signature.Span))
            .Select(opening => opening.KeeperIndex)
            .Distinct()
            .Count();
        return keepers >= keyset.Quorum ? null : Refusal.OpeningMissing;
    }

    private static int CountDistinct(IEnumerable<Member> members, Func<Member, ReadOnlyMemory<byte>> of) =>
        members.Select(member => Convert.ToHexString(of(member).Span)).Distinct(StringComparer.Ordinal).Count();
}
