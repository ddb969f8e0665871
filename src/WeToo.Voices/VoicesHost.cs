using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Voices.Exports;
using WeToo.Voices.Features.Allies;
using WeToo.Voices.Features.Box;
using WeToo.Voices.Features.Cards;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Features.Annotations;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Dates;
using WeToo.Voices.Features.Desk;
using WeToo.Voices.Features.Embedding;
using WeToo.Voices.Features.Feeds;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Features.Live;
using WeToo.Voices.Features.Moderation;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Features.Sharing;
using WeToo.Voices.Features.Site;
using WeToo.Voices.Imports;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices;

/// <summary>
/// The process that readers meet: articles, stories and letters in the open. It knows nothing of the private side, not even its address, and a reader gets no cookie.
/// </summary>
public static class VoicesHost
{
    /// <summary>Starts a publication and returns when it listens.</summary>
    /// <param name="options">What the operator decided.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs, when not to the console.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<WebApplication> StartAsync(
        VoicesOptions options, TimeProvider time, Action<ILoggingBuilder>? logging = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        if (options.Languages.Except(Languages.All).Any()) throw new ValidationException($"Voices:Languages: there are texts in {string.Join(", ", Languages.All)} only.");
        if (options is { Mail.Server: not null, PublicUrl: null }) throw new ValidationException("Voices:PublicUrl is needed for links in mails: whoever asks could put any address into them.");
        if (options.WriteForYourselfUrl is { } place && (!place.IsAbsoluteUri || place.Query.Length + place.Fragment.Length + place.UserInfo.Length > 0)) throw new ValidationException("Voices:WriteForYourselfUrl carries something along: it is a plain address.");
        var builder = Hosts.CreateBuilder(new Uri(options.Urls), time);
        logging?.Invoke(builder.Logging);
        var database = Database.Open(options.Database);
        await Migrations.ApplyAsync(database, typeof(VoicesHost).Assembly, time, cancel);
        AddServices(builder.Services, options, database);
        AddPages(builder.Services);

        var app = builder.Build();
        _ = app.Services.GetRequiredService<Database>(); // What nobody asked for is not disposed of, and a reader may never come.
        _ = app.Services.GetRequiredService<Keys>(); // Made or refused now, not when the first person signs.
        app.UseBoundary();
        app.UseMiddleware<PageMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
        AssetEndpoints.Map(app);
        EmbedScript.Map(app);
        FrontDoor.Map(app);
        FeedEndpoints.Map(app);
        AnnotationEndpoints.Map(app);
        LiveEndpoint.Map(app);
        DatesEndpoint.Map(app);
        SharePictureEndpoint.Map(app);
        app.MapRazorPages();
        await app.StartAsync(cancel);
        return app;
    }

    /// <summary>What commands need that work on a publication, beside its host or without it.</summary>
    /// <param name="options">What the operator decided.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async Task<ServiceProvider> OpenAsync(VoicesOptions options, TimeProvider time, CancellationToken cancel)
    {
        var database = Database.Open(options.Database);
        await Migrations.ApplyAsync(database, typeof(VoicesHost).Assembly, time, cancel);
        var services = new ServiceCollection().AddSingleton(time).AddLogging();
        AddServices(services, options, database);
        return services.BuildServiceProvider();
    }

    private static void AddServices(IServiceCollection services, VoicesOptions options, Database database)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => database); // By a factory, so that the container disposes of it.
        services.AddSingleton(new PageCache(options.PageCacheBytes));
        services.AddSingleton(Assets.Load());
        services.AddSingleton<Writes>();
        services.AddSingleton<Throttle>();
        services.AddSingleton<Editions>();
        services.AddSingleton<Topics>();
        services.AddSingleton(_ => new Keys(options));
        services.AddSingleton<Outbox>();
        services.AddSingleton<Signing>();
        services.AddSingleton<Commenting>();
        services.AddSingleton<Moderating>();
        services.AddSingleton<Importing>();
        services.AddSingleton<Exporting>();
        services.AddSingleton<ReadingBack>();
        services.AddSingleton<Casework>();
        services.AddSingleton<AuthorBox>();
        services.AddSingleton<Embeds>();
        services.AddSingleton<Asking>();
        services.AddSingleton<Commitments>();
        services.AddSingleton<CardWork>();
        services.AddSingleton<LiveCounts>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveCounts>());
        services.AddSingleton<MailWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<MailWorker>());
        services.AddSingleton<Scheduler>();
        services.AddHostedService(provider => provider.GetRequiredService<Scheduler>());
        services.AddSingleton<LetterNews>();
        services.AddHostedService(provider => provider.GetRequiredService<LetterNews>());
        services.AddSingleton<AllyWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<AllyWorker>());
        services.AddSingleton<LetterDates>();
        services.AddHostedService(provider => provider.GetRequiredService<LetterDates>());
        services.AddScoped<Visit>();
        DeskServices.Add(services, options);
    }

    private static void AddPages(IServiceCollection services)
    {
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<LanguageConstraint>("language"));

        // Letters of every language as they are: the answer says that it is UTF-8.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddMvcCore().AddAuthorization()
            .AddRazorPages(pages =>
            {
                pages.RootDirectory = "/Features";
                pages.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute()); // The boundary checks who caused a request, without a cookie.
            })
            .AddApplicationPart(typeof(VoicesHost).Assembly);

        // The framework would make keys for cookies that nobody sets, and write them to this user's home.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var keys in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList()) services.Remove(keys);
    }
}
