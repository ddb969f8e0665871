using System.Security.Cryptography;
using WeToo.Core.Receipts;
using Xunit;

namespace WeToo.Tests.Core;

/// <summary>The stop code on paper: forgiving of how it is written, not of what is written.</summary>
public sealed class StopCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void It_reads_back_however_it_was_typed()
    {
        using var code = StopCode.Random(RandomNumberGenerator.Fill);
        var text = code.ToText();

        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$", text);
        foreach (var typed in (string[])[text, text.ToLowerInvariant(), text.Replace('-', ' '), text.Replace('-', '–'), text.Replace('0', 'o').Replace('1', 'I')])
        {
            using var read = StopCode.TryParse(typed);
            Assert.Equal(text, read?.ToText());
        }
    }

    [Fact]
    public void One_wrong_symbol_and_two_that_changed_places_are_noticed()
    {
        using var code = StopCode.Random(RandomNumberGenerator.Fill);
        var text = code.ToText().Replace("-", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in Alphabet.Where(other => other != text[i])) Assert.Null(StopCode.TryParse(text[..i] + other + text[(i + 1)..]));
            for (var j = i + 1; j < text.Length; j++)
                if (text[i] != text[j]) Assert.Null(StopCode.TryParse(text[..i] + text[j] + text[(i + 1)..j] + text[i] + text[(j + 1)..]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ABCD-EFGH")]
    [InlineData("UUUU-UUUU-UUUU")]
    public void What_is_none_is_refused(string typed) => Assert.Null(StopCode.TryParse(typed));

    [Fact]
    public void It_gives_other_keys_in_another_deployment()
    {
        using var code = StopCode.Random(RandomNumberGenerator.Fill);
        using var here = code.KeysIn(new byte[16]);
        using var there = code.KeysIn([1, .. new byte[15]]);

        Assert.False(here.Signing.PublicKey.Span.SequenceEqual(there.Signing.PublicKey.Span));
        Assert.False(here.BoxKey.Span.SequenceEqual(there.BoxKey.Span));
    }
}
