using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;
using WeToo.Core.Nudges;
using WeToo.Core.Sealing;
using WeToo.Hosting;

namespace WeToo.Vault.Features.Nudges;

/// <summary>The mail server, and the secret under which addresses and texts are stored. A stolen database has none of them.</summary>
internal sealed class MailDrop : IDisposable
{
    private const string Brand = "wetoo";
    private const int CodeSize = 6;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly MailOptions _options;
    private readonly TimeProvider _time;
    private readonly SecretBytes? _key;

    internal MailDrop(MailOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        if (options.Server is null) return;

        if (options.Server.Scheme is not ("smtp" or "smtps")) throw new InvalidOperationException("Vault:Mail:Server is written smtp://host:587 or smtps://host:465.");
        if (!MailboxAddress.TryParse(options.From, out _)) throw new InvalidOperationException("Vault:Mail:From is no mail address.");
        if ((options.From + options.Name).Contains(Brand, StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException("Vault:Mail: whoever sees a mail must not learn what this is. Take a sender without the name of it.");
        _key = SecretFile.ReadOrCreate(options.KeyFile);
    }

    /// <summary>The sender's address, or <see langword="null"/> when this place sends no mail.</summary>
    internal string? Sender => _options.Server is null ? null : _options.From;

    /// <summary>How many codes go out in an hour.</summary>
    internal int CodesPerHour => _options.CodesPerHour;

    private SecretBytes Key => _key ?? throw new InvalidOperationException("There is no mail.");

    /// <summary>Seals settings, as they came, for the database.</summary>
    /// <param name="settings">The padded settings of a <see cref="NudgePut"/>.</param>
    /// <param name="code">The six digits to compare with, or nothing.</param>
    /// <param name="nudgeKey">Whose they are.</param>
    internal byte[] Seal(ReadOnlyMemory<byte> settings, string code, byte[] nudgeKey)
    {
        var nonce = RandomNumberGenerator.GetBytes(Xchacha.NonceSize);
        return [.. nonce, .. Xchacha.Seal(SealingKey, nonce, [.. Encoding.ASCII.GetBytes(code.PadRight(CodeSize)), .. settings.Span], nudgeKey)];
    }

    /// <summary>Opens what <see cref="Seal"/> gave.</summary>
    /// <returns>The settings with the code to compare with, and as they came; or nothing.</returns>
    internal (NudgeSettings Settings, ReadOnlyMemory<byte> Bytes)? Open(byte[] box, byte[] nudgeKey)
    {
        if (box.Length <= Xchacha.NonceSize) return null;
        if (Xchacha.Open(SealingKey, box.AsSpan(0, Xchacha.NonceSize), box.AsSpan(Xchacha.NonceSize), nudgeKey) is not { } opened) return null;

        var bytes = opened.AsMemory(CodeSize);
        return NudgeSettings.TryParse(bytes) is { } settings ? (settings with { Code = Encoding.ASCII.GetString(opened, 0, CodeSize).Trim() }, bytes) : null;
    }

    /// <summary>What stands for an address where its mails are counted.</summary>
    internal byte[] MarkOf(string address) => HMACSHA256.HashData(Derived("wetoo/v1/nudge/address"u8), Encoding.UTF8.GetBytes(address.ToUpperInvariant()));

    /// <summary>Sends mails over one connection.</summary>
    /// <param name="mails">What to send, each with what follows once it was taken.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task SendAsync(IEnumerable<(NudgeSettings Settings, bool IsCode, Func<Task> Taken)> mails, CancellationToken cancel)
    {
        using var client = new SmtpClient { Timeout = (int)s_patience.TotalMilliseconds, LocalDomain = DomainOf(_options.From) };
        var server = _options.Server!;
        var isNear = server.IsLoopback;
        var tls = server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : isNear ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls;
        await client.ConnectAsync(server.Host, server.Port, tls, cancel);
        if (_options.User.Length > 0)
            await client.AuthenticateAsync(_options.User, (await File.ReadAllTextAsync(_options.PasswordFile, cancel)).Trim(), cancel);
        foreach (var (settings, isCode, taken) in mails)
        {
            using var mail = Write(settings, isCode);
            await client.SendAsync(mail, cancel);
            await taken();
        }

        await client.DisconnectAsync(quit: true, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();

    private ReadOnlySpan<byte> SealingKey => Derived("wetoo/v1/nudge/settings"u8);

    /// <summary>Nothing but what its reader chose. A code has no words at all: it could be for anything.</summary>
    private MimeMessage Write(NudgeSettings settings, bool isCode)
    {
        var mail = new MimeMessage { Subject = isCode ? settings.Code : settings.Subject, Body = new TextPart("plain") { Text = (isCode ? settings.Code : settings.Text) + "\n" } };
        mail.From.Add(new MailboxAddress(_options.Name, _options.From));
        mail.To.Add(MailboxAddress.Parse(settings.To));
        mail.MessageId = MimeUtils.GenerateMessageId(DomainOf(_options.From));
        mail.Date = _time.GetUtcNow();
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // No answer by a machine comes back.
        return mail;
    }

    private byte[] Derived(ReadOnlySpan<byte> info)
    {
        var key = new byte[Xchacha.KeySize];
        HKDF.Expand(HashAlgorithmName.SHA256, Key.Span, key, info);
        return key;
    }

    /// <summary>Six digits.</summary>
    internal static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
