using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>C3: to a counselor whom the author left out, every answer of the desk is that of a world without the case. From the route table: no route is forgotten.</summary>
public sealed class ConflictTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Every_route_answers_a_left_out_counselor_as_if_there_were_no_case(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        var (owner, leftOut) = (set.Counselors[0], set.Counselors[2]);
        var without = await AnswersAsync(set, leftOut, new string('a', 32));

        var filings = await TestMatch.MatchedAsync(
            set, new TestFiling(set, counselors: [owner]), new TestFiling(set, counselors: [owner, set.Counselors[1]]));
        var theirs = (await owner.CasesAsync(set)).First(one => one.GetProperty("filing_id").GetString() == filings[0].IdText);
        var caseId = theirs.GetProperty("case_id").GetString()!;
        Assert.Equal(without, await AnswersAsync(set, leftOut, caseId));

        Assert.Null((await owner.VerifyAsync(set, theirs)).Refusal);
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Equal(without, await AnswersAsync(set, leftOut, caseId));

        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));
        Assert.Equal(without, await AnswersAsync(set, leftOut, caseId));

        var direct = new TestDirect(set, counselors: [owner]);
        await direct.SentAsync(set);
        var sent = (await owner.CasesAsync(set)).Single(one => one.GetProperty("filing_id").GetString() == direct.IdText);
        Assert.Equal(without, await AnswersAsync(set, leftOut, sent.GetProperty("case_id").GetString()!));
    }

    [Fact]
    public async Task The_comparison_tells_a_counselor_who_has_a_case_from_one_who_has_none()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 1 });
        var without = await AnswersAsync(set, set.Counselors[0], new string('a', 32));

        await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));

        var with = await AnswersAsync(set, set.Counselors[0], (await set.Counselors[0].CasesAsync(set))[0].GetProperty("case_id").GetString()!);
        Assert.NotEqual(without, with);
        Assert.Equal(without.Count, with.Count);
    }

    /// <summary>What each route of the desk answers this counselor, with this case in the address.</summary>
    private static async Task<IReadOnlyList<string>> AnswersAsync(VaultSet set, TestCounselor counselor, string caseId)
    {
        var routes = set.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1/desk/", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count >= 8);

        var answers = new List<string>();
        foreach (var route in routes)
        {
            var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => Filled(part, caseId)))));
            foreach (var method in route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
                answers.Add($"{method} {route.RoutePattern.RawText}\n{await AskAsync(set, counselor, new HttpMethod(method), path)}");
        }

        return answers;
    }

    /// <summary>A new kind of part fails here until it says what it is filled with.</summary>
    private static string Filled(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part, string caseId) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "caseId" } => caseId,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "fileId" } => new string('b', 32),
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "part" } => "0",
        _ => throw new InvalidOperationException($"Say what {part} of a route of the desk is filled with."),
    };

    private static async Task<string> AskAsync(VaultSet set, TestCounselor counselor, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        var body = method == HttpMethod.Get ? [] : "{}"u8.ToArray();
        if (method != HttpMethod.Get) request.Content = new ByteArrayContent(body);
        request.Headers.TryAddWithoutValidation(DeskSignature.Header, counselor.Header(set, method, path, body));
        using var answer = await set.Client.SendAsync(request, Cancel);
        return Answers.Whole(answer, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
