using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace WeToo.Tests.Rules;

/// <summary>What holds for the files of the repository, whoever wrote them.</summary>
public sealed partial class RepositoryTests
{
    private const int MostLines = 400;

    private static readonly string[] s_notOurs = [".git", "artifacts", "node_modules", "out", "wwwroot", "data"];

    private static readonly string[] s_text = [".cs", ".ts", ".mjs", ".js", ".css", ".html", ".sql", ".md", ".json", ".props", ".csproj", ".slnx", ".txt", ".sh", ".editorconfig", ".npmrc", ""];

    public static TheoryData<string> Names => Assemblies.AllNames;

    [Fact]
    public void No_file_names_a_package_registry_or_a_folder_of_someones_machine() =>
        Assert.Empty(Lines().Where(line => Machine().IsMatch(line.Text)).Select(line => line.Where));

    [Fact]
    public void Nothing_is_left_to_do_in_a_comment() =>
        Assert.Empty(Lines().Where(line => !line.Where.Contains(".json:", StringComparison.Ordinal) && Unfinished().IsMatch(line.Text)).Select(line => line.Where)); // JSON has no comments.

    [Fact]
    public void A_source_file_has_at_most_400_lines_unless_it_is_a_catalogue_of_texts()
    {
        var sources = Files().Where(path => Path.GetExtension(path) is ".cs" or ".ts")
            .Where(path => !Relative(path).StartsWith("tests", StringComparison.Ordinal) && !Relative(path).StartsWith("web/vault/messages", StringComparison.Ordinal));

        var tooLong = sources.Select(path => (Path: Relative(path), Lines: File.ReadLines(path).Count())).Where(file => file.Lines > MostLines);

        Assert.Empty(tooLong);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_is_named_for_what_it_is(string assembly)
    {
        var types = Assemblies.Load(assembly).GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

        Assert.Empty(types.Where(type => VagueName().IsMatch(type.Name)).Select(type => type.FullName));
    }

    [Fact]
    public void There_are_files_to_check() => Assert.InRange(Files().Count(), 50, 5_000);

    /// <summary>Every line of every text file, except of this one, which must name what it forbids.</summary>
    private static IEnumerable<(string Where, string Text)> Lines() => Files()
        .Where(path => !path.EndsWith($"{nameof(RepositoryTests)}.cs", StringComparison.Ordinal))
        .SelectMany(path => File.ReadLines(path).Select((text, index) => ($"{Relative(path)}:{index + 1}", text)));

    private static IEnumerable<string> Files() => FilesIn(new DirectoryInfo(Vectors.Root()));

    private static IEnumerable<string> FilesIn(DirectoryInfo folder) => folder.EnumerateFiles()
        .Where(file => !s_notOurs.Contains(file.Name)) // In a second working tree .git is a file.
        .Where(file => s_text.Contains(file.Extension) || file.Name.StartsWith('.'))
        .Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories().Where(inner => !s_notOurs.Contains(inner.Name)).SelectMany(FilesIn));

    private static string Relative(string path) => Path.GetRelativePath(Vectors.Root(), path);

    [GeneratedRegex(@"registry\.[a-z]+\.[a-z]+|api\.nuget\.org|pypi\.org|(?<![\w.])/(work|home|root|Users)/\w|/tmp/w/|[A-Z]:\\Users")]
    private static partial Regex Machine();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utility|Info|Data|Impl|Dto)(`[0-9]+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex VagueName();
}
