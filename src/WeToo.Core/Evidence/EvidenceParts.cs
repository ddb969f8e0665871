using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using WeToo.Core.Log;

namespace WeToo.Core.Evidence;

/// <summary>Something dated, as it stands in a package.</summary>
internal sealed record HeldPart(string Part, string ProofPart, uint Day, LogProof Proof, TimestampToken? Timestamp)
{
    internal EvidenceSeen SeenBy(ShownProof shown) => new(Part, Day, Proof.Index, shown.AtSeconds, Proof.Checkpoint.Origin, shown.Witnesses, Timestamp);
}

/// <summary>Holds the parts of a package to each other. The list of its files was checked before.</summary>
internal sealed partial class EvidenceParts
{
    private const string AccountName = "account.json";
    private const string MatchName = "match.bin";
    private static readonly string[] s_matchNames = [MatchName, "match.salt.hex", "match.tlog"];

    private readonly EvidencePackage _package;
    private readonly TimestampReader _readTimestamp;
    private readonly List<EvidenceFinding> _findings = [];
    private readonly List<HeldPart> _held = [];

    internal EvidenceParts(EvidencePackage package, TimestampReader readTimestamp)
    {
        (_package, _readTimestamp) = (package, readTimestamp);
        using var account = EvidenceJson.TryParse(package.BytesOf(AccountName));
        if (account?.RootElement.HasText("wetoo", "account/1") is true && account.RootElement.DayOf("sealed_day") is { } day)
        {
            HoldFiles(account.RootElement);
            HoldAll(day);
        }
        else
        {
            Note(AccountName, EvidenceFault.Malformed);
        }
    }

    internal IReadOnlyList<EvidenceFinding> Findings => _findings;

    internal IReadOnlyList<HeldPart> Held => _held;

    /// <summary>How many files the account names.</summary>
    internal int FilesNamed { get; private set; }

    private void Note(string part, EvidenceFault fault) => _findings.Add(new(part, fault));

    /// <summary>Every file that is here is one that the account names. Some may be left out.</summary>
    private void HoldFiles(JsonElement account)
    {
        List<JsonElement> named = account.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Array ? [.. files.EnumerateArray()] : [];
        FilesNamed = named.Count;
        foreach (var name in _package.AttachedNames)
        {
            var number = int.Parse(FileNumber().Match(name).Groups[1].Value, CultureInfo.InvariantCulture);
            if (number > named.Count || named[number - 1].ValueKind != JsonValueKind.Object) Note(name, EvidenceFault.Unlisted);
            else if (!named[number - 1].HasText("sha256", _package.HashOf(name)!)) Note(name, EvidenceFault.Altered);
        }
    }

    private void HoldAll(uint day)
    {
        var account = Hold(AccountName, "", EntryKind.Account, day);
        HoldAddenda();
        var match = HoldMatch(account?.Proof);
        if (account is not null && _findings.Count == 0 && _package.TextOf("timeline.json") != Timeline(account, match)) Note("timeline.json", EvidenceFault.Malformed);
    }

    private HeldPart? Hold(string part, string begins, EntryKind kind, uint day)
    {
        var (saltName, proofName, timeName) = ($"{begins}salt.hex", begins.Length == 0 ? "proof.tlog" : $"{begins}tlog", begins.Length == 0 ? "timestamp.tst" : $"{begins}tst");
        var (salt, proof) = (_package.SaltOf(saltName), LogProof.TryParse(_package.TextOf(proofName)));
        if (salt is null) Note(saltName, EvidenceFault.Malformed);
        else if (proof is null) Note(proofName, EvidenceFault.Malformed);
        else if (!proof.Includes(LogEntry.Of(kind, salt, _package.BytesOf(part).Span).ToBytes())) Note(proofName, EvidenceFault.NotProven);
        if (salt is null || proof is null) return null;

        var timestamp = _package.Has(timeName) ? _readTimestamp(_package.BytesOf(timeName), proof.Note.Text) : null;
        if (timestamp is null && _package.Has(timeName)) Note(timeName, EvidenceFault.Timestamp);
        var held = new HeldPart(part, proofName, day, proof, timestamp);
        _held.Add(held);
        return held;
    }

    /// <summary>Additions come without gaps, and each says to the byte what it follows.</summary>
    private void HoldAddenda()
    {
        var count = _package.Names.Select(name => AddendumNumber().Match(name)).Where(match => match.Success).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        var before = AccountName;
        for (var n = 1; n <= count; n++)
        {
            var part = $"addenda/{n}.json";
            var gone = new[] { part, $"addenda/{n}.salt.hex", $"addenda/{n}.tlog" }.Where(name => !_package.Has(name)).ToList();
            gone.ForEach(name => Note(name, EvidenceFault.Missing));
            if (gone.Count > 0) continue;

            HoldAddendum(n, part, before);
            before = part;
        }
    }

    private void HoldAddendum(int number, string part, string before)
    {
        using var content = EvidenceJson.TryParse(_package.BytesOf(part));
        var isAddendum = content?.RootElement.HasText("wetoo", "addendum/1") is true && (content.RootElement.HasText("kind", "addition") || content.RootElement.HasText("kind", "correction"));
        if (!isAddendum || content!.RootElement.DayOf("sealed_day") is not { } day) Note(part, EvidenceFault.Malformed);
        else if (!content.RootElement.HasText("follows", _package.HashOf(before)!)) Note(part, EvidenceFault.Order);
        else Hold(part, $"addenda/{number}.", EntryKind.Addendum, day);
    }

    /// <summary>A notice of a match stands behind the account in the same log.</summary>
    private HeldPart? HoldMatch(LogProof? account)
    {
        var gone = s_matchNames.Where(name => !_package.Has(name)).ToList();
        if (gone.Count == s_matchNames.Length) return null;

        gone.ForEach(name => Note(name, EvidenceFault.Missing));
        if (gone.Count > 0) return null;
        if (DayOfNotice(_package.BytesOf(MatchName).Span) is not { } day)
        {
            Note(MatchName, EvidenceFault.Malformed);
            return null;
        }

        var match = Hold(MatchName, "match.", EntryKind.MatchNotice, day);
        var isLater = match is null || account is null || (match.Proof.Checkpoint.Origin == account.Checkpoint.Origin && match.Proof.Index > account.Index);
        if (!isLater) Note("match.tlog", EvidenceFault.Order);
        return match;
    }

    private static uint? DayOfNotice(ReadOnlySpan<byte> notice)
    {
        var begins = "wetoo/v1/match-notice"u8;
        return notice.Length == begins.Length + 36 && notice.StartsWith(begins) ? BinaryPrimitives.ReadUInt32BigEndian(notice[^4..]) : null;
    }

    private static string Timeline(HeldPart account, HeldPart? match)
    {
        var told = match is null ? "" : string.Create(CultureInfo.InvariantCulture, $",\"told_day\":{match.Day},\"told_index\":{match.Proof.Index}");
        return string.Create(CultureInfo.InvariantCulture, $"{{\"wetoo\":\"timeline/1\",\"sealed_day\":{account.Day},\"sealed_index\":{account.Proof.Index}{told}}}\n");
    }

    [GeneratedRegex(@"^files/([1-9][0-9]*)")]
    private static partial Regex FileNumber();

    [GeneratedRegex(@"^addenda/([1-9][0-9]*)\.")]
    private static partial Regex AddendumNumber();
}
