namespace WeToo.Vault.Features.Requests;

/// <summary>
/// What anybody is answered who asks whether there is something about them: one text in each language, the same whoever asks and whatever there is. A different
/// answer for yes and for no would show whoever was named that somebody wrote.
/// </summary>
public static class FixedReply
{
    /// <summary>The languages there are.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "ar"];

    /// <summary>The reply.</summary>
    /// <param name="language">One of <see cref="Languages"/>. It is the only thing that the reply depends on.</param>
    /// <exception cref="ArgumentException">There is none in that language.</exception>
    public static string In(string language)
    {
        if (!Languages.Contains(language)) throw new ArgumentException($"The reply is there in {string.Join(", ", Languages)}.", nameof(language));

        using var text = new StreamReader(typeof(FixedReply).Assembly.GetManifestResourceStream($"requests/reply-{language}.txt")!);
        return text.ReadToEnd();
    }
}
