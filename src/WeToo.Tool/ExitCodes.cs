namespace WeToo.Tool;

/// <summary>What a command's exit code says. Scripts rely on the numbers.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;

    /// <summary>The server or a keeper refused, or something failed.</summary>
    internal const int Refused = 1;

    /// <summary>The command line makes no sense.</summary>
    internal const int Usage = 2;

    /// <summary>Nobody answered; nothing was lost, and the same command may be repeated.</summary>
    internal const int Unreachable = 3;

    /// <summary>It holds together, and nobody from outside says so.</summary>
    internal const int Unproven = 4;

    /// <summary>A log is not what it was, or not what it says.</summary>
    internal const int Alarm = 5;
}
