using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core.Keysets;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// Brings counselors who accepted an invitation onto the roster: asks every keeper to sign the next revision of the keyset, and publishes it once
/// all have. A keeper that is away or has not approved yet is asked again.
/// </summary>
internal sealed partial class RosterWorker(Database database, KeysetBoard board, KeeperQuorum keepers, TimeProvider time, ILogger<RosterWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Publishes a roster with everybody who accepted, if there is anybody new and all keepers sign.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (board.Current is not { } current) return;

            var accepted = await database.ReadAsync(session => session.Query<Row>(Sql.Accepted), cancel);
            CounselorEntry[] joining = [.. accepted.Where(row => current.Roster.Counselor(row.Signing) is null).Select(row => new CounselorEntry(row.Name, row.Recipient, row.Signing))];
            if (joining.Length > 0) await PublishAsync(current, joining, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The worker must outlive a failure; whoever accepted is still there.
            catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }

            await Task.Delay(s_retry, time, stoppingToken);
        }
    }

    private async Task PublishAsync(SignedKeyset current, CounselorEntry[] joining, CancellationToken cancel)
    {
        var roster = Roster.TryParse(KeysetText.WriteRoster([.. current.Roster.Counselors, .. joining]))!;
        var keyset = Keyset.TryParse(KeysetText.Revise(current.Keyset, SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text))))!;
        var request = JsonSerializer.SerializeToUtf8Bytes(new { keyset = keyset.Text, roster = roster.Text });
        var answers = await Task.WhenAll(keyset.Keepers.Select(keeper => keepers.AskOneAsync(keeper.Index, "v1/keysets", request, cancel)));
        KeysetSignature[] signatures = [.. answers.Where(answer => answer.Refused is null).Select(answer => Parse(answer.Bytes)).OfType<KeysetSignature>()];
        if (SignedKeyset.TryCreate(keyset, roster, signatures) is not { } next)
        {
            Waiting(log, signatures.Length, keyset.Keepers.Count);
            return;
        }

        if (await board.PublishAsync(next, cancel) is not null) return;

        // Keepers learn what is in force now; one that is away learns it with the next revision, or from its operator.
        var document = Encoding.UTF8.GetBytes(next.ToJson());
        _ = await Task.WhenAll(keyset.Keepers.Select(keeper => keepers.PutOneAsync(keeper.Index, "v1/keysets", document, cancel)));
    }

    private static KeysetSignature? Parse(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return new(json.RootElement.GetProperty("index").GetByte(), Convert.FromHexString(json.RootElement.GetProperty("signature").GetString()!));
    }

    [LoggerMessage(1, LogLevel.Warning, "{Signed} of {All} keepers have signed the next keyset; the others will be asked again")]
    private static partial void Waiting(ILogger logger, int signed, int all);

    [LoggerMessage(2, LogLevel.Error, "Publishing the roster failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private sealed record Row(string Name, string Recipient, byte[] Signing);

    private static class Sql
    {
        internal const string Accepted = "SELECT name, recipient, signing FROM invitations WHERE signing IS NOT NULL ORDER BY name";
    }
}
