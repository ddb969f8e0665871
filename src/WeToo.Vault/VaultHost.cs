using System.ComponentModel.DataAnnotations;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Dates;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Direct;
using WeToo.Vault.Features.Files;
using WeToo.Vault.Features.Filings;
using WeToo.Vault.Features.FriendNotes;
using WeToo.Vault.Features.Handover;
using WeToo.Vault.Features.Health;
using WeToo.Vault.Features.Holds;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Mailbox;
using WeToo.Vault.Features.Meeting;
using WeToo.Vault.Features.Notes;
using WeToo.Vault.Features.Nudges;
using WeToo.Vault.Features.Outbox;
using WeToo.Vault.Features.Readiness;
using WeToo.Vault.Features.Recovery;
using WeToo.Vault.Features.Relays;
using WeToo.Vault.Features.Restoring;
using WeToo.Vault.Features.Retention;
using WeToo.Vault.Features.SignIn;
using WeToo.Vault.Features.Site;
using WeToo.Vault.Features.Team;

namespace WeToo.Vault;

/// <summary>The process that authors and counselors meet: it holds ciphertext, relays what it cannot read, and serves the private site.</summary>
public static class VaultHost
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Starts a vault and returns when it listens.</summary>
    /// <param name="options">What the operator decided.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs, when not to the console.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<WebApplication> StartAsync(
        VaultOptions options, TimeProvider time, Action<ILoggingBuilder>? logging = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var builder = Hosts.CreateBuilder(new Uri(options.Urls), time);
        logging?.Invoke(builder.Logging);
        var database = Database.Open(options.Database);
        await Migrations.ApplyAsync(database, typeof(VaultHost).Assembly, time, cancel);
        var board = new KeysetBoard(database, time);
        await board.LoadAsync(options.KeysetFile, cancel);
        var files = SiteFile.Load().Single(file => file.Name == "files.json").Bytes;
        _ = await database.TransactAsync(session => NotePublic(session, board, files), cancel);
        AddServices(builder.Services, options, database, board);

        var app = builder.Build();
        _ = app.Services.GetRequiredService<MatcherKey>(); // Made or refused now, not when the matcher first calls.
        _ = app.Services.GetRequiredService<MailDrop>(); // Likewise.
        _ = app.Services.GetRequiredService<DeskClocks>(); // A zone or country that there is not stops it here.
        await app.Services.GetRequiredService<WithdrawalReplay>().CatchUpAsync(cancel); // Before anybody is answered.
        await app.Services.GetRequiredService<StoredCheck>().LookAsync(cancel);
        app.UseBoundary();
        DeskSignIn.Use(app, options.SignIn);
        Map(app, options);
        ProofsEndpoints.Map(app, files);
        await app.Services.GetRequiredService<OfferWorker>().LookAsync(cancel);
        await app.Services.GetRequiredService<RetentionWorker>().LookAsync(cancel);
        await app.StartAsync(cancel);
        return app;
    }

    /// <summary>After a restore: notes that keepers must be asked what was withdrawn since, at the next start.</summary>
    /// <param name="database">The restored database.</param>
    /// <param name="digest">The SHA-256 of the backup's manifest.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task AfterRestoreAsync(Database database, byte[] digest, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.TransactAsync(
            session =>
            {
                WithdrawalReplay.Begin(session, time);
                OperatorLog.Append(session, time, OperatorAct.Restored, digest);
                return true;
            },
            cancel);
    }

    /// <summary>Notes that a backup was made. The vault may be running.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="digest">The SHA-256 of its file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task NoteBackupAsync(Database database, byte[] digest, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await Migrations.ApplyAsync(database, typeof(VaultHost).Assembly, time, cancel);
        _ = await database.TransactAsync(
            session =>
            {
                Runs.Note(session, Runs.Backup, time);
                OperatorLog.Append(session, time, OperatorAct.BackupMade, digest);
                return true;
            },
            cancel);
    }

    /// <summary>What everybody reads is dated too: also what was published before there was a log.</summary>
    private static bool NotePublic(Session session, KeysetBoard board, ReadOnlyMemory<byte> files)
    {
        Dated.NoteRelease(session, files.Span, board.Today);
        if (board.Current is { } keyset) Dated.NoteKeyset(session, keyset, board.Today);
        return true;
    }

    private static void AddServices(IServiceCollection services, VaultOptions options, Database database, KeysetBoard board)
    {
        // By factories, so that the container disposes of them.
        services.AddSingleton(_ => database);
        services.AddSingleton(_ => board);
        DeskSignIn.AddTo(services, options.SignIn);
        services.AddSingleton(_ => new MatcherKey(options.MatcherKeyFile));
        services.AddSingleton(provider => new MatcherPeer(new Peer(options.MatcherUrl!, s_patience, provider.GetRequiredService<MatcherKey>().Bearer)));
        services.AddSingleton(_ => new RegistrarPeer(new Peer(options.RegistrarUrl!, s_patience)));
        services.AddSingleton(_ => new KeeperQuorum(options.Keepers, s_patience));
        services.AddSingleton(new FilesQuota(options.FilesBytesPerAuthor));
        services.AddSingleton(provider => new MailDrop(options.Mail, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DeskClocks(provider.GetRequiredService<TimeProvider>(), options.DeskTimeZone, options.WorkingDays));
        services.AddSingleton(new Gate(board, options));
        services.AddSingleton<GateLog>();
        services.AddSingleton<StoredCheck>();
        services.AddSingleton(_ => DatesTerms.Of(options));
        services.AddSingleton<DatesWorker>();
        services.AddSingleton(provider => new NoteGate(options.NotesPerHour, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeskGate>();
        services.AddSingleton<OfferWorker>();
        services.AddSingleton<OutboxWorker>();
        services.AddSingleton<ReleaseWorker>();
        services.AddSingleton<RosterWorker>();
        services.AddSingleton<NudgeWorker>();
        services.AddSingleton<WithdrawalReplay>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ErasureWorker>(provider, options));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RetentionWorker>(provider, options));
        services.AddHostedService(provider => provider.GetRequiredService<OfferWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<ReleaseWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<RosterWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<ErasureWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<RetentionWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<NudgeWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<WithdrawalReplay>());
        services.AddHostedService(provider => provider.GetRequiredService<DatesWorker>());
    }

    private static void Map(WebApplication app, VaultOptions options)
    {
        KeysetEndpoints.Map(app);
        RelayEndpoints.Map(app);
        FileEndpoint.Map(app);
        DirectEndpoint.Map(app);
        StatusEndpoint.Map(app, options.EraseAfterDays);
        BoxEndpoint.Map(app);
        AddendumEndpoint.Map(app);
        ConsentEndpoint.Map(app);
        RevocationEndpoint.Map(app);
        WithdrawEndpoint.Map(app);
        StopEndpoints.Map(app);
        FreezeEndpoint.Map(app);
        MeetEndpoints.Map(app);
        LookUpEndpoint.Map(app);
        OpeningsEndpoint.Map(app);
        JoinEndpoint.Map(app);
        TeamEndpoints.Map(app);
        RecoveryEndpoints.Map(app);
        CasesEndpoints.Map(app, options.EraseAfterDays);
        CaseActsEndpoints.Map(app);
        AskedStops.Map(app);
        MeetVouchEndpoint.Map(app);
        CaseChecksEndpoints.Map(app);
        CaseRecheckEndpoints.Map(app);
        CaseReadingEndpoint.Map(app);
        RestEndpoint.Map(app);
        LimitsEndpoints.Map(app);
        HandoverEndpoints.Map(app);
        NotesEndpoint.Map(app);
        CaseFilesEndpoint.Map(app);
        HoldEndpoints.Map(app);
        FilePartsEndpoint.Map(app);
        OwnFilesEndpoint.Map(app);
        MailEndpoints.Map(app);
        MailFilesEndpoints.Map(app, options.MailFilesBytesPerSide);
        NudgeEndpoints.Map(app);
        NoteBoxEndpoints.Map(app);
        NoteEndpoint.Map(app);
        SiteEndpoints.Map(app, options.LeaveUrl, options.ShowStyle);
    }
}
