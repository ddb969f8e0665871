using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting;
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

        Assert.Null(await owner.VerifyAsync(set, theirs));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Equal(without, await AnswersAsync(set, leftOut, caseId));

        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));
        Assert.Equal(without, await AnswersAsync(set, leftOut, caseId));

        var direct = new TestDirect(set, counselors: [owner]);
        await direct.SentAsync(set);
        var sent = (await owner.CasesAsync(set)).Single(one => one.GetProperty("filing_id").GetString() == direct.IdText).GetProperty("case_id").GetString()!;
        Assert.Equal(without, await AnswersAsync(set, leftOut, sent));
        Assert.Null(await owner.HoldAsync(set, sent, direct.Id, set.Today + 9));
        Assert.Equal(Refusal.CaseUnknown, await leftOut.HoldAsync(set, sent, direct.Id, set.Today + 9));
        Assert.Equal(without, await AnswersAsync(set, leftOut, sent));

        // One that waits, since whoever its author chose takes none, does not come to who was left out either.
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, "/v1/desk/limits", """{"most":0,"zone":"UTC"}"""u8.ToArray())).Refusal);
        var waiting = await new TestDirect(set, counselors: [owner]).SentAsync(set);
        Assert.True((await waiting.StatusAsync(set)).GetProperty("waits").GetBoolean());
        Assert.Equal(without, await AnswersAsync(set, leftOut, sent));
    }

    [Theory]
    [MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public async Task For_a_counselor_who_is_named_every_route_answers_as_in_a_world_without_the_case(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        var (named, others) = (set.Counselors[2], set.Counselors.Take(2).ToList());
        TestFiling ana = new(set, account: "What happened"), ben = new(set);
        await named.RegisterAsync(set, 1, RandomNumberGenerator.GetBytes(64), ana.Start);
        var (without, log) = (await AnswersAsync(set, named, new string('a', 32)), set.Log.Lines.Count);

        // Both authors chose everybody: only the keepers know that one of them is named.
        await TestMatch.MatchedAsync(set, ana, ben);
        Assert.Equal(2, (await others[0].CasesAsync(set)).Count + (await others[1].CasesAsync(set)).Count);
        var (owner, theirs) = await OwnerAsync(set, others, ana);
        var caseId = theirs.GetProperty("case_id").GetString()!;
        Assert.Equal(without, await AnswersAsync(set, named, caseId));

        Assert.Null(await owner.VerifyAsync(set, theirs));
        Assert.Null(await set.PostAsync("/v1/consents", ana.Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, ana) == "released");
        Assert.Equal(without, await AnswersAsync(set, named, caseId));

        // Held, by the two whom keepers did not pass over.
        foreach (var one in others.OrderBy(one => one == owner ? 0 : 1)) Assert.Null(await one.HoldAsync(set, caseId, ana.Id, set.Today + 9));
        Assert.Equal(1, await set.CountAsync("holds"));
        Assert.Equal(Refusal.CaseUnknown, await named.HoldAsync(set, caseId, ana.Id, set.Today + 9));
        Assert.Equal(without, await AnswersAsync(set, named, caseId));

        // Given back: to the other, never to whom it names.
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/recusal", "{}"u8.ToArray())).Refusal);
        Assert.Equal(2, (await others.First(one => one != owner).CasesAsync(set)).Count);
        Assert.Null((await others.First(one => one != owner).AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/recusal", "{}"u8.ToArray())).Refusal);
        Assert.Equal(without, await AnswersAsync(set, named, caseId));

        Assert.Null(await set.PostAsync("/v1/withdrawals", ana.Withdrawal));
        Assert.Equal(without, await AnswersAsync(set, named, caseId));
        Assert.Equal(log, set.Log.Lines.Count); // Whoever reads the log learns no more.
    }

    [Fact]
    public async Task Nothing_that_the_vault_stores_says_who_was_passed_over()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        TestFiling ana = new(set), ben = new(set);
        await set.Counselors[2].RegisterAsync(set, 1, ana.Start);
        await TestMatch.MatchedAsync(set, ana, ben);

        var candidates = await set.Database.ReadAsync(session => session.Query<byte[]>("SELECT counselor FROM candidates"), Cancel);

        Assert.Equal(4, candidates.Count); // As if both had left the third one out.
        Assert.DoesNotContain(candidates, one => one.AsSpan().SequenceEqual(set.Counselors[2].Entry.Signing.Span));
        var waiting = await set.Database.ReadAsync(session => session.Query<long>("SELECT count(*) FROM conflict_puts WHERE length(message) > 0")[0], Cancel);
        Assert.Equal(0, waiting); // The tags are with the keepers, and no longer here.
    }

    [Theory]
    [MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public async Task Given_back_with_one_colleague_left_it_goes_to_whoever_stands_outside_and_is_not_the_colleagues(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 4, Roles = [TeamRole.Counselor, TeamRole.Counselor, TeamRole.Counselor, TeamRole.Ombuds] });
        TestFiling ana = new(set), ben = new(set);
        var (team, outside) = (set.Counselors.Take(2).ToList(), set.Counselors[3]);
        await set.Counselors[2].RegisterAsync(set, 1, ana.Start);
        await TestMatch.MatchedAsync(set, ana, ben);
        Assert.Empty(await outside.CasesAsync(set));
        var (owner, theirs) = await OwnerAsync(set, team, ana);
        var recusal = $"/v1/desk/cases/{theirs.GetProperty("case_id").GetString()}/recusal";

        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, recusal, "{}"u8.ToArray())).Refusal);

        Assert.Equal(ana.IdText, Assert.Single(await outside.CasesAsync(set)).GetProperty("filing_id").GetString());
        Assert.Single(await team.Single(one => one != owner).CasesAsync(set));
        Assert.Null((await outside.AskAsync(set, HttpMethod.Post, recusal, "{}"u8.ToArray())).Refusal);
        Assert.Single(await team.Single(one => one != owner).CasesAsync(set)); // It does not come back into the team.
        Assert.Null(await set.PostAsync("/v1/withdrawals", ben.Withdrawal));
        Assert.Equal(0, await set.CountAsync("outside"));
    }

    [Fact]
    public async Task With_one_colleague_left_the_case_goes_to_whoever_stands_outside_the_team()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3, Roles = [TeamRole.Counselor, TeamRole.Counselor, TeamRole.Ombuds] });
        TestFiling ana = new(set), ben = new(set), cleo = new(set, named: "tel:+33700000000"), dan = new(set, named: "tel:+33700000000");
        await set.Counselors[1].RegisterAsync(set, 1, ana.Start);

        await TestMatch.MatchedAsync(set, cleo, dan); // Names nobody of the team: the ombuds hears of nothing.
        Assert.Empty(await set.Counselors[2].CasesAsync(set));

        await TestMatch.MatchedAsync(set, ana, ben);
        Assert.Equal(2, (await set.Counselors[2].CasesAsync(set)).Count);
        foreach (var one in set.Counselors.Take(2)) Assert.Single(await one.CasesAsync(set));
    }

    [Fact]
    public async Task A_keeper_that_was_away_gets_the_tags_later_and_one_keeper_alone_can_hide_no_conflict()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        TestFiling ana = new(set), ben = new(set);
        var away = set.Keepers.Keepers[0];
        away.Options.Urls = away.Address.ToString();
        await away.StopAsync();
        await set.Counselors[2].RegisterAsync(set, 1, ana.Start);
        await away.StartAsync();

        await TestMatch.MatchedAsync(set, ana, ben); // Keeper 1, which does not know of it yet, and keeper 2.
        Assert.Empty(await set.Counselors[2].CasesAsync(set));

        await set.Counselors[1].RegisterAsync(set, 1); // Wakes the courier.
        var known = await away.Database.ReadAsync(session => session.Query<long>("SELECT count(*) FROM conflicts")[0], Cancel);
        Assert.Equal(2, known);
    }

    [Fact]
    public async Task Nobody_registers_for_another_or_for_another_keeper()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var keyset = set.Keyset.Keyset;
        byte[] Puts(TestCounselor of, IEnumerable<KeeperEntry> keepers) =>
            [.. keepers.SelectMany(keeper => ConflictPut.Write(keyset.Deployment.Span, keeper, 1, [], of.Signing, RandomNumberGenerator.Fill))];

        const string path = "/v1/desk/team/conflicts";
        var (first, second) = (set.Counselors[0], set.Counselors[1]);
        Assert.Equal(Refusal.MalformedMessage, (await first.AskAsync(set, HttpMethod.Post, path, Puts(second, keyset.Keepers))).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await first.AskAsync(set, HttpMethod.Post, path, Puts(first, keyset.Keepers.Take(2)))).Refusal);
        Assert.Equal(Refusal.DeploymentForeign, (await first.AskAsync(set, HttpMethod.Post, path, Puts(first, keyset.Keepers.Reverse()))).Refusal);
        var altered = Puts(first, keyset.Keepers);
        altered[100] ^= 1;
        Assert.Equal(Refusal.SignatureInvalid, (await first.AskAsync(set, HttpMethod.Post, path, altered)).Refusal);

        using var stranger = new TestCounselor("Stranger");
        var keeper = set.Keepers.Keepers[0];
        using var content = new ByteArrayContent(Puts(stranger, keyset.Keepers.Take(1)));
        using var answer = await keeper.Client.PutAsync(new Uri("/v1/conflicts", UriKind.Relative), content, Cancel);
        Assert.Equal(Refusal.CounselorUnknown, Problems.TryRead(await answer.Content.ReadAsByteArrayAsync(Cancel)));
    }

    private static async Task<(TestCounselor Owner, JsonElement Case)> OwnerAsync(VaultSet set, IEnumerable<TestCounselor> counselors, TestFiling filing)
    {
        foreach (var one in counselors)
            foreach (var found in await one.CasesAsync(set))
                if (found.GetProperty("filing_id").GetString() == filing.IdText) return (one, found);
        throw new InvalidOperationException("Nobody has the case.");
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

        // Among the routes is that by which they rest; they take new cases again, as at first.
        var takes = """{"most":12,"zone":"UTC"}"""u8.ToArray();
        Assert.Null((await counselor.AskAsync(set, HttpMethod.Post, "/v1/desk/limits", takes)).Refusal);
        return answers;
    }

    /// <summary>A new kind of part fails here until it says what it is filled with.</summary>
    private static string Filled(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part, string caseId) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "caseId" } => caseId,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "fileId" or "id" } => new string('b', 32),
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
