using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Hashtags;

/// <summary>A hashtag: its counterparts, and what is published under it.</summary>
internal sealed class ReadModel(Database database) : ReadingPage(database)
{
    private const int Most = 100;

    public Hashtag Tag { get; private set; } = null!;

    public string Paused { get; private set; } = "";

    public IReadOnlyList<Hashtag> Counterparts { get; private set; } = [];

    public IReadOnlyList<PieceLine> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string language, string tag)
    {
        Show(Names.Hashtags, Names.Pieces);
        if (await ReadAsync(session => HashtagReads.Find(session, language, tag)) is not { } found) return Missing();

        (Tag, Paused) = found;
        Counterparts = await ReadAsync(session => HashtagReads.Counterparts(session, Tag.TopicId));
        if (Paused.Length == 0) Lines = await ReadAsync(session => HashtagReads.Pieces(session, Tag.TopicId, language, Most));
        return Page();
    }
}
