using System.Text.Json;
using CsCheck;
using WeToo.Core.Identifiers;
using Xunit;

namespace WeToo.Tests.Core;

/// <summary>spec/identifiers.md, held to the table that the TypeScript tests read too.</summary>
public sealed class IdentifiersTests
{
    private static readonly JsonElement[] s_rows = [.. Vectors.Read("identifiers.json").RootElement.GetProperty("rows").EnumerateArray()];

    private static readonly string[] s_kept = [.. s_rows.Select(row => Field(row, "canonical")).OfType<string>().Distinct()];

    // Whatever people paste: words of the protocol, every script, invisible signs, halves of pairs.
    private static readonly Gen<string> s_text = Gen.OneOf(
        Pick("@", ".", ":", "/", "//", "%", "%41", "%2F", "?", "&", "=", "+", "#", " ", "xn--", "https://", "www.", "instagram", "youtube:", "mastodon:", "did:plc:", "profile.php", "İ", "i\u0307", "ſ", "ß", "Σ", "é", "e\u0301", "\u200f", "٣", "３", "Ａ", "ﷺ", "가", "\u1100\u1161", "\ud800", "c/", "user", "..", "00", "33612345678", "org", "example.org", "_", "-", "。"),
        Pick(s_kept),
        Gen.Char.Select(c => c.ToString()),
        Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32)).Array[0, 6].Select(string.Concat);

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, s_rows.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_text_is_read_as_the_table_says(int index)
    {
        var row = s_rows[index];

        var (identifier, help) = Read(Field(row, "type")!, Field(row, "input")!, Field(row, "region"), Field(row, "organisation"));

        Assert.Equal((Field(row, "canonical"), Field(row, "refusal")), (identifier?.Canonical, help is { } why ? Word(why) : null));
    }

    /// <summary>Eight numbers of each country, right and wrong: the same file for the library of the other language.</summary>
    [Fact]
    public void A_number_of_any_country_is_read_as_in_the_other_language() =>
        Assert.All(Vectors.Read("phones.json").RootElement.GetProperty("rows").EnumerateArray(), row =>
        {
            var (identifier, help) = Read("tel", row[0].GetString()!, row[1].GetString(), null);
            Assert.Equal(row[2].GetString(), identifier?.Value ?? Word(help!.Value));
        });

    [Fact]
    public void The_table_covers_each_kind_and_each_refusal()
    {
        Assert.InRange(s_rows.Length, 120, int.MaxValue);
        Assert.All(Enum.GetValues<IdentifierType>(), type => Assert.Contains(s_kept, kept => kept.StartsWith(Identifier.Name(type), StringComparison.Ordinal)));
        Assert.All(Enum.GetValues<IdentifierHelp>(), help => Assert.Contains(s_rows, row => Field(row, "refusal") == Word(help)));
    }

    [Fact]
    public void A_canonical_value_read_again_is_the_same() =>
        Assert.All(s_kept, kept => Assert.Equal(kept, Identifier.FromCanonical(kept)?.Canonical));

    [Fact]
    public void Whatever_is_typed_reading_twice_changes_nothing_and_nothing_is_thrown() =>
        Gen.Select(Gen.Enum<IdentifierType>(), s_text, Pick<string?>(null, "FR", "US", "IT", "xx"), Pick<string?>(null, "lyon")).Sample((type, text, region, organisation) =>
            !Identifier.TryParse(type, text, region, organisation, out var once, out _)
            || (Identifier.TryParse(once.Type, once.Value, null, null, out var twice, out _) && twice.Canonical == once.Canonical),
            iter: 50_000);

    [Fact]
    public void Whatever_is_detected_reading_twice_changes_nothing() =>
        s_text.Sample(text => !Identifier.TryDetect(text, "FR", out var once, out _) || Identifier.FromCanonical(once.Canonical) == once, iter: 20_000);

    [Fact]
    public void Case_width_and_invisible_signs_never_part_two_people() =>
        Pick<string>([.. s_kept.Where(kept => !kept.StartsWith("url", StringComparison.Ordinal) && !kept.Contains(":UC", StringComparison.Ordinal))]).Select(Gen.Int[0, 30]).Sample((kept, at) =>
        {
            var known = Identifier.FromCanonical(kept)!;
            var value = known.Value;
            var other = string.Concat(value.ToUpperInvariant().Select(c => c is > ' ' and <= '~' && at % 2 == 0 ? (char)(c + 0xFEE0) : c)).Insert(Math.Min(at, value.Length), "\u200f");
            Assert.True(Identifier.TryParse(known.Type, $" {other}\n", null, null, out var found, out _));
            Assert.Equal(kept, found.Canonical);
        });

    [Fact]
    public void An_identifier_does_not_print_itself()
    {
        var identifier = Identifier.FromCanonical("handle:instagram:sam_doe")!;

        Assert.Equal("handle", identifier.ToString());
        Assert.DoesNotContain("sam", $"{identifier} {ReadBack.Of(identifier)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tel:+33612345678", null, "+33 6 12 34 56 78", null)]
    [InlineData("email:sam+news@example.org", null, "sam+news@example.org", "email:sam@example.org")]
    [InlineData("handle:instagram:sam_doe", "Instagram", "sam_doe", null)]
    [InlineData("handle:threads:sam_doe", "Threads", "sam_doe", "handle:instagram:sam_doe")]
    [InlineData("handle:bluesky:did:plc:z72i7hdynmk6r22z27h6tvur", "Bluesky", "did:plc:z72i7hdynmk6r22z27h6tvur", null)]
    [InlineData("url:example.org/sam", null, "example.org/sam", null)]
    [InlineData("member:lyon:AB1234", null, "lyon AB1234", null)]
    public void It_is_read_back_in_plain_words(string canonical, string? platform, string text, string? also)
    {
        var back = ReadBack.Of(Identifier.FromCanonical(canonical)!);

        Assert.Equal((platform, text, also), (back.Platform, back.Text, back.Also?.Canonical));
    }

    [Theory]
    [InlineData("tel:0612345678")]
    [InlineData("email:Sam@example.org")]
    [InlineData("handle:twitter:sam")]
    [InlineData("url:https://example.org")]
    [InlineData("member:AB")]
    [InlineData("name:Sam")]
    [InlineData("")]
    public void What_is_not_canonical_stands_for_nobody(string text) => Assert.Null(Identifier.FromCanonical(text));

    internal static string? Field(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Gen<T> Pick<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static (Identifier? Identifier, IdentifierHelp? Help) Read(string type, string text, string? region, string? organisation)
    {
        Identifier? identifier;
        IdentifierHelp? help;
        if (type == "auto") _ = Identifier.TryDetect(text, region, out identifier, out help);
        else _ = Identifier.TryParse(Enum.Parse<IdentifierType>(type, ignoreCase: true), text, region, organisation, out identifier, out help);
        return (identifier, help);
    }

    /// <summary>NotAProfile → not-a-profile.</summary>
    private static string Word(IdentifierHelp help) => JsonNamingPolicy.KebabCaseLower.ConvertName(help.ToString());
}
