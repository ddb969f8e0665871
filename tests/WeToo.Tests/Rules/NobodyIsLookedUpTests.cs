using System.Reflection;
using System.Text.RegularExpressions;
using WeToo.Tests.Tool;
using WeToo.Tool;
using WeToo.Vault.Features.Requests;
using Xunit;

namespace WeToo.Tests.Rules;

/// <summary>Whoever asks what we hold about somebody gets one answer, because nothing can look anybody up (O5, O4).</summary>
public sealed partial class NobodyIsLookedUpTests
{
    private static readonly string[] s_ownTables = ["requests", "statistics", "audit"];

    public static TheoryData<string> Languages => [.. FixedReply.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_reply_is_one_text_in_each_language_and_needs_no_database(string language)
    {
        var first = await Terminal.RunAsync("", "request", "reply", "--language", language);
        var second = await Terminal.RunAsync("", "request", "reply", "--language", language);

        Assert.Equal((0, FixedReply.In(language)), (first.Code, first.Output));
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(["language"], typeof(FixedReply).GetMethod(nameof(FixedReply.In))!.GetParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void Requests_and_statistics_read_no_table_but_their_own()
    {
        var statements = Assemblies.Load("WeToo.Vault").GetTypes()
            .Where(type => type is { IsNested: true, Name: "Sql" } && (InFeature(type, "Requests") || InFeature(type, "Statistics") || InFeature(type, "Audit")))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(field => (string)field.GetRawConstantValue()!))
            .ToList();

        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.All(TableNames().Matches(statement), table => Assert.Contains(table.Groups[1].Value, s_ownTables)));
    }

    [Fact]
    public void No_command_takes_an_identifier_but_that_which_files() =>
        Assert.Equal(["file"], CommandLine.Root().Subcommands
            .Where(command => command.Options.Concat(command.Subcommands.SelectMany(inner => inner.Options)).Any(option => option.Name.Contains("identifier", StringComparison.Ordinal)))
            .Select(command => command.Name));

    private static bool InFeature(Type type, string feature) => type.Namespace == $"WeToo.Vault.Features.{feature}";

    [GeneratedRegex(@"(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)")]
    private static partial Regex TableNames();
}
