using System.Security.Cryptography;
using WeToo.Core.Sealing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>Everything an author sends to file. WEP-1, section 7.</summary>
/// <param name="Filing">The signed filing.</param>
/// <param name="Contact">The sealed contact package.</param>
/// <param name="Account">The sealed account package.</param>
/// <param name="SlipsBox">The slips, in a sealed box for the matcher.</param>
public sealed record Submission(FilingMessage Filing, ReadOnlyMemory<byte> Contact, ReadOnlyMemory<byte> Account, ReadOnlyMemory<byte> SlipsBox)
{
    /// <summary>What authenticated encryption adds to a size class, in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>What a sealed box adds to its message, in bytes.</summary>
    public const int BoxOverhead = 48;

    /// <summary>Reads a submission.</summary>
    /// <returns>The submission, or <see langword="null"/> when the form is wrong.</returns>
    public static Submission? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var filing = FilingMessage.TryParse(reader.Bytes(FilingMessage.Size));
        var contact = reader.Vec32(Limits.SubmissionBytes);
        var account = reader.Vec32(Limits.SubmissionBytes);
        var slipsBox = reader.Vec32(Limits.SubmissionBytes);
        return reader.Done && filing is not null ? new(filing, contact, account, slipsBox) : null;
    }

    /// <summary>Checks what can be checked without a key: sizes, and that the filing names exactly these ciphertexts.</summary>
    /// <returns>
    /// <see langword="null"/>, <see cref="Refusal.SizeClassUnknown"/>, or <see cref="Refusal.MalformedMessage"/> when a hash differs.
    /// </returns>
    public Refusal? CheckParts()
    {
        if (Contact.Length != SizeClass.Contact + TagSize
            || !SizeClass.Account.Contains(Account.Length - TagSize)
            || SlipsBox.Length != SlipsMessage.SizeFor(Filing.LeastNumber) + BoxOverhead)
            return Refusal.SizeClassUnknown;

        return Filing.Contact.Covers(Contact.Span) && Filing.Account.Covers(Account.Span) ? null : Refusal.MalformedMessage;
    }

    /// <summary>Writes the submission.</summary>
    public byte[] ToBytes() =>
        new WireWriter().Bytes(Filing.Bytes.Span).Vec32(Contact.Span).Vec32(Account.Span).Vec32(SlipsBox.Span).ToArray();
}

/// <summary>Ties a sealed header to its ciphertext.</summary>
public static class SealedHeaderExtensions
{
    /// <summary>Says whether a ciphertext is the one that the header names by its SHA-256.</summary>
    public static bool Covers(this SealedHeader header, ReadOnlySpan<byte> ciphertext)
    {
        ArgumentNullException.ThrowIfNull(header);
        return SHA256.HashData(ciphertext).AsSpan().SequenceEqual(header.CiphertextSha256.Span);
    }
}
