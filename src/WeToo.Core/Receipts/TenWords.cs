namespace WeToo.Core.Receipts;

/// <summary>13 bytes and 6 check bits as ten words of a list. WEP-1, section 3.</summary>
internal static class TenWords
{
    internal const int Count = 10;

    internal const int EntropySize = 13;

    internal const int CheckBits = 6;

    private const int BitsPerWord = 11;

    internal static string Write(ReadOnlySpan<byte> entropy, int check, Words words)
    {
        var bits = (Number(entropy) << CheckBits) | (UInt128)check;
        return string.Join(' ', Enumerable.Range(1, Count).Select(i => words.List[(int)((bits >> (BitsPerWord * (Count - i))) & 2047)]));
    }

    /// <summary>Reads ten words; the check is still to be compared.</summary>
    internal static (byte[] Entropy, int Check)? Read(string text, Words words)
    {
        int[] numbers = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(words.IndexOf)];
        if (numbers.Length != Count || numbers.Contains(-1)) return null;

        var bits = numbers.Aggregate((UInt128)0, (sum, number) => (sum << BitsPerWord) | (UInt128)number);
        return (Bytes(bits >> CheckBits), (int)(bits & ((1 << CheckBits) - 1)));
    }

    internal static UInt128 Number(ReadOnlySpan<byte> entropy)
    {
        UInt128 number = 0;
        foreach (var part in entropy) number = (number << 8) | part;
        return number;
    }

    internal static byte[] Bytes(UInt128 number)
    {
        var entropy = new byte[EntropySize];
        for (var i = 0; i < EntropySize; i++) entropy[i] = (byte)((number >> (8 * (EntropySize - 1 - i))) & 255);
        return entropy;
    }
}
