namespace WeToo.Core.Filings;

/// <summary>What an author signs for one deployment. WEP-1, section 5.</summary>
/// <typeparam name="TSelf">The message.</typeparam>
public interface IAuthorMessage<TSelf>
    where TSelf : class, IAuthorMessage<TSelf>
{
    /// <summary>The deployment, 16 bytes.</summary>
    ReadOnlyMemory<byte> Deployment { get; }

    /// <summary>Checks what the message says of itself: its signature, and the hash of what comes with it.</summary>
    /// <returns><see langword="null"/> or the reason.</returns>
    Refusal? CheckSignature();

    /// <summary>Reads the message.</summary>
    /// <param name="bytes">The whole message.</param>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    static abstract TSelf? TryParse(ReadOnlyMemory<byte> bytes);
}

/// <summary>A message that counts on its day and the days next to it, so that nobody sends an old one again. What only takes back, or lets read, counts always: it may have waited for a network.</summary>
public interface IFresh
{
    /// <summary>When it was signed, in days since 1970-01-01 UTC.</summary>
    uint Day { get; }
}
