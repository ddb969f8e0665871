using System.Globalization;
using WeToo.Core.Evidence;

namespace WeToo.Tool.Verifying;

/// <summary>What a verdict says, in words.</summary>
internal static class VerdictSayings
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss 'UTC'";

    internal static IEnumerable<string> Of(EvidenceVerdict verdict)
    {
        if (verdict.Matches) return verdict.Seen.SelectMany(Lines).Concat(Ending(verdict));
        return verdict.Findings.Select(finding => $"  {finding.Part}: {Say(finding.Fault)}").Prepend("IT DOES NOT MATCH. What is wrong:");
    }

    private static IEnumerable<string> Lines(EvidenceSeen seen)
    {
        var what = seen.Part == "match.bin" ? "The notice of a match" : seen.Part;
        yield return seen.AtSeconds is { } at
            ? $"{what}: number {seen.Index} of the log {seen.Log}. Enough witnesses had seen it by {TimeOf((long)at)}: {string.Join(", ", seen.Witnesses)}."
            : $"{what}: number {seen.Index} of the log {seen.Log}. The policy asks for no witness, so nobody says when.";
        yield return $"  The day that stands in it: {DateTimeOffset.UnixEpoch.AddDays(seen.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.";
        if (seen.Timestamp is { } timestamp) yield return $"  A timestamp of {timestamp.Authority}: {TimeOf(timestamp.AtSeconds)}.";
    }

    private static IEnumerable<string> Ending(EvidenceVerdict verdict)
    {
        var (account, match) = (verdict.Seen[0], verdict.Seen.FirstOrDefault(seen => seen.Part == "match.bin"));
        if (match is not null) yield return $"The account was there before its author was told of a match: number {account.Index} is before {match.Index}.";
        yield return $"Files of the account: {verdict.FilesHere} here, {verdict.FilesLeftOut} left out.";
        yield return "Dated are account.json, the files that it names, and the additions. The other texts and the PDF were made from them by the author, and only the author's key has signed them.";
        yield return verdict.IsByItsOwnWord
            ? "IT HOLDS TOGETHER, BY ITS OWN WORD. Nobody from outside was asked: whoever made this package could have made its log and witnesses too. Ask the witnesses for their policy, and use --policy."
            : "IT MATCHES: these words and files existed then, and have not changed. It does not show what happened.";
    }

    private static string Say(EvidenceFault fault) => fault switch
    {
        EvidenceFault.Archive => "this is no package, or not all of one (archive)",
        EvidenceFault.Missing => "it is not there (missing)",
        EvidenceFault.Unlisted => "nothing names it (unlisted)",
        EvidenceFault.Altered => "it was changed (altered)",
        EvidenceFault.List => "the list of the files was changed (list)",
        EvidenceFault.Signature => "who sealed the account did not sign this list (signature)",
        EvidenceFault.Malformed => "it cannot be read (malformed)",
        EvidenceFault.NotProven => "the log does not hold this (not-proven)",
        EvidenceFault.Order => "it does not follow what it must follow (order)",
        EvidenceFault.Timestamp => "the timestamp is not of this, or does not hold (timestamp)",
        EvidenceFault.LogUnknown => "you do not believe this log (log-unknown)",
        EvidenceFault.LogSignature => "the log did not sign this (log-signature)",
        EvidenceFault.Witnesses => "too few of the witnesses that you believe have seen it (witnesses)",
        _ => throw new InvalidOperationException("Every fault has its words."),
    };

    private static string TimeOf(long seconds) => seconds is >= 0 and <= 253_402_300_799
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString(TimeFormat, CultureInfo.InvariantCulture)
        : $"{seconds.ToString(CultureInfo.InvariantCulture)} seconds after 1970";
}
