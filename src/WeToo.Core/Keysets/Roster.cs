namespace WeToo.Core.Keysets;

/// <summary>Everybody who could open or see anything, as authors are shown them. WEP-1, section 2.</summary>
public sealed class Roster
{
    private const int MostMembers = 200;
    private const int LongestText = 100;
    private const int MostLanguages = 10;
    private const int LongestLanguage = 35;

    private Roster(string text, uint changedDay, IReadOnlyList<TeamMember> counselors, IReadOnlyList<TeamMember> staff) =>
        (Text, ChangedDay, Counselors, Members) = (text, changedDay, counselors, [.. counselors, .. staff]);

    /// <summary>The exact text that the keyset binds by its SHA-256.</summary>
    public string Text { get; }

    /// <summary>The day of the last change, in days since 1970; 0 when that was not said.</summary>
    public uint ChangedDay { get; }

    /// <summary>Those that authors can choose from, in the order of the text: counselors, and ombuds people outside the team.</summary>
    public IReadOnlyList<TeamMember> Counselors { get; }

    /// <summary>The whole team: the counselors, then those who open nothing.</summary>
    public IReadOnlyList<TeamMember> Members { get; }

    /// <summary>Finds a counselor by signing key.</summary>
    /// <returns>The counselor, or <see langword="null"/>.</returns>
    public TeamMember? Counselor(ReadOnlyMemory<byte> signing) => Find(Counselors, signing);

    /// <summary>Finds anybody of the team by signing key.</summary>
    /// <returns>The member, or <see langword="null"/>.</returns>
    public TeamMember? Member(ReadOnlyMemory<byte> signing) => Find(Members, signing);

    /// <summary>Reads a roster.</summary>
    /// <param name="text">Its exact text.</param>
    /// <returns>
    /// The roster, or <see langword="null"/> when a member is missing or malformed, somebody stands in a list that is not of their role, there are more
    /// than 200 people, or a signing key occurs twice.
    /// </returns>
    public static Roster? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var json = JsonFields.TryParse(text);
        if (json is null || json.Text("wetoo") != "roster/1") return null;

        var counselors = json.Items("counselors", MemberOf);
        var staff = json.Has("staff") ? json.Items("staff", MemberOf) : [];
        var roster = new Roster(text, json.Has("changed_day") ? json.UInt32("changed_day") : 0, counselors, staff);
        var inPlace = counselors.All(member => member.MayBeOffered) && !staff.Any(member => member.MayBeOffered);
        return !json.Failed && inPlace && roster.IsSound() ? roster : null;
    }

    private static TeamMember MemberOf(JsonFields json) => new(json.Text("name"), json.Text("recipient"), json.Hex("signing", 32))
    {
        Organisation = json.Has("organisation") ? json.Text("organisation") : "",
        Role = json.Has("role") ? RoleOf(json) : TeamRole.Counselor,
        SinceDay = json.Has("since_day") ? json.UInt32("since_day") : 0,
        Languages = json.Has("languages") ? json.Texts("languages") : [],
    };

    private static TeamRole RoleOf(JsonFields json) => json.Text("role") switch
    {
        "counselor" => TeamRole.Counselor,
        "ombuds" => TeamRole.Ombuds,
        "coordinator" => TeamRole.Coordinator,
        "admin" => TeamRole.Admin,
        _ => json.Refuse(TeamRole.Counselor),
    };

    private static TeamMember? Find(IReadOnlyList<TeamMember> members, ReadOnlyMemory<byte> signing) =>
        members.FirstOrDefault(member => member.Signing.Span.SequenceEqual(signing.Span));

    private bool IsSound() =>
        Members.Count <= MostMembers
        && Members.Select(member => Convert.ToHexString(member.Signing.Span)).Distinct(StringComparer.Ordinal).Count() == Members.Count
        && Members.All(member =>
            member.Name.Length is > 0 and <= LongestText
            && member.Organisation.Length <= LongestText
            && member.Languages.Count <= MostLanguages
            && member.Languages.All(language => language.Length is > 0 and <= LongestLanguage)
            && member.Recipient.StartsWith("age1", StringComparison.Ordinal)
            && member.Recipient.Length <= 4096);
}
