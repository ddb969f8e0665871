using CsCheck;
using WeToo.Core.Receipts;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class ReceiptTests
{
    private static readonly Gen<byte[]> s_entropy = Gen.Byte.Array[13];

    [Fact]
    public void Words_bring_the_same_pseudonym_back_however_they_are_typed() =>
        s_entropy.Sample(entropy =>
        {
            using var receipt = Receipt.Random(bytes => entropy.CopyTo(bytes));
            var typed = "  " + string.Join("\n ", receipt.ToWords().Split(' ').Select(word => word.ToUpperInvariant()[..Math.Min(4, word.Length)])) + "\t";
            using var again = Receipt.TryParse(typed)!;
            using var key = receipt.Pseudonym(new byte[16]);
            using var same = again.Pseudonym(new byte[16]);
            using var elsewhere = again.Pseudonym([1, .. new byte[15]]);

            Assert.Equal(key.PublicKey.ToArray(), same.PublicKey.ToArray());
            Assert.NotEqual(key.PublicKey.ToArray(), elsewhere.PublicKey.ToArray());
        });

    [Fact]
    public void Most_single_wrong_words_are_noticed() =>
        Assert.InRange(
            Enumerable.Range(0, 1000).Count(i =>
            {
                using var receipt = Receipt.Random(bytes => BitConverter.TryWriteBytes(bytes, i));
                var words = receipt.ToWords().Split(' ');
                words[i % 10] = words[i % 10] == "zoo" ? "abandon" : "zoo";
                using var wrong = Receipt.TryParse(string.Join(' ', words));
                return wrong is null;
            }),
            950,
            1000);

    [Theory]
    [InlineData("")]
    [InlineData("one two three")]
    [InlineData("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo")]
    [InlineData("xyzzy zoo zoo zoo zoo zoo zoo zoo zoo zoo")]
    public void What_is_not_ten_known_words_is_no_receipt(string text) => Assert.Null(Receipt.TryParse(text));

    [Fact]
    public void Other_languages_digits_and_two_halves_bring_the_same_receipt_back() =>
        s_entropy.Sample(entropy =>
        {
            using var receipt = Receipt.Random(bytes => entropy.CopyTo(bytes));
            var (first, second) = receipt.ToHalves(System.Security.Cryptography.RandomNumberGenerator.Fill);
            string[] forms =
                [receipt.ToWords(Words.French), Apart(receipt.ToWords(Words.Spanish)).ToUpperInvariant(), Apart(receipt.ToWords(Words.French)), receipt.ToDigits(), receipt.ToDigits().Replace(' ', '-')];

            foreach (var form in forms)
            {
                using var read = Receipt.TryParse(form);
                Assert.Equal(receipt.ToWords(), read?.ToWords());
            }

            using var joined = Receipt.TryJoin(second, first);
            Assert.Equal(receipt.ToWords(), joined?.ToWords());
            Assert.Null(Receipt.TryJoin(first, first));
            using var alone = Receipt.TryParse(first);
            Assert.NotEqual(receipt.ToWords(), alone?.ToWords());
        });

    [Fact]
    public void One_wrong_digit_is_noticed()
    {
        using var receipt = Receipt.Random(System.Security.Cryptography.RandomNumberGenerator.Fill);
        var digits = receipt.ToDigits().Replace(" ", "", StringComparison.Ordinal);
        for (var i = 0; i < digits.Length; i++) Assert.Null(Receipt.TryParse(digits[..i] + (char)('0' + ((digits[i] - '0' + 1) % 10)) + digits[(i + 1)..]));
    }

    [Fact]
    public void No_text_makes_it_throw() => Gen.String.Sample(text => Receipt.TryParse(text)?.Dispose());

    /// <summary>Letters and their accents apart, as some keyboards and one of the published lists write them.</summary>
    private static string Apart(string words)
    {
        foreach (var (whole, parts) in ((string, string)[])[("á", "a\u0301"), ("é", "e\u0301"), ("í", "i\u0301"), ("ó", "o\u0301"), ("ú", "u\u0301"), ("ñ", "n\u0303"), ("è", "e\u0300")])
            words = words.Replace(whole, parts, StringComparison.Ordinal);
        return words;
    }
}
