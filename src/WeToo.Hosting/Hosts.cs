using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WeToo.Hosting;

/// <summary>
/// What every host begins with. Nothing is read from the working folder or the environment, and nothing is watched: a
/// host gets its options as an object.
/// </summary>
public static class Hosts
{
    /// <summary>Begins a host.</summary>
    /// <param name="url">Where it listens, such as <c>http://127.0.0.1:8080</c>; port 0 takes a free one.</param>
    /// <param name="time">The clock of the host, and the only one.</param>
    /// <returns>A builder with Kestrel, routing and the console log.</returns>
    public static WebApplicationBuilder CreateBuilder(Uri url, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // The framework would log paths and exception texts. We say ourselves what can be said; a failed start throws.
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

    /// <summary>Where a started host listens.</summary>
    /// <param name="app">A host that has started.</param>
    /// <returns>Its first address, with the real port.</returns>
    public static Uri AddressOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new Uri(addresses!.Addresses.First());
    }
}
