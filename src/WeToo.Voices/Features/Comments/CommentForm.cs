using WeToo.Voices.Mails;

namespace WeToo.Voices.Features.Comments;

/// <summary>What somebody who answers fills in, and what the answer is about.</summary>
internal sealed class CommentForm
{
    private const int LongestText = 5_000;
    private const int LongestName = 80;

    public string? Kind { get; set; }

    public string? Text { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    public bool Answers { get; set; }

    /// <summary>The link of a signature, when somebody who signed says where they differ.</summary>
    public string? Signer { get; set; }

    /// <summary>The thread that is answered, as its id is written in addresses.</summary>
    public string? Thread { get; set; }

    /// <summary>A whole block, such as a numbered point.</summary>
    public long? Block { get; set; }

    /// <summary>Words that somebody copied from the text.</summary>
    public string? Words { get; set; }

    /// <summary>The revision that the writer saw, and a passage of it.</summary>
    public long? Revision { get; set; }

    public int? Start { get; set; }

    public int? End { get; set; }

    public string? Quote { get; set; }

    /// <summary>What a device worked out where more is written than people look at.</summary>
    public string? Stamp { get; set; }

    /// <summary>The mailbox that it stands for; <see langword="null"/> without one.</summary>
    internal string? Mailbox => Keys.MailboxIn(Email);

    /// <summary>Which fields cannot stay as they are, each with the text that says why.</summary>
    internal IReadOnlyDictionary<string, string> Wrong(bool isFeedback)
    {
        var wrong = new Dictionary<string, string>();
        if (isFeedback && !Comment.Kinds.Contains(Kind)) wrong[nameof(Kind)] = "comment.wrong.kind";
        if (string.IsNullOrWhiteSpace(Text)) wrong[nameof(Text)] = "comment.wrong.empty";
        else if (Text.Length > LongestText) wrong[nameof(Text)] = "comment.wrong.long";
        if ((Name?.Trim() ?? "") is var name && (name.Length > LongestName || name.Any(char.IsControl))) wrong[nameof(Name)] = "comment.wrong.name";
        if (!string.IsNullOrWhiteSpace(Email) && Mailbox is null) wrong[nameof(Email)] = "sign.wrong.email";
        return wrong;
    }

    /// <summary>A text that can be stored in place of an earlier one.</summary>
    internal static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= LongestText;
}
