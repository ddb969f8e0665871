using System.Text;
using CsCheck;
using WeToo.Core.Identifiers;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class UnicodeTests
{
    // Combining marks of several classes over letters that compose with them, Hangul, compatibility forms, Turkish i.
    private static readonly Gen<string> s_marked = Pick("a", "I", "i", "İ", "ı", "s", "Σ", "ᄀ", "ᅡ", "ᆨ", "가", "ﬁ", "Å", "ﾊ", "ﾞ", "\u0301", "\u0307", "\u0323", "\u0345", "\u05b0", "\u0327", "\u0f71", "\u0f72", "\u200d", "क", "़", "𝒜", "ͺ").Array[0, 8].Select(string.Concat);

    [Theory]
    [InlineData("ＡＢＣ", "ABC")]
    [InlineData("ﬁ", "fi")]
    [InlineData("e\u0301", "é")]
    [InlineData("i\u0307\u0323", "\u1ecb\u0307")]
    [InlineData("\u1100\u1161\u11a8", "각")]
    [InlineData("가\u11a8", "각")]
    [InlineData("ﾊﾞ", "バ")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("ﷺ", "صلى الله عليه وسلم")]
    public void Text_is_brought_to_normalization_form_kc(string text, string normal) => Assert.Equal(normal, Nfkc.Normalize(text));

    [Fact]
    public void Each_assigned_character_is_folded_once_and_for_all() =>
        Assert.All(Enumerable.Range(0, 0x110000).Where(c => c is < 0xD800 or > 0xDFFF), c =>
        {
            if (PlainText.Clean(new Rune(c).ToString()) is { } clean) IsStable(clean);
        });

    [Fact]
    public void Any_run_of_letters_and_marks_is_folded_once_and_for_all() =>
        s_marked.Sample(text => IsStable(PlainText.Clean(text)!), iter: 20_000);

    [Theory]
    [InlineData("\ue000")]
    [InlineData("\u0378")]
    [InlineData("\uffff")]
    [InlineData("\u0085\u0007")]
    public void What_Unicode_gives_no_meaning_is_no_text(string text) => Assert.Null(PlainText.Clean(text));

    [Fact]
    public void Half_of_a_pair_is_no_text()
    {
        Assert.Null(PlainText.Clean("a\ud800"));
        Assert.Null(PlainText.Clean("\udc00a"));
        Assert.Null(PlainText.Clean("\ud800\ud800\udc00"));
    }

    // RFC 3492 §7.1: (A) Arabic, (B) Chinese, (D) Czech, (F) Hindi, (I) Russian, (L) and (P) Japanese, (S) ASCII.
    [Theory]
    [InlineData("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn")]
    [InlineData("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye")]
    [InlineData("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a")]
    [InlineData("यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd")]
    [InlineData("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l")]
    [InlineData("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b")]
    [InlineData("パフィーdeルンバ", "de-jg4avhby1noc0d")]
    [InlineData("-> $1.00 <-", "-> $1.00 <--")]
    public void Punycode_of_RFC_3492(string label, string code)
    {
        Assert.Equal(code, Punycode.Encode(label));
        Assert.Equal(label, Punycode.Decode(code));
    }

    [Fact]
    public void Punycode_comes_back_and_no_text_makes_it_throw() =>
        Gen.Select(s_marked, Gen.String).Sample((label, any) =>
        {
            _ = Punycode.Decode(any);
            return Punycode.Encode(label) is { Length: > 63 } || Punycode.Decode(Punycode.Encode(label)) == label;
        });

    private static Gen<string> Pick(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static void IsStable(string clean)
    {
        var folded = PlainText.Fold(clean);

        Assert.Equal(clean, PlainText.Clean(clean));
        Assert.Equal(folded, PlainText.Clean(folded));
        Assert.Equal(folded, PlainText.Fold(folded));
    }
}
