namespace WeToo.Voices.Mails;

/// <summary>The mail server of a publication: the section <c>Voices:Mail</c>. Without a server nobody can sign.</summary>
public sealed class VoicesMailOptions
{
    /// <summary><c>smtp://host:587</c>, where TLS is asked for (and required, except on this machine), or <c>smtps://host:465</c>.</summary>
    public Uri? Server { get; set; }

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>The account at the mail server, when it asks for one.</summary>
    public string User { get; set; } = "";

    /// <summary>The file of the account's password.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>How many mails a mailbox gets in a day, whoever asks for them.</summary>
    public int MailsPerDay { get; set; } = 5;
}
