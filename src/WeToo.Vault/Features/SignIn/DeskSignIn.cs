using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using WeToo.Core;
using WeToo.Hosting;

namespace WeToo.Vault.Features.SignIn;

/// <summary>
/// A sign-in before the desk, at the organisation that counselors belong to. It says that somebody of theirs is there, and neither who nor whose key: that says each request's own
/// signature, as without it. WEP-1, section 12.7.
/// </summary>
internal static class DeskSignIn
{
    private const string Desk = "/v1/desk";
    private const string Path = Desk + "/sign-in";
    private const string Back = Desk + "/signed-in";

    /// <summary>Where a person stands afterwards.</summary>
    private const string Page = "/desk";

    /// <summary>Likewise, when their organisation did not let them in.</summary>
    private const string RefusedPage = Page + "?not-let-in";

    /// <summary>And when their organisation does not answer.</summary>
    private const string AwayPage = Page + "?not-reached";

    /// <summary>Adds what it needs, if the operator asks for it.</summary>
    /// <exception cref="ArgumentException">What the operator says cannot be meant.</exception>
    internal static void AddTo(IServiceCollection services, SignInOptions asked)
    {
        if (asked.Authority is null) return;

        Validate(asked);
        services.AddDataProtection().UseEphemeralDataProtectionProvider(); // After a restart everybody signs in again.
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => Set(cookie, asked))
            .AddOpenIdConnect(oidc => Set(oidc, asked));
    }

    /// <summary>Puts it before every route of the desk.</summary>
    internal static void Use(WebApplication app, SignInOptions asked)
    {
        if (asked.Authority is null) return;

        app.UseAuthentication(); // Answers the way back, too.
        app.Use(async (http, next) =>
        {
            // The route that was found, and no text of the request: what leads to the desk is behind it, whatever was written.
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
            if (!route.StartsWith(Desk, StringComparison.Ordinal) || route == Path || http.User.Identity is { IsAuthenticated: true }) await next(http);
            else await Problems.WriteAsync(http, Refusal.SignInNeeded);
        });
        app.MapGet(Path, GoAsync);
    }

    private static async Task GoAsync(HttpContext http)
    {
        try
        {
            await http.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = Page });
        }
        catch (InvalidOperationException)
        {
            http.Response.Redirect(AwayPage); // The library's one word for an organisation that does not answer, or not as one should.
        }
    }

    private static void Validate(SignInOptions asked)
    {
        if (asked.Authority is not { IsAbsoluteUri: true } authority || !(authority.Scheme == Uri.UriSchemeHttps || authority.IsLoopback))
            throw new ArgumentException("SignIn: Authority begins with https://.");
        if (asked.PublicUrl is not { IsAbsoluteUri: true, AbsolutePath: "/" } url || !(url.Scheme == Uri.UriSchemeHttps || url.IsLoopback))
            throw new ArgumentException("SignIn: PublicUrl is where counselors open this vault, such as https://notes.example.org.");
        if (asked.ClientId.Length == 0) throw new ArgumentException("SignIn: ClientId is what the organisation calls this vault.");
        if (asked.Claim.Length == 0 != (asked.Value.Length == 0)) throw new ArgumentException("SignIn: Claim and Value belong together.");
        if (asked.Hours is < 1 or > 24) throw new ArgumentException("SignIn: Hours is 1 to 24.");
    }

    private static void Set(CookieAuthenticationOptions cookie, SignInOptions asked)
    {
        cookie.Cookie.Name = "desk";
        cookie.Cookie.Path = Desk; // No page of an author, and no request of one, ever has it.
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = SecureAt(asked);
        cookie.ExpireTimeSpan = TimeSpan.FromHours(asked.Hours);
        cookie.SlidingExpiration = false;
    }

    private static void Set(OpenIdConnectOptions oidc, SignInOptions asked)
    {
        oidc.Authority = asked.Authority!.ToString();
        oidc.RequireHttpsMetadata = !asked.Authority.IsLoopback;
        oidc.ClientId = asked.ClientId;
        oidc.ClientSecret = asked.ClientSecretFile.Length > 0 ? File.ReadAllText(asked.ClientSecretFile).Trim() : null;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query; // A form would need a cookie that goes along from other sites.
        oidc.CallbackPath = Back;
        oidc.MapInboundClaims = false;
        oidc.DisableTelemetry = true;
        oidc.Scope.Clear();
        foreach (var scope in (string[])["openid", .. asked.Scopes]) oidc.Scope.Add(scope);
        foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = SecureAt(asked);
        }

        oidc.Events.OnRedirectToIdentityProvider = challenge =>
        {
            challenge.ProtocolMessage.RedirectUri = new Uri(asked.PublicUrl!, Back).ToString(); // Behind a proxy we do not know it.
            return Task.CompletedTask;
        };
        oidc.Events.OnTokenValidated = arrived =>
        {
            if (asked.Claim.Length > 0 && !arrived.Principal!.HasClaim(asked.Claim, asked.Value)) arrived.Fail("not one of them");
            return Task.CompletedTask;
        };
        oidc.Events.OnTicketReceived = arrived =>
        {
            arrived.Principal = new(new ClaimsIdentity(OpenIdConnectDefaults.AuthenticationScheme)); // Who it is we do not keep.
            arrived.Properties = new();
            arrived.ReturnUri = Page;
            return Task.CompletedTask;
        };
        oidc.Events.OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.Redirect(failed.Failure is HttpRequestException or { InnerException: HttpRequestException } ? AwayPage : RefusedPage);
            return Task.CompletedTask;
        };
    }

    private static CookieSecurePolicy SecureAt(SignInOptions asked) =>
        asked.PublicUrl!.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
}
