using WeToo.Core.Log;

namespace WeToo.Core.Evidence;

/// <summary>What is wrong with a part of a package.</summary>
public enum EvidenceFault
{
    /// <summary>The archive itself: not one that was made by us, or not all of it.</summary>
    Archive,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there, and nothing names it.</summary>
    Unlisted,

    /// <summary>Its bytes are not those that were signed.</summary>
    Altered,

    /// <summary>The list of the files is not the one that was signed.</summary>
    List,

    /// <summary>The signature of the list is not by who sealed the account.</summary>
    Signature,

    /// <summary>Its form is wrong.</summary>
    Malformed,

    /// <summary>The log does not hold this.</summary>
    NotProven,

    /// <summary>It does not follow what it must follow.</summary>
    Order,

    /// <summary>The timestamp is of something else, or its signature does not hold.</summary>
    Timestamp,

    /// <summary>The log is not one of the policy's.</summary>
    LogUnknown,

    /// <summary>The log's signature is not there, or does not hold.</summary>
    LogSignature,

    /// <summary>Too few of the policy's witnesses have seen it.</summary>
    Witnesses,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Part">The file, or <c>package</c> for the archive.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record EvidenceFinding(string Part, EvidenceFault Fault);

/// <summary>What an RFC 3161 token says, once it holds.</summary>
/// <param name="AtSeconds">When, in seconds since 1970.</param>
/// <param name="Authority">Whose certificate signed it; who stands behind it, its issuer says.</param>
public sealed record TimestampToken(long AtSeconds, string Authority);

/// <summary>Reads a timestamp token.</summary>
/// <param name="token">An RFC 3161 TimeStampToken, in DER.</param>
/// <param name="text">What it must be of.</param>
/// <returns><see langword="null"/> when it does not hold.</returns>
public delegate TimestampToken? TimestampReader(ReadOnlyMemory<byte> token, string text);

/// <summary>When something was there, by a policy.</summary>
/// <param name="Part">Which file.</param>
/// <param name="Day">The day that its author's device, or the vault, put into it.</param>
/// <param name="Index">Its place in the log.</param>
/// <param name="AtSeconds">The earliest time by which enough witnesses had seen it; <see langword="null"/> when the policy asks for none.</param>
/// <param name="Log">Which log.</param>
/// <param name="Witnesses">Who saw it, by the names of the policy.</param>
/// <param name="Timestamp">What an authority says; <see langword="null"/> without one.</param>
public sealed record EvidenceSeen(string Part, uint Day, ulong Index, ulong? AtSeconds, string Log, IReadOnlyList<string> Witnesses, TimestampToken? Timestamp);

/// <summary>What a check of a package came to.</summary>
/// <param name="Findings">What is wrong; none when it matches.</param>
/// <param name="Seen">What was there when; empty when something is wrong.</param>
/// <param name="IsByItsOwnWord">Whether only the logs and witnesses that the package itself names were believed: then it holds together, and no more.</param>
/// <param name="FilesHere">How many files of the account are in it.</param>
/// <param name="FilesLeftOut">How many it names that are not.</param>
public sealed record EvidenceVerdict(IReadOnlyList<EvidenceFinding> Findings, IReadOnlyList<EvidenceSeen> Seen, bool IsByItsOwnWord, int FilesHere, int FilesLeftOut)
{
    /// <summary>The verdict on what is no package.</summary>
    public static EvidenceVerdict NoPackage { get; } = Mismatch([new("package", EvidenceFault.Archive)]);

    /// <summary>Whether nothing is wrong.</summary>
    public bool Matches => Findings.Count == 0;

    /// <summary>Checks a package. spec/evidence.md, "The verdict". Everything in it is public; nothing is constant-time.</summary>
    /// <param name="package">The package.</param>
    /// <param name="policy">Which logs and witnesses somebody believes; <see langword="null"/> to take those that the package names.</param>
    /// <param name="readTimestamp">Reads its timestamps.</param>
    public static EvidenceVerdict Of(EvidencePackage package, LogPolicy? policy, TimestampReader readTimestamp)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(readTimestamp);
        var missing = EvidencePackage.NeededNames.Where(name => !package.Has(name)).Select(name => new EvidenceFinding(name, EvidenceFault.Missing)).ToList();
        if (missing.Count > 0) return Mismatch(missing);

        var findings = EvidenceList.Check(package);
        if (findings.Count > 0) return Mismatch(findings);
        // After the list, so that a file that was altered is named.
        if (!package.AreSumsRight) return NoPackage;

        var parts = new EvidenceParts(package, readTimestamp);
        return parts.Findings.Count > 0 ? Mismatch(parts.Findings) : ByPolicy(package, parts, policy);
    }

    private static EvidenceVerdict ByPolicy(EvidencePackage package, EvidenceParts parts, LogPolicy? given)
    {
        if ((given ?? LogPolicy.TryParse(package.TextOf("policy.txt"))) is not { } policy) return Mismatch([new("policy.txt", EvidenceFault.Malformed)]);

        var shown = parts.Held.Select(held => (Held: held, By: held.Proof.ShownBy(policy))).ToList();
        var findings = shown.Where(one => one.By.Fault is not null).Select(one => new EvidenceFinding(one.Held.ProofPart, one.By.Fault switch
        {
            ProofFault.LogUnknown => EvidenceFault.LogUnknown,
            ProofFault.LogSignature => EvidenceFault.LogSignature,
            _ => EvidenceFault.Witnesses,
        })).ToList();
        if (findings.Count > 0) return Mismatch(findings);

        var here = package.AttachedNames.Count();
        return new([], [.. shown.Select(one => one.Held.SeenBy(one.By))], given is null, here, parts.FilesNamed - here);
    }

    private static EvidenceVerdict Mismatch(IReadOnlyList<EvidenceFinding> findings) => new(findings, [], false, 0, 0);
}
