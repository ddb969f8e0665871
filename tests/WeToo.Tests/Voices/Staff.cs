using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
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
        using var form = new FormUrlEncodedContent([new("password", Password), new("code", CodeOf(key))]);
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

    /// <summary>What a device shows now: RFC 6238.</summary>
    internal static string CodeOf(string key)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Select(letter => Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2)).ToArray();
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What RFC 6238 and every program for codes use.
        var mac = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & 0x7fffffff) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("class=\"key\">([A-Z2-7 ]+)</code>")]
    private static partial Regex KeyText();
}
