using System.Net;
using System.Text.RegularExpressions;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>A letter that can be signed, and how somebody signs it by form and mail.</summary>
public abstract partial class LetterTests : MailedVoicesTests
{
    private protected const string Letter = "/en/letters/two-days";

    private protected static Draft Words { get; } = new("Two working days", "1. Answer within two days.\n2. Ask again after one month.");

    private protected static Dictionary<string, string> Fields(string name, string email, long condition = 0) => new()
    {
        ["shownAs"] = "name", ["name"] = name, ["about"] = "", ["email"] = email, ["condition"] = condition.ToString(System.Globalization.CultureInfo.InvariantCulture), ["revision"] = "1",
    };

    private protected async Task<RunningVoices> StartAsync(long together = 0, Engine engine = Engine.Sqlite, Action<WeToo.Voices.VoicesOptions>? settings = null)
    {
        var voices = await StartMailedAsync(engine, settings);
        await voices.PublishAsync("letter", "two-days", Words, together: together);
        return voices;
    }

    /// <summary>The status, where it leads, and the page there.</summary>
    private protected static async Task<(HttpStatusCode Status, string Location, string Page)> PostAsync(RunningVoices voices, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/sign", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return (answer.StatusCode, answer.Headers.Location!.ToString(), await voices.ReadAsync(answer.Headers.Location.ToString()));
    }

    private protected static async Task SignAsync(RunningVoices voices, string name, string email, long condition = 0)
    {
        await PostAsync(voices, Fields(name, email, condition));
        await DeliverAsync(voices);
    }

    private protected static async Task ActAsync(RunningVoices voices, string link, string act, int revision = 0)
    {
        using var form = new FormUrlEncodedContent([new("act", act), new("revision", $"{revision}")]);
        using var answer = await voices.Client.PostAsync(new Uri(link, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private protected static string LinkIn(string mail) => LinkPath().Match(TextOf(mail)).Value;

    [GeneratedRegex("/en/signatures/[A-Za-z0-9_-]+")]
    private static partial Regex LinkPath();
}
