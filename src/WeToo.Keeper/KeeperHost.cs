using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Ceremonies;
using WeToo.Keeper.Features.Conflicts;
using WeToo.Keeper.Features.Evaluations;
using WeToo.Keeper.Features.Evidence;
using WeToo.Keeper.Features.Keysets;
using WeToo.Keeper.Features.Self;
using WeToo.Keeper.Features.Tombstones;
using WeToo.Keeper.Features.Witness;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper;

/// <summary>The process of one keeper: one share of each key, a log of what it was used for, and no ciphertext.</summary>
public static class KeeperHost
{
    /// <summary>Starts a keeper and returns when it listens.</summary>
    /// <param name="options">What the operator decided.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs, when not to the console.</param>
    /// <param name="cancel">Gives up starting.</param>
    /// <returns>The running host; <see cref="Hosts.AddressOf"/> says where. Stopping and disposing of it clears the shares.</returns>
    /// <exception cref="ValidationException">A setting is missing or out of range.</exception>
    /// <exception cref="InvalidOperationException">The key file is open to others, or does not fit the database.</exception>
    public static async Task<WebApplication> StartAsync(
        KeeperOptions options, TimeProvider time, Action<ILoggingBuilder>? logging = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(options);
        var builder = Hosts.CreateBuilder(new Uri(options.Urls), time);
        logging?.Invoke(builder.Logging);
        await AddStateAsync(builder.Services, options, time, cancel);

        var app = builder.Build();
        app.UseBoundary();
        Map(app, options);
        await app.StartAsync(cancel);
        return app;
    }

    /// <summary>Writes down the operator's yes to a text: the plan of a ceremony, or a keyset. The keeper may be running.</summary>
    /// <param name="database">The keeper's database.</param>
    /// <param name="text">The exact text.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task ApproveAsync(Database database, string text, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        await Migrations.ApplyAsync(database, typeof(KeeperHost).Assembly, time, cancel);
        var (sha256, day) = (SHA256.HashData(Encoding.UTF8.GetBytes(text)), (uint)(time.GetUtcNow().ToUnixTimeSeconds() / 86400));
        _ = await database.TransactAsync(
            session =>
            {
                Approvals.Add(session, sha256, day);
                return true;
            },
            cancel);
    }

    private static void Validate(KeeperOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        foreach (var peer in options.Peers) Validator.ValidateObject(peer, new ValidationContext(peer), validateAllProperties: true);
    }

    private static async Task AddStateAsync(IServiceCollection services, KeeperOptions options, TimeProvider time, CancellationToken cancel)
    {
        var keys = KeyFile.Read(options.KeyFile);
        var database = Database.Open(options.Database);
        await Migrations.ApplyAsync(database, typeof(KeeperHost).Assembly, time, cancel);
        var holding = await KeysetStore.LoadAsync(database, keys, cancel);

        // By factories, so that the container disposes of them: first what was made last.
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(_ => database);
        services.AddSingleton(_ => keys);
        services.AddSingleton(_ => new CurrentHolding(holding));
        services.AddSingleton(_ => new Ledger(database, keys, time));
        services.AddSingleton(_ => new Approvals(database, options.ApproveKeysets));
        services.AddSingleton(_ => new Quota(options.EvaluationsPerDay, options.EvaluationsPer30Days));
        services.AddSingleton(WitnessTerms.Of(options));
        services.AddSingleton<EvaluateEndpoint>();
        services.AddSingleton<WitnessEndpoints>();
        services.AddSingleton<PlanRule>();
    }

    private static void Map(WebApplication app, KeeperOptions options)
    {
        _ = app.Services.GetRequiredService<Database>();
        _ = app.Services.GetRequiredService<KeeperKeys>();
        app.Services.GetRequiredService<EvaluateEndpoint>().Map(app);
        app.Services.GetRequiredService<WitnessEndpoints>().Map(app);
        RecheckEndpoint.Map(app, new Quota(options.RechecksPerDay, options.RechecksPer30Days));
        DropEndpoint.Map(app);
        OpenEndpoint.Map(app);
        ReleaseEndpoint.Map(app);
        WithdrawEndpoint.Map(app);
        KeptEndpoint.Map(app);
        PutEndpoint.Map(app);
        SignEndpoint.Map(app);
        ReviseEndpoint.Map(app);
        JoinEndpoint.Map(app);
        ReceiveEndpoint.Map(app);
        CertifyEndpoint.Map(app);
        CommitEndpoint.Map(app);
        ExportEndpoint.Map(app);
        DescribeEndpoint.Map(app);
    }
}
