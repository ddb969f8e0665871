using System.ComponentModel.DataAnnotations;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Log.Features.Entries;
using WeToo.Log.Features.Publishing;
using WeToo.Log.Features.Timestamps;
using WeToo.Log.Features.Witnesses;
using WeToo.Log.Store;

namespace WeToo.Log;

/// <summary>The process that keeps the log of dates: commitments that say nothing, in an order that cannot be changed.</summary>
public static class LogHost
{
    /// <summary>Starts a log and returns when it listens.</summary>
    /// <param name="options">What the operator decided.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs, when not to the console.</param>
    /// <param name="cancel">Gives up starting.</param>
    /// <exception cref="InvalidOperationException">The policy cannot be read, or does not name this log.</exception>
    public static async Task<WebApplication> StartAsync(LogOptions options, TimeProvider time, Action<ILoggingBuilder>? logging = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var builder = Hosts.CreateBuilder(new Uri(options.Urls), time);
        logging?.Invoke(builder.Logging);
        var key = new LogKey(options.Origin, options.KeyFile);
        var policy = PolicyText.Of(await File.ReadAllTextAsync(options.PolicyFile, cancel), key.Public);
        var database = Database.Open(options.Database);
        await Migrations.ApplyAsync(database, typeof(LogHost).Assembly, time, cancel);
        Directory.CreateDirectory(options.Folder);
        AddServices(builder.Services, options, database, key, policy);

        var app = builder.Build();
        _ = app.Services.GetRequiredService<TimestampAuthority>(); // Roots that cannot be read stop it here.
        _ = app.Services.GetRequiredService<AppendKeys>(); // Made or refused now, not when somebody first calls.
        app.UseBoundary();
        AppendEndpoint.Map(app);
        TilesEndpoints.Map(app);
        ProofEndpoints.Map(app);
        await app.StartAsync(cancel);
        return app;
    }

    private static void AddServices(IServiceCollection services, LogOptions options, Database database, LogKey key, PolicyText policy)
    {
        // By factories, so that the container disposes of them.
        services.AddSingleton(_ => database);
        services.AddSingleton(_ => key);
        services.AddSingleton(_ => new AppendKeys(options));
        services.AddSingleton(options);
        services.AddSingleton(policy);
        services.AddSingleton(new Disk(Path.GetFullPath(options.Folder)));
        services.AddSingleton<TileFolder>();
        services.AddSingleton<LogWriter>();
        services.AddSingleton<Checkpoints>();
        services.AddSingleton<TimestampAuthority>();
        services.AddSingleton<WitnessWorker>();
        services.AddSingleton<Sequencer>();
        services.AddHostedService(provider => provider.GetRequiredService<WitnessWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<Sequencer>());
    }
}
