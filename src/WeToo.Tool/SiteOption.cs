using System.CommandLine;
using System.CommandLine.Parsing;

namespace WeToo.Tool;

/// <summary><c>--site</c>: a vault's address.</summary>
internal static class SiteOption
{
    internal static Option<Uri> Create(string description) =>
        new("--site") { Description = description, HelpName = "address", DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"), CustomParser = Parse };

    /// <summary>Where nothing is asked without it.</summary>
    internal static Option<Uri?> Optional(string description) => new("--site") { Description = description, HelpName = "address", CustomParser = Parse };

    private static Uri? Parse(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var site) && site.Scheme is "http" or "https") return site;
        result.AddError("--site is an address such as https://example.org.");
        return null;
    }
}
