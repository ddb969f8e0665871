using System.Text.RegularExpressions;
using WeToo.Voices.Texts;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>What the public side says, in four languages.</summary>
public sealed partial class CatalogueTests
{
    public static TheoryData<string> Others => [.. Languages.All.Skip(1)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_text_is_there_with_the_same_gaps(string language)
    {
        Assert.Equal(Catalogue.KeysOf("en").Order(StringComparer.Ordinal), Catalogue.KeysOf(language).Order(StringComparer.Ordinal));
        Assert.All(Catalogue.KeysOf("en"), key => Assert.Equal((key, GapsOf(Catalogue.SourceOf("en", key))), (key, GapsOf(Catalogue.SourceOf(language, key)))));
    }

    [Theory]
    [InlineData("en", 1, "one")]
    [InlineData("fr", 0, "one")]
    [InlineData("fr", 2, "other")]
    [InlineData("es", 1_000_000, "many")]
    [InlineData("ar", 0, "zero")]
    [InlineData("ar", 2, "two")]
    [InlineData("ar", 103, "few")]
    [InlineData("ar", 111, "many")]
    [InlineData("ar", 100, "other")]
    public void Plurals_are_those_of_the_language(string language, long number, string form) => Assert.Equal(form, Plurals.FormOf(language, number));

    [Fact]
    public void A_plural_takes_its_form_and_its_number()
    {
        var message = new Message("{name}: {n, plural, =0 {none} one {# sheet} other {# sheets of {name}}}.");

        Assert.Equal("A: none.", message.Say("en", [("name", "A"), ("n", 0)]));
        Assert.Equal("A: 1 sheet.", message.Say("en", [("name", "A"), ("n", 1)]));
        Assert.Equal("A: 1,200 sheets of A.", message.Say("en", [("name", "A"), ("n", 1200)]));
    }

    private static string GapsOf(string text) => string.Join(' ', Gaps().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{([a-z]+)[,}]")]
    private static partial Regex Gaps();
}
