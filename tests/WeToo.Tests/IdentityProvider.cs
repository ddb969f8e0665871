using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using WeToo.Tool.Up;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace WeToo.Tests;

/// <summary>An organisation's sign-in: a whole OpenID Connect provider on a free port. Whoever comes is signed in at once, as a member of the groups that a test names; with none nobody is.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    /// <summary>What it calls the vault.</summary>
    public const string ClientId = "wetoo";

    private readonly WebApplication _app;

    private IdentityProvider(Uri authority)
    {
        Authority = authority;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(authority.ToString());
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(Set);
        _app = builder.Build();
        _app.UseAuthentication();
        _app.MapGet("/authorize", SignIn);
    }

    /// <summary>Where it is.</summary>
    public Uri Authority { get; }

    /// <summary>The one place that it sends people back to.</summary>
    public Uri? Vault { get; set; }

    /// <summary>The groups of whoever comes; null sends them back without.</summary>
    public IReadOnlyList<string>? Groups { get; set; } = ["counselors"];

    /// <summary>Starts one.</summary>
    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider(new Uri($"http://localhost:{FreePorts.Take(1)[0]}/"));
        await provider._app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Set(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode(); // No database of clients: there is one, and it is below.
        server.SetIssuer(Authority).SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            if (asked.ClientId != ClientId || asked.RedirectUri != new Uri(Vault!, "/v1/desk/signed-in").ToString()) asked.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            if (asked.ClientId != ClientId) asked.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
    }

    private IResult SignIn()
    {
        string[] schemes = [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme];
        if (Groups is null) return Results.Forbid(authenticationSchemes: schemes);

        var identity = new ClaimsIdentity("organisation");
        identity.SetClaim(OpenIddictConstants.Claims.Subject, "ines.moreau@organisation.example");
        identity.SetClaims("groups", [.. Groups]);
        identity.SetScopes(OpenIddictConstants.Scopes.OpenId);
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: schemes[0]);
    }
}
