using System.IO.Compression;
using System.Text.RegularExpressions;
using WeToo.Core.Evidence;
using WeToo.Tool;
using WeToo.Tool.Verifying;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary>The command gives the verdict that the page and standard tools give (web/test/evidence.test.ts), of what was made and of each way to tamper.</summary>
public sealed partial class VerifyTests(EvidenceCases cases) : IClassFixture<EvidenceCases>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_case_gets_its_verdict_and_its_exit_code()
    {
        Assert.InRange(cases.All.Count, 80, 500);
        foreach (var one in cases.All)
        {
            var (code, said) = await RunAsync([cases.PathOf(one.File), .. one.Believes == "policy" ? ["--policy", cases.PathOf("policy.txt")] : Array.Empty<string>()]);
            var found = Finding().Matches(said).Select(match => $"{match.Groups[1].Value} ({match.Groups[2].Value})");
            Assert.True(one.Findings.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)), $"{one.Name}: {string.Join(", ", one.Findings)}, but: {said}");
            Assert.True(code == (one.Findings.Count > 0 ? ExitCodes.Refused : one.Believes == "policy" ? ExitCodes.Done : ExitCodes.Unproven), $"{one.Name}: {code}");
        }
    }

    [Fact]
    public async Task A_package_that_matches_says_when_in_words_and_what_that_does_not_show()
    {
        var (_, said) = await RunAsync([cases.PathOf("0.zip"), "--policy", cases.PathOf("policy.txt"), "--authority", cases.PathOf("authority.pem")]);

        Assert.Contains("account.json: number 5 of the log log.example/wetoo. Enough witnesses had seen it by 2026-11-23 02:21:40 UTC: w1, w2, w3.", said, StringComparison.Ordinal);
        Assert.Contains("A timestamp of Clock of Tests: ", said, StringComparison.Ordinal);
        Assert.Contains("The account was there before its author was told of a match: number 5 is before 23.", said, StringComparison.Ordinal);
        Assert.Contains("It does not show what happened.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timestamp_of_an_authority_that_nobody_believes_does_not_match()
    {
        using var others = new EvidenceCases();
        var (code, said) = await RunAsync([cases.PathOf("0.zip"), "--policy", cases.PathOf("policy.txt"), "--authority", others.PathOf("authority.pem")]);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("timestamp.tst: the timestamp is not of this, or does not hold (timestamp)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_word_is_not_enough_and_a_policy_that_is_none_checks_nothing()
    {
        var (code, said) = await RunAsync([cases.PathOf("0.zip")]);
        Assert.Equal(ExitCodes.Unproven, code);
        Assert.Contains("BY ITS OWN WORD", said, StringComparison.Ordinal);

        (code, said) = await RunAsync([cases.PathOf("0.zip"), "--policy", cases.PathOf("authority.pem")]);
        Assert.Equal((ExitCodes.Usage, "authority.pem is no policy: nothing was checked."), (code, said.Trim()));
    }

    [Fact]
    public async Task A_package_is_an_archive_that_every_program_opens()
    {
        await using var archive = await ZipFile.OpenReadAsync(cases.PathOf("0.zip"), Cancel);

        Assert.Contains("account.json", archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.True(EvidencePackage.IsName(entry.FullName)));
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await VerifyCommand.Create().Parse(arguments).InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false }, Cancel);
        return (code, output.ToString());
    }

    [GeneratedRegex(@"^  ([^ :]+): [^(]*\(([a-z-]+)\)\r?$", RegexOptions.Multiline)]
    private static partial Regex Finding();
}
