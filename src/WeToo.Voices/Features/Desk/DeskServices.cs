using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Desk;

/// <summary>Signing in for those who work for the publication. Their cookie goes to <c>/desk</c> alone: a reader's page never sees it.</summary>
internal static class DeskServices
{
    private const int LeastPassword = 12;

    internal static void Add(IServiceCollection services, VoicesOptions options)
    {
        services.AddScoped<Team>();
        services.AddSingleton<StaffStore>();
        services.AddSingleton<IUserStore<StaffMember>>(provider => provider.GetRequiredService<StaffStore>());
        services.AddIdentityCore<StaffMember>(identity =>
        {
            // Length is what counts; a rule that asks for signs makes people write passwords down.
            identity.Password = new() { RequiredLength = LeastPassword, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 5 };
            identity.User.AllowedUserNameCharacters = "";
        }).AddSignInManager().AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie => Configure(cookie, options));
    }

    private static void Configure(CookieAuthenticationOptions options, VoicesOptions voices)
    {
        options.Cookie.Name = "voices-desk";
        options.Cookie.Path = "/desk";
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = voices.PublicUrl?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.Events.OnValidatePrincipal = async context =>
        {
            // At each request: who is dismissed is out at once.
            var sessions = context.HttpContext.RequestServices.GetRequiredService<SignInManager<StaffMember>>();
            if (await sessions.ValidateSecurityStampAsync(context.Principal) is null) context.RejectPrincipal();
        };
        options.Events.OnRedirectToLogin = context =>
        {
            context.Response.Redirect($"/desk/{context.HttpContext.RequestServices.GetRequiredService<Visit>().Language}/sign-in");
            return Task.CompletedTask;
        };
    }
}
