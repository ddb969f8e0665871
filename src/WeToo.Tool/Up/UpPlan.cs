using WeToo.Vault;
using WeToo.Voices.Mails;

namespace WeToo.Tool.Up;

/// <summary>What <c>wetoo up</c> was asked for.</summary>
/// <param name="Folder">Where the data lies.</param>
/// <param name="Port">The vault's port, the others follow; 0 takes free ones.</param>
/// <param name="DelayHours">Shortest and longest delay of the matcher: part of the keyset, so it counts at the first start only.</param>
/// <param name="Credential"><c>invitation</c> or <c>work</c>: likewise.</param>
/// <param name="ShowStyle">Whether the vault serves <c>/style</c>.</param>
internal sealed record UpPlan(DataFolder Folder, int Port, (int Least, int Most) DelayHours, string Credential, bool ShowStyle = false)
{
    /// <summary>How neutral nudges are sent, if at all.</summary>
    internal MailOptions Mail { get; init; } = new();

    /// <summary>The organisation's sign-in before the desk, if there is one.</summary>
    internal SignInOptions SignIn { get; init; } = new();

    /// <summary>Whether intake is open although nobody may be there to answer. Right for what is thrown away again.</summary>
    internal bool OpenUnready { get; init; } = true;

    /// <summary>The countries whose people write here.</summary>
    internal IReadOnlyList<string> HelpCountries { get; init; } = [];

    /// <summary>At which intervals entries go to the log of dates.</summary>
    internal int LogEverySeconds { get; init; } = DefaultLogEverySeconds;

    /// <summary>Shorter than a deployment would have it: whoever tries WeToo out sees a date soon.</summary>
    internal const int DefaultLogEverySeconds = 60;

    /// <summary>How the public side sends mails, if at all.</summary>
    internal VoicesMailOptions VoicesMail { get; init; } = new();

    internal const int KeeperCount = 3;
    internal const int Quorum = 2;

    /// <summary>Leading zero bits of a proof of work: about a second on a phone.</summary>
    internal const int WorkBits = 20;

    internal const string Vault = "vault";
    internal const string Matcher = "matcher";
    internal const string Registrar = "registrar";
    internal const string Voices = "voices";
    internal const string Log = "log";

    internal static IReadOnlyList<string> Keepers { get; } = [.. Enumerable.Range(1, KeeperCount).Select(index => $"keeper-{index}")];
}
