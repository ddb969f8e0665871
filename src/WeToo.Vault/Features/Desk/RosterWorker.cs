using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// Brings counselors who accepted an invitation onto the roster: asks every keeper to sign the next revision of the keyset, publishes it once all have,
/// and tells each keeper what is in force. A keeper that is away or has not approved yet is asked again.
/// </summary>
internal sealed partial class RosterWorker(Database database, KeysetBoard board, KeeperQuorum keepers, TimeProvider time, ILogger<RosterWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);

    private readonly Bell _bell = new(time);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<int, uint> _told = [];

    /// <summary>Says that the roster or the keyset may have changed.</summary>
    internal void Wake() => _bell.Ring();

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
            await SettleAsync(board.Current, accepted, cancel);
            await TellAsync(board.Current, cancel);
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
        while (true)
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

            await _bell.WaitAsync(s_retry, stoppingToken);
        }
    }

    private async Task PublishAsync(SignedKeyset current, CounselorEntry[] joining, CancellationToken cancel)
    {
        if (Roster.TryParse(KeysetText.WriteRoster([.. current.Roster.Counselors, .. joining])) is not { } roster)
        {
            Full(log, joining.Length);
            return;
        }

        var keyset = Keyset.TryParse(KeysetText.Revise(current.Keyset, SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text))))!;
        var request = JsonSerializer.SerializeToUtf8Bytes(new { keyset = keyset.Text, roster = roster.Text });
        var answers = await Task.WhenAll(keyset.Keepers.Select(keeper => keepers.AskOneAsync(keeper.Index, "v1/keysets", request, cancel)));
        KeysetSignature[] signatures = [.. answers.Where(answer => answer.Refused is null).Select(answer => TryParse(answer.Bytes)).OfType<KeysetSignature>()];
        if (SignedKeyset.TryCreate(keyset, roster, signatures) is { } next) await board.PublishAsync(next, cancel);
        else Waiting(log, signatures.Length, keyset.Keepers.Count);
    }

    /// <summary>Whoever was on a published roster once is not put there again: an operator who takes them off has the last word.</summary>
    private async Task SettleAsync(SignedKeyset current, IReadOnlyList<Row> accepted, CancellationToken cancel)
    {
        var settled = accepted.Where(row => current.Roster.Counselor(row.Signing) is not null).Select(row => new { signing = row.Signing }).ToList();
        if (settled.Count > 0) _ = await database.TransactAsync(session => session.Execute(Sql.Settle, settled), cancel);
    }

    /// <summary>Tells each keeper what is in force, until it has heard: one with an old roster could release nothing.</summary>
    private async Task TellAsync(SignedKeyset current, CancellationToken cancel)
    {
        var document = Encoding.UTF8.GetBytes(current.ToJson());
        KeeperEntry[] untold = [.. current.Keyset.Keepers.Where(keeper => _told.GetValueOrDefault(keeper.Index) < current.Keyset.Revision)];
        var answers = await Task.WhenAll(untold.Select(keeper => keepers.PutOneAsync(keeper.Index, "v1/keysets", document, cancel)));
        foreach (var (keeper, answer) in untold.Zip(answers))
            if (answer.Refused is null) _told[keeper.Index] = current.Keyset.Revision;
    }

    private static KeysetSignature? TryParse(byte[] answer)
    {
        try
        {
            var signed = JsonSerializer.Deserialize<Signed>(answer, JsonSerializerOptions.Web);
            return signed is { Signature.Length: 2 * Ed25519.SignatureSize } && signed.Signature.All(char.IsAsciiHexDigit)
                ? new(signed.Index, Convert.FromHexString(signed.Signature))
                : null;
        }
        catch (JsonException)
        {
            return null; // The framework has no way to ask first.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Signed} of {All} keepers have signed the next keyset; the others will be asked again")]
    private static partial void Waiting(ILogger logger, int signed, int all);

    [LoggerMessage(2, LogLevel.Error, "Publishing the roster failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    [LoggerMessage(3, LogLevel.Error, "The roster has no room for {Count} more counselors")]
    private static partial void Full(ILogger logger, int count);

    private sealed record Row(string Name, string Recipient, byte[] Signing);

    private sealed record Signed(byte Index, string? Signature);

    private static class Sql
    {
        internal const string Accepted = "SELECT name, recipient, signing FROM invitations WHERE signing IS NOT NULL AND settled = 0 ORDER BY name, signing";

        internal const string Settle = "UPDATE invitations SET settled = 1 WHERE signing = @signing";
    }
}
