using WeToo.Voices.Mails;

namespace WeToo.Voices.Features.Cases;

/// <summary>What somebody who gives notice of a piece fills in.</summary>
internal sealed class NoticeForm
{
    private const int LongestName = 120;

    public string? Ground { get; set; }

    public string? Text { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    /// <summary>That it is true as far as they know.</summary>
    public bool Honest { get; set; }

    /// <summary>What a device worked out where more is written than people look at.</summary>
    public string? Stamp { get; set; }

    /// <summary>The mailbox that it stands for; <see langword="null"/> without one.</summary>
    internal string? Mailbox => Keys.MailboxIn(Email);

    /// <summary>The text that says what is missing.</summary>
    internal string? Wrong =>
        !Casework.Grounds.Contains(Ground) || (Text?.Trim() ?? "").Length is 0 or > Casework.LongestText || !Honest || Name?.Length > LongestName ? "report.piece.wrong"
        : !string.IsNullOrWhiteSpace(Email) && Mailbox is null ? "sign.wrong.email"
        : null;
}
