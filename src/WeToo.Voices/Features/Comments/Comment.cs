namespace WeToo.Voices.Features.Comments;

/// <summary>What somebody said, as readers see it.</summary>
/// <param name="CommentId">Its id.</param>
/// <param name="ThreadId">The first of its thread; itself for the first.</param>
/// <param name="Kind"><c>comment</c> on the whole, a kind of feedback, or <c>answer</c> in a thread.</param>
/// <param name="State"><c>shown</c>, or <c>deleted</c> or <c>refused</c> when answers still hang on it.</param>
/// <param name="Name">As its writer wants to be named; may be empty.</param>
/// <param name="Html">Sanitized when it was written. For readers only while it is shown.</param>
/// <param name="Quote">The words that feedback was written about.</param>
/// <param name="Verified">1 when a mailbox said yes.</param>
/// <param name="MadeS">When it was written.</param>
/// <param name="EditedS">When its writer last changed it.</param>
/// <param name="Signature">The state of the signature that its writer gave, if any.</param>
/// <param name="Appeared">1 when that signature has been shown.</param>
/// <param name="Anchor">What became of those words in the revision that is shown; null for the others.</param>
/// <param name="StartUnit">Where they are in it.</param>
internal sealed record Comment(
    byte[] CommentId, byte[] ThreadId, string Kind, string State, string Name, string Html, string Quote, long Verified, long MadeS, long? EditedS, string? Signature, long? Appeared, string? Anchor, long? StartUnit)
{
    /// <summary>Its name in addresses.</summary>
    internal string Id => Convert.ToHexStringLower(CommentId);

    /// <summary>Whether its writer signed the letter, and that signature is shown: a sealed one is not given away here.</summary>
    internal bool IsSigner => Signature == "verified" && Appeared == 1;

    /// <summary>The kinds of feedback. A stance is no vote and no signature.</summary>
    internal static readonly string[] Kinds = ["agree", "disagree", "question", "fact", "suggestion", "note"];
}

/// <summary>A comment or feedback with the answers to it.</summary>
/// <param name="First">What it began with.</param>
/// <param name="Answers">The answers, oldest first.</param>
internal sealed record CommentThread(Comment First, IReadOnlyList<Comment> Answers);

/// <summary>Which threads somebody wants to read.</summary>
/// <param name="Which"><c>all</c>, <c>inline</c> for feedback on passages, <c>whole</c> for comments on the whole.</param>
/// <param name="NewestFirst">Or oldest first: then a thread stays on the page where it is.</param>
internal sealed record ThreadFilter(string Which, bool NewestFirst);
