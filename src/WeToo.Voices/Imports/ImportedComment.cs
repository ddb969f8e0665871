namespace WeToo.Voices.Imports;

/// <summary>Whether others see it where it comes from.</summary>
internal enum ImportedState
{
    Shown,
    Held,

    /// <summary>Its words are gone; answers may hang on it.</summary>
    Deleted,
}

/// <summary>What somebody said elsewhere. No mail address and no address of a network: those stay behind.</summary>
/// <param name="Id">As it is called there.</param>
/// <param name="Parent">What it answers.</param>
/// <param name="Thread">The address of the page that it stands under.</param>
/// <param name="Name">As its writer wants to be named.</param>
/// <param name="Html">Its words, as they were shown there. Not to be trusted.</param>
/// <param name="MadeS">When.</param>
/// <param name="State">Whether others see it.</param>
/// <param name="Quote">The words of the page that it is about, if it is about some.</param>
internal sealed record ImportedComment(string Id, string? Parent, string Thread, string Name, string Html, long MadeS, ImportedState State, string Quote = "");

/// <summary>Why a file is not read.</summary>
internal enum ImportFault
{
    /// <summary>It is another kind of file, or another version of it.</summary>
    AnotherFormat,

    /// <summary>It breaks off, or is broken.</summary>
    Broken,

    /// <summary>It has a document type, which may make little into much.</summary>
    DocumentType,

    /// <summary>Something in it is longer than anything that people write.</summary>
    TooLong,
}

/// <summary>What a file has.</summary>
internal sealed class ImportedFile
{
    /// <summary>The longest words of one comment that are taken, in UTF-16 units.</summary>
    internal const int LongestText = 100_000;

    /// <summary>The most elements in it: more is not written by people, and nested it would take a parser's stack.</summary>
    internal const int MostElements = 1_000;

    internal List<ImportedComment> Comments { get; } = [];

    /// <summary>Unwanted advertising.</summary>
    internal int Spam { get; set; }

    /// <summary>What has no words, no date or no number.</summary>
    internal int Unreadable { get; set; }

    /// <summary>Answers to words of a page that the file does not tell.</summary>
    internal int WithoutWords { get; set; }

    /// <summary>Why it was not read to its end.</summary>
    internal ImportFault? Fault { get; set; }

    /// <summary>In which line, or at which entry.</summary>
    internal long FaultAt { get; set; }

    internal void Add(ImportedComment comment)
    {
        if (comment.Id.Length == 0 || comment.MadeS <= 0 || comment.Html.Length > LongestText || comment.Html.AsSpan().Count('<') > MostElements || (comment.State != ImportedState.Deleted && string.IsNullOrWhiteSpace(comment.Html))) Unreadable++;
        else Comments.Add(comment);
    }
}
