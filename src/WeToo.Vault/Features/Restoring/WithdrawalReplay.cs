using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Health;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Outbox;

namespace WeToo.Vault.Features.Restoring;

/// <summary>
/// A backup knows nothing of what was withdrawn after it was made. Keepers do: a restored vault asks them, and withdraws again, before it answers anybody.
/// Each withdrawal is signed by its author, so no keeper can take a filing out. WEP-1, section 10.3.
/// </summary>
internal sealed partial class WithdrawalReplay(
    Database database, KeysetBoard board, KeeperQuorum keepers, OutboxWorker outbox, TimeProvider time, ILogger<WithdrawalReplay> log) : BackgroundService
{
    /// <summary>Filings asked about at once: their fingerprints fill the longest message.</summary>
    private const int AtOnce = Limits.OtherBytes / WithdrawalMessage.FingerprintSize;

    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(10);

    private readonly Bell _bell = new(time);

    /// <summary>Notes that the database is older than the world around it.</summary>
    internal static void Begin(Session session, TimeProvider time)
    {
        session.Execute(Sql.Begin);
        Runs.Note(session, Runs.Restore, time);
    }

    /// <summary>Asks every keeper that has not answered yet.</summary>
    /// <exception cref="InvalidOperationException">So few answer that a withdrawal may be known to none of them: the vault must not serve.</exception>
    internal async Task CatchUpAsync(CancellationToken cancel)
    {
        if (board.Current is not { } keyset) return;
        if (await AskAllAsync(keyset.Keyset, cancel) > keyset.Keyset.Keepers.Count - keyset.Keyset.Quorum)
            throw new InvalidOperationException("This vault was restored from a backup, and too few keepers answer to say what was withdrawn since. Start it again when they do.");
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (board.Current is { } keyset && await TryAskAllAsync(keyset.Keyset, stoppingToken) > 0) await _bell.WaitAsync(s_rest, stoppingToken);
    }

    private async Task<int> TryAskAllAsync(Keyset keyset, CancellationToken cancel)
    {
        try
        {
            return await AskAllAsync(keyset, cancel);
        }
#pragma warning disable CA1031 // The worker must outlive a failure; who was not asked is asked again.
        catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(log, why.HResult);
            return 1;
        }
    }

    /// <returns>How many have not answered.</returns>
    private async Task<int> AskAllAsync(Keyset keyset, CancellationToken cancel)
    {
        var left = await database.TransactAsync(Left, cancel);
        var asked = await Task.WhenAll(left.Select(index => AskAsync(keyset, (int)index, cancel)));
        return asked.Count(answered => !answered);
    }

    /// <summary>Whom to ask, worked out at the first start after the restore.</summary>
    private IReadOnlyList<long> Left(Session session)
    {
        if (session.Execute(Sql.Done, new { keeper_index = 0L }) > 0)
            session.Execute(Sql.Ask, keepers.Indices.Select(index => new { keeper_index = (long)index }));
        return session.Query<long>(Sql.Left);
    }

    private async Task<bool> AskAsync(Keyset keyset, int keeper, CancellationToken cancel)
    {
        var living = await database.ReadAsync(session => session.Query<(byte[] Pseudonym, byte[] FilingId)>(Sql.Living), cancel);
        foreach (var some in living.Chunk(AtOnce))
        {
            var question = some.SelectMany(filing => WithdrawalMessage.Fingerprint(filing.Pseudonym, filing.FilingId)).ToArray();
            var (answer, refused) = await keepers.AskOneAsync(keeper, "v1/tombstones/kept", question, cancel);
            if (refused is not null || answer.Length % WithdrawalMessage.Size != 0) return false;
            foreach (var message in answer.Chunk(WithdrawalMessage.Size)) await WithdrawAsync(keyset, message, cancel);
        }

        _ = await database.TransactAsync(session => session.Execute(Sql.Done, new { keeper_index = (long)keeper }), cancel);
        Answered(log, keeper);
        return true;
    }

    /// <summary>As if its author had just sent it; what is not theirs is passed over.</summary>
    private async Task WithdrawAsync(Keyset keyset, byte[] message, CancellationToken cancel)
    {
        if (WithdrawalMessage.TryParse(message) is not { } withdrawal || withdrawal.CheckSignature() is not null) return;
        if (!withdrawal.Deployment.Span.SequenceEqual(keyset.Deployment.Span)) return;

        _ = await WithdrawEndpoint.RecordAsync(database, withdrawal, outbox.WithdrawalTargets, board.Today, cancel);
        foreach (var target in outbox.WithdrawalTargets) outbox.Ring(target);
    }

    [LoggerMessage(1, LogLevel.Information, "Keeper {Index} has said what was withdrawn since the backup")]
    private static partial void Answered(ILogger logger, int index);

    [LoggerMessage(2, LogLevel.Error, "Asking what was withdrawn since the backup failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private static class Sql
    {
        internal const string Begin = "INSERT INTO replays (keeper_index) VALUES (0) ON CONFLICT (keeper_index) DO NOTHING";

        internal const string Ask = "INSERT INTO replays (keeper_index) VALUES (@keeper_index) ON CONFLICT (keeper_index) DO NOTHING";

        internal const string Left = "SELECT keeper_index FROM replays ORDER BY keeper_index";

        internal const string Done = "DELETE FROM replays WHERE keeper_index = @keeper_index";

        internal const string Living = """
            SELECT pseudonym, filing_id FROM filings f WHERE NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id)
            """;
    }
}
