using System.Text;
using System.Text.Json;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Readiness;
using WeToo.Vault.Features.Recovery;
using WeToo.Vault.Features.Team;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// Brings a change that the team agreed on about: asks every keeper to sign the next revision of the keyset, publishes it once all have, hands on the cases of
/// who left, tells each keeper what is in force, and carries conflict tags. A keeper that is away or has not approved yet is asked again.
/// </summary>
internal sealed partial class RosterWorker(
    Database database, KeysetBoard board, KeeperQuorum keepers, DeskClocks clocks, GateLog gate, TimeProvider time, ILogger<RosterWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);

    private readonly Bell _bell = new(time);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<int, uint> _told = [];
    private uint? _settled;

    /// <summary>Says that the roster or the keyset may have changed.</summary>
    internal void Wake() => _bell.Ring();

    /// <summary>Publishes the next roster, if one was agreed on and all keepers sign.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (board.Current is not { } current) return;

            var (candidates, changes) = await database.ReadAsync(session => (TeamBook.Candidates(session), TeamBook.Changes(session, current.Roster)), cancel);
            if (current.Roster.Members.Count == 0) await PublishFirstAsync(current, candidates, cancel);
            else if (changes.FirstOrDefault(change => IsAgreed(current, change)) is { } agreed) await PublishAsync(current, Roster.TryParse(agreed.Roster)!, agreed.Signed, cancel);
            await SettleAsync(board.Current, cancel);
            await TellAsync(board.Current, cancel);
            await ConflictCourier.CarryAsync(database, keepers, board.Current.Keyset, cancel);
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

    private static bool IsAgreed(SignedKeyset current, TeamBook.Proposal change) =>
        Roster.TryParse(change.Roster) is { } next && TeamChange.Check(current.Keyset.Deployment.Span, current.Roster, next, change.Signed) is null;

    /// <summary>Nobody is there yet who could agree: whoever the operator invited first comes first, if the keepers' operators say so.</summary>
    private async Task PublishFirstAsync(SignedKeyset current, IReadOnlyList<TeamMember> candidates, CancellationToken cancel)
    {
        if (candidates.Count == 0) return;
        if (Roster.TryParse(KeysetText.WriteRoster(candidates, candidates.Max(one => one.SinceDay))) is { } first) await PublishAsync(current, first, [], cancel);
        else Full(log, candidates.Count);
    }

    private async Task PublishAsync(SignedKeyset current, Roster roster, IReadOnlyList<TeamChange> changes, CancellationToken cancel)
    {
        var keyset = Keyset.TryParse(KeysetText.Revise(current.Keyset, TeamBook.HashOf(roster)))!;
        var team = changes.Select(change => change.Bytes.ToArray());
        var request = JsonSerializer.SerializeToUtf8Bytes(new { keyset = keyset.Text, roster = roster.Text, team });
        var answers = await Task.WhenAll(keyset.Keepers.Select(keeper => keepers.AskOneAsync(keeper.Index, "v1/keysets", request, cancel)));
        KeysetSignature[] signatures = [.. answers.Where(answer => answer.Refused is null).Select(answer => TryParse(answer.Bytes)).OfType<KeysetSignature>()];
        if (SignedKeyset.TryCreate(keyset, roster, signatures) is { } next) await board.PublishAsync(next, cancel);
        else Waiting(log, signatures.Length, keyset.Keepers.Count);
    }

    /// <summary>
    /// Once for each revision. Whoever was on a published roster is no candidate again: those who take them off have the last word.
    /// </summary>
    private async Task SettleAsync(SignedKeyset current, CancellationToken cancel)
    {
        if (_settled == current.Keyset.Revision) return;

        _ = await database.TransactAsync(
            session => TeamBook.Settle(session, current.Roster) && ConflictCourier.Forget(session, current.Roster)
                && KeyShelf.Settle(session, current.Roster) && CounselorLimits.Settle(session, current.Roster) && Departures.HandOn(session, current.Roster, clocks),
            cancel);
        _settled = current.Keyset.Revision;
        gate.Say();
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

    [LoggerMessage(3, LogLevel.Error, "The first roster has no room for {Count} counselors")]
    private static partial void Full(ILogger logger, int count);

    private sealed record Signed(byte Index, string? Signature);
}
