namespace WeToo.Core.Keysets;

/// <summary>One counselor, as the roster names them.</summary>
/// <param name="Name">What authors see.</param>
/// <param name="Recipient">The age recipient, <c>age1…</c>, that packages are sealed to.</param>
/// <param name="Signing">The Ed25519 public key, 32 bytes.</param>
public sealed record CounselorEntry(string Name, string Recipient, ReadOnlyMemory<byte> Signing);

/// <summary>The counselors that authors can choose from. WEP-1, section 2.</summary>
public sealed class Roster
{
    private Roster(string text, IReadOnlyList<CounselorEntry> counselors) => (Text, Counselors) = (text, counselors);

    /// <summary>The exact text that the keyset binds by its SHA-256.</summary>
    public string Text { get; }

    /// <summary>The counselors, in the order of the text.</summary>
    public IReadOnlyList<CounselorEntry> Counselors { get; }

    /// <summary>Finds a counselor by signing key.</summary>
    /// <returns>The counselor, or <see langword="null"/>.</returns>
    public CounselorEntry? Counselor(ReadOnlyMemory<byte> signing) =>
        Counselors.FirstOrDefault(counselor => counselor.Signing.Span.SequenceEqual(signing.Span));

    /// <summary>Reads a roster.</summary>
    /// <param name="text">Its exact text.</param>
    /// <returns>
    /// The roster, or <see langword="null"/> when a member is missing or malformed, there are more than 200 counselors, or a signing
    /// key occurs twice.
    /// </returns>
    public static Roster? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var json = JsonFields.TryParse(text);
        if (json is null || json.Text("wetoo") != "roster/1") return null;

        var counselors = json.Items("counselors", c => new CounselorEntry(c.Text("name"), c.Text("recipient"), c.Hex("signing", 32)));
        var distinct = counselors.Select(counselor => Convert.ToHexString(counselor.Signing.Span)).Distinct(StringComparer.Ordinal).Count();
        var sound = counselors.Count <= 200
            && distinct == counselors.Count
            && counselors.All(c => c.Name.Length is > 0 and <= 100 && c.Recipient.StartsWith("age1", StringComparison.Ordinal) && c.Recipient.Length <= 4096);
        return !json.Failed && sound ? new(text, counselors) : null;
    }
}
