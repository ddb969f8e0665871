using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WeToo.Hosting;

/// <summary>What every host begins with. Nothing is read from the working folder, and nothing is watched.</summary>
public static class Hosts
{
    /// <summary>Begins a host.</summary>
    /// <param name="url">Where it listens, such as <c>http://127.0.0.1:8080</c>; port 0 takes a free one.</param>
    /// <param name="time">The clock of the host, and the only one.</param>
    /// <param name="args">Settings, as <c>--Section:Name=value</c>; environment variables <c>WETOO_Section__Name</c> come first.</param>
    /// <returns>A builder with Kestrel, routing, settings and the console log.</returns>
    public static WebApplicationBuilder CreateBuilder(Uri url, TimeProvider time, params string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("WETOO_").AddCommandLine(args);

        // The framework would log paths and exception texts. We keep only that it failed to start, and say the rest ourselves.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.None).AddFilter("System", LogLevel.None);

        builder.WebHost.UseKestrelCore().UseUrls(url.ToString()).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowResponseHeaderCompression = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024; // Above every route's own bound.
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(time);
        return builder;
    }

    /// <summary>Puts the headers, the same-origin check and the problems before everything a host maps.</summary>
    /// <param name="app">A host without endpoints yet.</param>
    /// <returns>The same.</returns>
    public static WebApplication UseBoundary(this WebApplication app)
    {
        app.UseMiddleware<Boundary>();
        app.UseRouting();
        return app;
    }

    /// <summary>Binds a section of the settings to its type, and refuses to start when it does not hold.</summary>
    /// <typeparam name="TOptions">What the operator decides, with data annotations. A setting it does not know is a mistake.</typeparam>
    /// <param name="builder">The host.</param>
    /// <param name="section">The name of the section.</param>
    /// <returns>The same.</returns>
    public static WebApplicationBuilder AddValidOptions<TOptions>(this WebApplicationBuilder builder, string section)
        where TOptions : class
    {
        builder.Services.AddOptions<TOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return builder;
    }

    /// <summary>Where a started host listens.</summary>
    /// <param name="app">A host that has started.</param>
    /// <returns>Its first address, with the real port.</returns>
    public static Uri AddressOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new Uri(addresses!.Addresses.First());
    }
}
