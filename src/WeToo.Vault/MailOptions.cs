namespace WeToo.Vault;

/// <summary>The mail server for neutral nudges: the section <c>Vault:Mail</c>. Without a server nobody is offered any.</summary>
public sealed class MailOptions
{
    /// <summary><c>smtp://host:587</c>, where TLS is asked for (and required, except on this machine), or <c>smtps://host:465</c>.</summary>
    public Uri? Server { get; set; }

    /// <summary>The sender's address. Its domain must say nothing of what this is.</summary>
    public string From { get; set; } = "";

    /// <summary>The sender's name, such as "Reminders".</summary>
    public string Name { get; set; } = "";

    /// <summary>The account at the mail server, when it asks for one.</summary>
    public string User { get; set; } = "";

    /// <summary>The file of the account's password.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>The file of the secret under which addresses and texts are stored; made at the first start.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>How many codes to unconfirmed addresses go out in an hour, for all together.</summary>
    public int CodesPerHour { get; set; } = 60;
}
