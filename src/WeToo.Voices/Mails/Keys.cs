using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Identifiers;
using WeToo.Core.Sealing;
using WeToo.Hosting;

namespace WeToo.Voices.Mails;

/// <summary>The secret beside the database: addresses are stored under it, and links that work for ever are made of it.</summary>
internal sealed class Keys : IDisposable
{
    private const int IdSize = 16;
    private const int MacSize = 16;
    private const int LongestAddress = 254;

    private readonly SecretBytes _sealing;
    private readonly SecretBytes _marks;
    private readonly SecretBytes _links;

    internal Keys(VoicesOptions options)
    {
        using var root = SecretFile.ReadOrCreate(options.KeyFile);
        (_sealing, _marks, _links) = (root.Derive("wetoo/voices/v1/seal"u8, 32), root.Derive("wetoo/voices/v1/mark"u8, 32), root.Derive("wetoo/voices/v1/link"u8, 32));
    }

    /// <summary>The spelling that stands for a mailbox, or <see langword="null"/> when the text is no address. Tags after a plus sign, and what a provider is known to ignore, are left out.</summary>
    internal static string? MailboxOf(string address) =>
        Identifier.IsPlainAddress(address.Trim()) && Identifier.TryParse(IdentifierType.Email, address, null, null, out var identifier, out _) && identifier.Type == IdentifierType.Email
            ? (ReadBack.Of(identifier).Also ?? identifier).Value
            : null;

    /// <summary>The mailbox in a field of a form; <see langword="null"/> when it is empty or no address.</summary>
    internal static string? MailboxIn(string? field) => field is { Length: <= LongestAddress } ? MailboxOf(field) : null;

    /// <summary>What stands for a mailbox where it is compared; another one in each scope.</summary>
    internal byte[] MarkOf(string mailbox, ReadOnlySpan<byte> scope) =>
        HMACSHA256.HashData(_marks.Span, [.. SHA256.HashData(scope), .. Encoding.UTF8.GetBytes(mailbox)]);

    /// <summary>Seals a text for the database.</summary>
    internal byte[] Seal(string text, ReadOnlySpan<byte> owner)
    {
        var nonce = RandomNumberGenerator.GetBytes(Xchacha.NonceSize);
        return [.. nonce, .. Xchacha.Seal(_sealing.Span, nonce, Encoding.UTF8.GetBytes(text), owner)];
    }

    /// <summary>Opens what <see cref="Seal"/> gave for the same owner, or gives nothing.</summary>
    internal string? Open(byte[] box, ReadOnlySpan<byte> owner) =>
        box.Length > Xchacha.NonceSize && Xchacha.Open(_sealing.Span, box.AsSpan(0, Xchacha.NonceSize), box.AsSpan(Xchacha.NonceSize), owner) is { } text
            ? Encoding.UTF8.GetString(text)
            : null;

    /// <summary>The last part of a link that only the one who got it knows.</summary>
    /// <param name="id">What it opens, 16 bytes.</param>
    /// <param name="purpose">What for.</param>
    internal string LinkTo(ReadOnlySpan<byte> id, string purpose) => Base64Url.EncodeToString((byte[])[.. id, .. MacOf(id, purpose)]);

    /// <summary>What a link opens, or <see langword="null"/> when we have not made it.</summary>
    internal byte[]? IdOf(string link, string purpose)
    {
        Span<byte> bytes = stackalloc byte[IdSize + MacSize];
        if (link.Length > 64 || !Base64Url.IsValid(link, out var size) || size != bytes.Length || !Base64Url.TryDecodeFromChars(link, bytes, out _) || Base64Url.EncodeToString(bytes) != link) return null;
        return CryptographicOperations.FixedTimeEquals(bytes[IdSize..], MacOf(bytes[..IdSize], purpose)) ? bytes[..IdSize].ToArray() : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sealing.Dispose();
        _marks.Dispose();
        _links.Dispose();
    }

    private byte[] MacOf(ReadOnlySpan<byte> id, string purpose) => HMACSHA256.HashData(_links.Span, [.. id, .. Encoding.UTF8.GetBytes(purpose)])[..MacSize];
}
