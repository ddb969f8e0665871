using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Cases;

/// <summary>Releases accounts once counselors have found that there is a match and the author has consented. WEP-1, section 9. What fails is tried again.</summary>
internal sealed partial class ReleaseWorker(Database database, KeysetBoard board, KeeperQuorum keepers, TimeProvider time, ILogger<ReleaseWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);

    private readonly Bell _bell = new(time);

    /// <summary>Says that an account may be ready.</summary>
    internal void Wake() => _bell.Ring();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ReleaseReadyAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The worker must outlive one bad case.
            catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }

            await _bell.WaitAsync(s_retry, stoppingToken);
        }
    }

    private async Task ReleaseReadyAsync(CancellationToken stopping)
    {
        if (board.Current is not { } keyset) return;

        _ = await database.TransactAsync(
            session =>
            {
                AskedStops.Settle(session, time.GetUtcNow()); // Nothing is released that was to be stopped by now.
                return session.Execute(Sql.ReleaseDirect);
            },
            stopping);
        var ready = await database.ReadAsync(session => session.Query<Ready>(Sql.Ready), stopping);
        foreach (var one in ready.DistinctBy(row => Convert.ToHexString(row.FilingId))) await ReleaseAsync(keyset, one, stopping);
    }

    private async Task ReleaseAsync(SignedKeyset keyset, Ready ready, CancellationToken stopping)
    {
        var filing = FilingMessage.TryParse(ready.Message)!;
        var signatures = await database.ReadAsync(session => session.Query<(long KeeperIndex, byte[] Signature)>(Sql.Signatures, new { filing_id = ready.FilingId }), stopping);
        var release = new ReleaseRequest(
            keyset.Keyset.Deployment,
            keyset.Keyset.Epoch,
            filing,
            keyset.Roster.Text,
            FindingMessage.TryParse(ready.Authors)!,
            FindingMessage.TryParse(ready.Named)!,
            ConsentMessage.TryParse(ready.Consent)!,
            [.. signatures.Select(signature => new OpeningSignature((byte)signature.KeeperIndex, signature.Signature))]);

        var answer = await keepers.AskAsync(keyset.Keyset, "v1/releases", release.ToBytes(), (keeper, body) => Check(keeper, body, filing), stopping);
        foreach (var index in answer.Faulty) Lied(log, index);
        if (answer.Refused is { } reason) Refused(log, reason);
        if (answer.Answers is not { } shares) return;

        // Each share is proven. If they open nothing, nothing ever will: the case is done, with an account that is empty.
        var account = AgeFileOf(filing, ready.Account, [.. shares.Select(share => new PartialEvaluation(share.Keeper.Index, share.Answer.Share))]);
        if (account is null) Unreadable(log);
        _ = await database.TransactAsync(session => session.Execute(Sql.Release, new { filing_id = ready.FilingId, account = account ?? [] }), stopping);
    }

    private static ReleaseReply? Check(KeeperEntry keeper, byte[] body, FilingMessage filing) =>
        ReleaseReply.TryParse(body) is { } reply
        && reply.KeeperIndex == keeper.Index
        && Dleq.Verify(DleqContext.Release, keeper.Z, [filing.Account.U], [reply.Share], reply.Proof) ? reply : null;

    private static byte[]? AgeFileOf(FilingMessage filing, byte[] ciphertext, PartialEvaluation[] shares) =>
        Quorum.Combine(shares) is { } point
        && Tdh2.Open(point, filing.Account, filing.PackageLabel(PackageField.Account), ciphertext) is { } padded
        && Package.TryParse(padded) is { } package ? package.AgeFile.ToArray() : null;

    [LoggerMessage(1, LogLevel.Error, "Releasing an account failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    [LoggerMessage(2, LogLevel.Warning, "Keeper {Index} gave an answer that does not verify")]
    private static partial void Lied(ILogger logger, int index);

    [LoggerMessage(3, LogLevel.Warning, "A keeper does not release an account: {Reason}")]
    private static partial void Refused(ILogger logger, Refusal reason);

    [LoggerMessage(4, LogLevel.Warning, "An account was released and cannot be read: its author sealed something else")]
    private static partial void Unreadable(ILogger logger);

    private sealed record Ready(byte[] FilingId, byte[] Message, byte[] Account, byte[] Authors, byte[] Named, byte[] Consent);

    private static class Sql
    {
        internal const string Ready = $"""
            SELECT f.filing_id, f.message, f.account, a.message AS authors, n.message AS named, s.message AS consent
            FROM cases c
            JOIN filings f ON f.filing_id = c.filing_id
            JOIN consents s ON s.filing_id = c.filing_id
            JOIN findings a ON a.filing_id = c.filing_id AND a.question = 1 AND a.answer = 1
            JOIN findings n ON n.filing_id = c.filing_id AND n.other_id = a.other_id AND n.question = 2 AND n.answer = 1
            WHERE c.account IS NULL AND c.stage = 2 AND f.direct = 0
              AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id)
              AND {FreezeEndpoint.Frozen.OfCase} = 0
            """;

        internal const string Signatures = "SELECT keeper_index, signature FROM opening_signatures WHERE filing_id = @filing_id";

        /// <summary>What was sealed to counselors alone needs no keeper, only their author's yes.</summary>
        internal const string ReleaseDirect = $"""
            UPDATE cases SET account = (SELECT g.account FROM filings g WHERE g.filing_id = cases.filing_id)
            WHERE account IS NULL AND filing_id IN (
                SELECT f.filing_id FROM filings f
                JOIN consents s ON s.filing_id = f.filing_id
                WHERE f.direct = 1 AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id)
                  AND {FreezeEndpoint.Frozen.OfFiling} = 0)
            """;

        internal const string Release = """
            UPDATE cases SET account = @account
            WHERE filing_id = @filing_id AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = @filing_id)
            """;
    }
}
