using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Voices.Features.Desk;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>People who work for a publication, with their passwords and devices.</summary>
internal static partial class Staff
{
    internal const string Password = "a tram goes round by the river";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<string> InviteAsync(RunningVoices voices, string name)
    {
        using var scope = voices.App.Services.CreateScope();
        var link = await scope.ServiceProvider.GetRequiredService<Team>().InviteAsync(name);
        Assert.NotNull(link);
        return link;
    }

    /// <summary>Somebody who joins.</summary>
    /// <returns>The cookie of their session.</returns>
    internal static async Task<string> JoinAsync(RunningVoices voices, string name)
    {
        var path = $"/desk/en/join/{await InviteAsync(voices, name)}";
        var key = KeyIn(await voices.ReadAsync(path));
        using var form = new FormUrlEncodedContent([new("password", Password), new("code", Totp.CodeOf(key))]);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    /// <summary>Asks for a page, or sends a form, with a session.</summary>
    internal static async Task<(HttpStatusCode Status, string Location, string Page)> SendAsync(RunningVoices voices, string session, string path, params KeyValuePair<string, string>[] fields)
    {
        using var request = new HttpRequestMessage(fields.Length > 0 ? HttpMethod.Post : HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Cookie", session } } };
        if (fields.Length > 0) request.Content = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.SendAsync(request, Cancel);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync(Cancel));
    }

    internal static string KeyIn(string page) => KeyText().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex("class=\"key\">([A-Z2-7 ]+)</code>")]
    private static partial Regex KeyText();
}
