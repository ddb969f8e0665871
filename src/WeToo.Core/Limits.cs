namespace WeToo.Core;

/// <summary>The fixed sizes and counts of WEP-1.</summary>
public static class Limits
{
    /// <summary>The version that every message begins with.</summary>
    public const byte Version = 1;

    /// <summary>Slips in a filing, M: real identifiers and padding together.</summary>
    public const int SlipCount = 4;

    /// <summary>The lowest least number t that an author may ask for.</summary>
    public const byte LowestLeastNumber = 2;

    /// <summary>The highest least number t that an author may ask for.</summary>
    public const byte HighestLeastNumber = 5;

    /// <summary>Members in one piece of evidence, at most.</summary>
    public const byte MemberCount = 32;

    /// <summary>Length in bytes of a deployment, a filing id, a request id and a nonce.</summary>
    public const int IdSize = 16;

    /// <summary>Longest submission or author's copy, in bytes.</summary>
    public const int SubmissionBytes = 2 * 1024 * 1024;

    /// <summary>Longest part of a sealed file, in bytes.</summary>
    public const int FilePartBytes = 1024 * 1024;

    /// <summary>Parts of a sealed file, at most: 500 MB, padded.</summary>
    public const uint FilePartCount = 512;

    /// <summary>Longest evidence, list of slips boxes, release or addition, in bytes.</summary>
    public const int EvidenceBytes = 512 * 1024;

    /// <summary>Longest body of any other request, in bytes.</summary>
    public const int OtherBytes = 64 * 1024;
}
