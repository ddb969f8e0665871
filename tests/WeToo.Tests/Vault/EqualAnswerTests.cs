using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Nobody learns from an answer whether somebody else has named the same person.</summary>
public sealed class EqualAnswerTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_filing_is_answered_alike_alone_matched_opened_repeated_and_for_every_least_number(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (first, second, third) = (new TestFiling(set), new TestFiling(set), new TestFiling(set));
        var answers = new List<string>
        {
            await AnswerAsync(set, first),
            await AnswerAsync(set, second), // names whom the first named
            await AnswerAsync(set, new TestFiling(set, named: "tel:+33698765432")),
        };

        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [first, second]))).Refusal);
        answers.Add(await AnswerAsync(set, third)); // names whom two opened filings named
        answers.Add(await AnswerAsync(set, first));
        foreach (var leastNumber in (byte[])[3, 4, 5]) answers.Add(await AnswerAsync(set, new TestFiling(set, leastNumber: leastNumber)));

        Assert.Single(answers.Distinct());
        Assert.StartsWith("202 ", answers[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_sealed_filing_has_the_same_status_whether_others_named_the_same_person_or_not(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var matched = await new TestFiling(set, leastNumber: 3).FiledAsync(set);
        await new TestFiling(set, leastNumber: 3).FiledAsync(set);
        var alone = await new TestFiling(set, leastNumber: 3, named: "tel:+33698765432").FiledAsync(set);

        var here = (await AuthorTests.StatusAsync(set, matched.Author.Pseudonym)).Json.Replace(matched.IdText, "id", StringComparison.Ordinal);
        var there = (await AuthorTests.StatusAsync(set, alone.Author.Pseudonym)).Json.Replace(alone.IdText, "id", StringComparison.Ordinal);

        Assert.Equal(here, there);
    }

    [Fact]
    public async Task There_is_no_address_at_which_to_ask_for_a_person()
    {
        await using var set = await VaultSet.StartAsync();

        var routes = set.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => (Path: route.RoutePattern.RawText!, Methods: route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods))
            .Where(route => !route.Methods.Contains("HEAD")) // The site's own files.
            .Select(route => $"{route.Methods[0]} {route.Path}");

        Assert.Equal(
            [
                "GET /bye", "GET /health", "GET /v1/desk/cases", "GET /v1/desk/cases/{caseId}", "GET /v1/desk/cases/{caseId}/files/{fileId}/{part:int}",
                "GET /v1/desk/cases/{caseId}/mail/files/{fileId}/{part:int}", "GET /v1/desk/holds", "GET /v1/desk/limits", "GET /v1/desk/recoveries/{id}", "GET /v1/desk/recovery", "GET /v1/desk/team", "GET /v1/keyset",
                "GET /v1/proofs", "GET /v1/registrar", "POST /v1/addenda", "POST /v1/consents", "POST /v1/credentials", "POST /v1/desk/cases/{caseId}/closing",
                "POST /v1/desk/cases/{caseId}/comparison",
                "POST /v1/desk/cases/{caseId}/done", "POST /v1/desk/cases/{caseId}/findings", "POST /v1/desk/cases/{caseId}/handover", "POST /v1/desk/cases/{caseId}/mail",
                "POST /v1/desk/cases/{caseId}/mail/files/{fileId}/{part:int}", "POST /v1/desk/cases/{caseId}/meet", "POST /v1/desk/cases/{caseId}/notes", "POST /v1/desk/cases/{caseId}/promise", "POST /v1/desk/cases/{caseId}/readings", "POST /v1/desk/cases/{caseId}/recheck",
                "POST /v1/desk/cases/{caseId}/recusal", "POST /v1/desk/cases/{caseId}/reopening", "POST /v1/desk/cases/{caseId}/sheet", "POST /v1/desk/cases/{caseId}/stop", "POST /v1/desk/counselors", "POST /v1/desk/holds/{caseId}", "POST /v1/desk/limits", "POST /v1/desk/recoveries",
                "POST /v1/desk/recoveries/{id}/dismissal", "POST /v1/desk/recoveries/{id}/shares", "POST /v1/desk/recovery", "POST /v1/desk/rest", "POST /v1/desk/team/changes", "POST /v1/desk/team/conflicts",
                "POST /v1/desk/team/dismissals", "POST /v1/desk/team/invitations", "POST /v1/directs", "POST /v1/files", "POST /v1/files/{fileId}/{part:int}", "POST /v1/filings",
                "POST /v1/freezes", "POST /v1/handovers", "POST /v1/internal/filings", "POST /v1/internal/openings", "POST /v1/keepers/{index:int}/evaluations", "POST /v1/mail",
                "POST /v1/mail/files/{fileId}/{part:int}", "POST /v1/meets", "POST /v1/note-boxes", "POST /v1/notes", "POST /v1/nudges", "POST /v1/proofs", "POST /v1/revocations", "POST /v1/status", "POST /v1/stops", "POST /v1/withdrawals",
                "PUT /v1/box", "PUT /v1/files", "PUT /v1/keyset", "PUT /v1/mail/files", "PUT /v1/meets", "PUT /v1/note-boxes", "PUT /v1/nudges", "PUT /v1/stops",
            ],
            routes.Order(StringComparer.Ordinal));
    }

    private static async Task<string> AnswerAsync(VaultSet set, TestFiling filing)
    {
        using var answer = await set.Client.PostAsync(new Uri("/v1/filings", UriKind.Relative), new ByteArrayContent(filing.Bytes), Cancel);
        return Answers.Whole(answer, Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Cancel)));
    }
}
