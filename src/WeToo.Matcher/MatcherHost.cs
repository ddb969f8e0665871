using System.ComponentModel.DataAnnotations;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Features.Apart;
using WeToo.Matcher.Features.Matching;
using WeToo.Matcher.Features.Slips;
using WeToo.Matcher.Features.Tombstones;
using WeToo.Matcher.Store;

namespace WeToo.Matcher;

/// <summary>The process that holds tags and rungs, and no ciphertext of any account.</summary>
public static class MatcherHost
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Starts a matcher and returns when it listens.</summary>
    /// <param name="options">What the operator decided.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs, when not to the console.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<WebApplication> StartAsync(
        MatcherOptions options, TimeProvider time, Action<ILoggingBuilder>? logging = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var builder = Hosts.CreateBuilder(new Uri(options.Urls), time);
        logging?.Invoke(builder.Logging);
        var database = Database.Open(options.Database);
        await Migrations.ApplyAsync(database, typeof(MatcherHost).Assembly, time, cancel);
        AddServices(builder.Services, options, database, time);

        var app = builder.Build();
        app.UseBoundary();
        SlipsEndpoint.Map(app);
        TombstonesEndpoint.Map(app);
        ApartEndpoint.Map(app);
        ComparisonEndpoint.Map(app);
        await app.StartAsync(cancel);
        return app;
    }

    /// <summary>The X25519 public key that slips are boxed for, for the keyset. The key file is made if it is not there.</summary>
    /// <param name="keyFile">The file of the matcher's secrets.</param>
    public static byte[] BoxKey(string keyFile)
    {
        using var keys = new MatcherKeys(keyFile);
        return keys.BoxKey;
    }

    /// <summary>After a restore: what it had handed over the vault may have lost, so it opens again. The vault and the keepers know what they have seen.</summary>
    /// <param name="database">The restored database.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task AfterRestoreAsync(Database database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.TransactAsync(session => session.Execute(Sql.LookAgain) + session.Execute(Sql.ForgetOpenings), cancel);
    }

    private static void AddServices(IServiceCollection services, MatcherOptions options, Database database, TimeProvider time)
    {
        // By factories, so that the container disposes of them.
        services.AddSingleton(_ => database);
        services.AddSingleton(_ => new MatcherKeys(options.KeyFile));
        services.AddSingleton(provider => new Peer(options.VaultUrl!, s_patience, provider.GetRequiredService<CallerKey>().Bearer));
        services.AddSingleton(_ => new CallerKey(options.VaultKeyFile));
        services.AddSingleton(_ => new KeeperQuorum(options.Keepers, s_patience));
        services.AddSingleton<KeysetSource>();
        services.AddSingleton<VaultLink>();
        services.AddSingleton(new Delay(options, time));
        services.AddSingleton<Standings>();
        services.AddSingleton<KeeperFaults>();
        services.AddSingleton<Climber>();
        services.AddSingleton<Opener>();
        services.AddSingleton<MatchingWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<MatchingWorker>());
    }

    private static class Sql
    {
        internal const string LookAgain = "UPDATE filings SET due_s = counts_from_s WHERE filing IN (SELECT filing FROM openings)";

        internal const string ForgetOpenings = "DELETE FROM openings";
    }
}
