namespace WeToo.Core.Age;

/// <summary>Bech32 of BIP-173, without its limit of 90 characters, as age uses it. Not constant-time.</summary>
internal static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;

    internal static string Encode(string prefix, ReadOnlySpan<byte> data)
    {
        List<int> values = [.. Regroup(data.ToArray().Select(b => (int)b), 8, 5, pad: true)!];
        var checksum = Polymod([.. Expand(prefix), .. values, .. new int[ChecksumLength]]) ^ 1;
        for (var i = ChecksumLength - 1; i >= 0; i--) values.Add((int)(checksum >> (5 * i)) & 31);
        return prefix + "1" + string.Concat(values.Select(value => Alphabet[value]));
    }

    /// <returns>The bytes; null when the prefix, a character, the case or the checksum is wrong.</returns>
    internal static byte[]? TryDecode(string prefix, string text)
    {
#pragma warning disable CA1308 // The format is defined by its lower-case form.
        var lower = text.ToLowerInvariant();
#pragma warning restore CA1308
        if ((text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)) || !lower.StartsWith(prefix + "1", StringComparison.Ordinal)) return null;

        int[] values = [.. lower[(prefix.Length + 1)..].Select(c => Alphabet.IndexOf(c, StringComparison.Ordinal))];
        if (values.Length < ChecksumLength || values.Contains(-1) || Polymod([.. Expand(prefix), .. values]) != 1) return null;
        return Regroup(values[..^ChecksumLength], 5, 8, pad: false)?.Select(value => (byte)value).ToArray();
    }

    private static IEnumerable<int> Expand(string prefix) => [.. prefix.Select(c => c >> 5), 0, .. prefix.Select(c => c & 31)];

    private static uint Polymod(IEnumerable<int> values)
    {
        ReadOnlySpan<uint> generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        var checksum = 1u;
        foreach (var value in values)
        {
            var top = checksum >> 25;
            checksum = ((checksum & 0x1ffffff) << 5) ^ (uint)value;
            for (var i = 0; i < generator.Length; i++) checksum ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
        }

        return checksum;
    }

    private static List<int>? Regroup(IEnumerable<int> values, int from, int to, bool pad)
    {
        var (bits, count) = (0, 0);
        var regrouped = new List<int>();
        foreach (var value in values)
        {
            bits = ((bits << from) | value) & 0xFFFF;
            for (count += from; count >= to;)
            {
                count -= to;
                regrouped.Add((bits >> count) & ((1 << to) - 1));
            }
        }

        var rest = bits & ((1 << count) - 1);
        if (pad && count > 0) regrouped.Add((rest << (to - count)) & ((1 << to) - 1));
        return pad || (count < from && rest == 0) ? regrouped : null;
    }
}
