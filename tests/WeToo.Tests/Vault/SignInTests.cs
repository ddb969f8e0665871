using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Tool.Up;
using WeToo.Vault;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>An organisation's sign-in before the desk, with a real provider: it lets people to the door, and is no key. WEP-1, section 12.7.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Cases = "/v1/desk/cases";
    private const string Door = "/v1/desk/sign-in";

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly CookieContainer _cookies = new();
    private HttpClient _browser = null!;
    private IdentityProvider _organisation = null!;
    private VaultSet _set = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _organisation = await IdentityProvider.StartAsync();
        _organisation.Vault = new($"http://127.0.0.1:{FreePorts.Take(1)[0]}/");
        _set = await VaultSet.StartAsync(new() { Time = _time, Settings = options => (options.Urls, options.SignIn) = ($"{_organisation.Vault}", Wanted) });
        _browser = new(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = _organisation.Vault };
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _set.DisposeAsync();
        await _organisation.DisposeAsync();
    }

    private SignInOptions Wanted => new()
    {
        Authority = _organisation.Authority, ClientId = IdentityProvider.ClientId, PublicUrl = _organisation.Vault, Claim = "groups", Value = "counselors", Hours = 8,
    };

    [Fact]
    public async Task Before_it_each_route_of_the_desk_gives_one_answer_to_everybody_and_an_author_meets_none_of_it()
    {
        var routes = _set.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => (Path: route.RoutePattern.RawText!, Method: route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]))
            .Where(route => route.Path.StartsWith("/v1/desk", StringComparison.Ordinal) && route.Path != Door).ToList();
        Assert.InRange(routes.Count, 25, 100);
        foreach (var (path, method) in routes)
        {
            var address = path.Replace(":int}", "}", StringComparison.Ordinal).Replace("{part}", "0", StringComparison.Ordinal)
                .Replace("{", "00112233445566778899aabbccddeeff", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            address = System.Text.RegularExpressions.Regex.Replace(address, "eeff[a-zA-Z]+", "eeff");
            foreach (var written in (string[])[address, address.ToUpperInvariant(), address.Replace("desk", "%64esk", StringComparison.Ordinal)])
            {
                var (_, signed) = await _set.SendAsync(new HttpMethod(method), written, [], DeskSignature.Header, _set.Counselors[0].Header(_set, new HttpMethod(method), written, []));
                Assert.Equal(Refusal.SignInNeeded, signed);
                Assert.Equal(Refusal.SignInNeeded, (await _set.SendAsync(new HttpMethod(method), written, [])).Refusal);
            }
        }

        var filing = await new TestFiling(_set).FiledAsync(_set);
        Assert.NotNull((await AuthorTests.StatusAsync(_set, filing.Author.Pseudonym)).Json);
        foreach (var path in (string[])["/", "/desk", "/v1/keyset", "/app.js"])
        {
            using var answer = await _set.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Who_signed_in_still_needs_their_key_and_the_vault_keeps_nothing_of_who_they_are()
    {
        using var stranger = new TestCounselor("Nobody");
        Assert.EndsWith("/desk", await SignInAsync(), StringComparison.Ordinal);

        Assert.Null(await AskAsync(_set.Counselors[0]));
        Assert.Equal(Refusal.CounselorUnknown, await AskAsync(stranger));
        using (var unsigned = await _browser.GetAsync(new Uri(Cases, UriKind.Relative), Cancel)) Assert.Equal(Refusal.NotAllowed, await RefusalOf(unsigned));
        Assert.Equal(Refusal.SignInNeeded, (await _set.Counselors[0].AskAsync(_set, HttpMethod.Get, Cases)).Refusal);

        // One cookie, that goes to the desk's own requests alone; not a hint of a name in it, nor anywhere at the vault.
        Assert.Empty(_cookies.GetCookies(_organisation.Vault!));
        var cookie = Assert.Single(_cookies.GetCookies(new Uri(_organisation.Vault!, Cases)));
        Assert.True(cookie.HttpOnly);
        Assert.Equal(("desk", "/v1/desk", false), (cookie.Name, cookie.Path, cookie.Expires > DateTime.MinValue));
        Assert.InRange(cookie.Value.Length, 50, 400);
        Assert.DoesNotContain("moreau", string.Concat(_set.Log.Lines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_ends_after_its_hours_and_when_the_vault_starts_again()
    {
        await SignInAsync();
        _time.Advance(TimeSpan.FromHours(7.9));
        Assert.Null(await AskAsync(_set.Counselors[0]));
        _time.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal(Refusal.SignInNeeded, await AskAsync(_set.Counselors[0]));

        _time.SetUtcNow(TimeProvider.System.GetUtcNow().AddHours(9)); // The provider goes by the real time; the vault's may only go on.
        await SignInAsync();
        Assert.Null(await AskAsync(_set.Counselors[0]));
        await _set.StopVaultAsync();
        await _set.StartVaultAsync();
        Assert.Equal(Refusal.SignInNeeded, await AskAsync(_set.Counselors[0]));
    }

    [Fact]
    public async Task Who_is_not_one_of_them_or_brings_a_code_of_somebody_else_is_told_so_and_gets_nothing()
    {
        foreach (var groups in (string[]?[])[["cleaners"], ["counselors2"], [], null])
        {
            _organisation.Groups = groups;
            Assert.EndsWith("/desk?not-let-in", await SignInAsync(), StringComparison.Ordinal);
            Assert.Equal(Refusal.SignInNeeded, await AskAsync(_set.Counselors[0]));
        }

        _organisation.Groups = ["cleaners", "counselors"];
        using var forged = await _browser.GetAsync(new Uri("/v1/desk/signed-in?code=aGVsbG8&state=aGVsbG8", UriKind.Relative), Cancel);
        Assert.Equal("/desk?not-let-in", forged.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(Refusal.SignInNeeded, await AskAsync(_set.Counselors[0]));
        Assert.EndsWith("/desk", await SignInAsync(), StringComparison.Ordinal);
        Assert.Null(await AskAsync(_set.Counselors[0]));
    }

    [Fact]
    public async Task When_the_organisation_is_not_there_the_desk_stays_shut_and_authors_notice_nothing()
    {
        await _organisation.DisposeAsync();

        Assert.EndsWith("/desk?not-reached", await SignInAsync(), StringComparison.Ordinal);
        Assert.Equal(Refusal.SignInNeeded, await AskAsync(_set.Counselors[0]));
        Assert.NotNull(await new TestFiling(_set).FiledAsync(_set));
    }

    [Fact]
    public async Task When_the_organisation_goes_away_on_the_way_back_nobody_is_said_to_be_refused()
    {
        using var step = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = _organisation.Vault };
        using var door = await step.GetAsync(new Uri(Door, UriKind.Relative), Cancel);
        using var signed = await step.GetAsync(door.Headers.Location, Cancel);
        await _organisation.DisposeAsync();

        using var back = await step.GetAsync(signed.Headers.Location, Cancel);

        Assert.Equal("/desk?not-reached", back.Headers.Location!.ToString());
        Assert.Equal(Refusal.SignInNeeded, await AskAsync(_set.Counselors[0]));
    }

    public static TheoryData<string, Action<SignInOptions>> Wrong => new()
    {
        { "Authority", options => options.Authority = new("http://login.example.org") },
        { "PublicUrl", options => options.PublicUrl = null },
        { "PublicUrl", options => options.PublicUrl = new("http://notes.example.org") },
        { "PublicUrl", options => options.PublicUrl = new("https://notes.example.org/desk") },
        { "ClientId", options => options.ClientId = "" },
        { "Claim", options => options.Value = "" },
        { "Hours", options => options.Hours = 25 },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_meant_stops_the_start_and_says_which(string name, Action<SignInOptions> change)
    {
        var wrong = Wanted;
        change(wrong);

        var said = await Assert.ThrowsAsync<ArgumentException>(() => VaultSet.StartAsync(new() { Settings = options => options.SignIn = wrong }));

        Assert.Contains(name, said.Message, StringComparison.Ordinal);
    }

    /// <summary>Opens the door as a browser does, which follows each redirect.</summary>
    /// <returns>Where it ends.</returns>
    private async Task<string> SignInAsync()
    {
        using var answer = await _browser.GetAsync(new Uri(Door, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.RequestMessage!.RequestUri!.ToString();
    }

    private async Task<Refusal?> AskAsync(TestCounselor counselor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Cases, UriKind.Relative));
        request.Headers.Add(DeskSignature.Header, counselor.Header(_set, HttpMethod.Get, Cases, []));
        using var answer = await _browser.SendAsync(request, Cancel);
        return answer.IsSuccessStatusCode ? null : await RefusalOf(answer);
    }

    private static async Task<Refusal?> RefusalOf(HttpResponseMessage answer) => Problems.TryRead(await answer.Content.ReadAsByteArrayAsync(Cancel));
}
