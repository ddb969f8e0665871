using System.ComponentModel.DataAnnotations;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Registrar.Features.Credentials;
using WeToo.Registrar.Features.Invitations;
using WeToo.Registrar.Features.Work;
using WeToo.Registrar.Keys;

namespace WeToo.Registrar;

/// <summary>The process that vouches that one person is one person, and cannot know which pseudonym it vouched for.</summary>
public static class RegistrarHost
{
    /// <summary>Starts a registrar and returns when it listens.</summary>
    /// <param name="options">What the operator decided.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs, when not to the console.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<WebApplication> StartAsync(
        RegistrarOptions options, TimeProvider time, Action<ILoggingBuilder>? logging = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var builder = Hosts.CreateBuilder(new Uri(options.Urls), time);
        logging?.Invoke(builder.Logging);
        var database = Database.Open(options.Database);
        await Migrations.ApplyAsync(database, typeof(RegistrarHost).Assembly, time, cancel);

        // By factories, so that the container disposes of them.
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(_ => RegistrarSigningKey.ReadOrCreate(options.SigningKeyFile));
        builder.Services.AddSingleton(_ => new InvitationList(database, options.PepperFile));
        builder.Services.AddSingleton(_ => new WorkLedger(database, options.PepperFile, options.WorkBits, time));

        var app = builder.Build();
        _ = app.Services.GetRequiredService<Database>(); // The container disposes only of what it was asked for.
        // Made or refused now, not at the first request.
        _ = app.Services.GetRequiredService<RegistrarSigningKey>();
        _ = app.Services.GetRequiredService<InvitationList>();
        _ = app.Services.GetRequiredService<WorkLedger>();
        app.UseBoundary();
        CredentialEndpoints.Map(app);
        await app.StartAsync(cancel);
        return app;
    }

    /// <summary>The public key that the keyset lists. The key file is made if it is not there.</summary>
    /// <param name="signingKeyFile">The file of the signing key.</param>
    /// <returns>SubjectPublicKeyInfo, DER.</returns>
    public static byte[] PublicKey(string signingKeyFile)
    {
        using var key = RegistrarSigningKey.ReadOrCreate(signingKeyFile);
        return key.Spki;
    }
}
