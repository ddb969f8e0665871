using WeToo.Voices.Mails;

namespace WeToo.Voices.Features.Letters;

/// <summary>What somebody who signs fills in.</summary>
internal sealed class SignForm
{
    private const int LongestName = 80;
    private const int LongestAbout = 120;

    /// <summary>The choices of how many must be shown beside them.</summary>
    internal static readonly long[] Conditions = [0, 10, 25, 50, 100, 500];

    public string? Name { get; set; }

    public string? About { get; set; }

    public string? Email { get; set; }

    public string ShownAs { get; set; } = "";

    public long Condition { get; set; }

    public bool News { get; set; }

    /// <summary>The words that were on the screen: what is signed is what was read.</summary>
    public long Revision { get; set; }

    /// <summary>The mailbox that it stands for, or <see langword="null"/>.</summary>
    internal string? Mailbox => Keys.MailboxIn(Email);

    /// <summary>Which fields cannot stay as they are, each with the text that says why.</summary>
    internal IReadOnlyDictionary<string, string> Wrong
    {
        get
        {
            var wrong = new Dictionary<string, string>();
            if (ShownAs is not ("name" or "pen" or "nobody")) wrong[nameof(ShownAs)] = "sign.wrong.shown";
            if (ShownAs != "nobody" && !IsLine(Name, 1, LongestName)) wrong[nameof(Name)] = "sign.wrong.name";
            if (!IsLine(About, 0, LongestAbout)) wrong[nameof(About)] = "sign.wrong.about";
            if (Mailbox is null) wrong[nameof(Email)] = "sign.wrong.email";
            if (!Conditions.Contains(Condition)) wrong[nameof(Condition)] = "sign.wrong.condition";
            return wrong;
        }
    }

    private static bool IsLine(string? text, int least, int most) => (text?.Trim() ?? "") is var line && line.Length >= least && line.Length <= most && !line.Any(char.IsControl);
}
