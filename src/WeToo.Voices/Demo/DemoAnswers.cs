using WeToo.Core.Letters;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Demo;

/// <summary>What made-up readers say of the letter of the demonstration.</summary>
internal static class DemoAnswers
{
    private static readonly (string Name, string Kind, string Words, string Text, string? Answer)[] s_said =
    [
        ("Mina", "agree", "With a name, a time to talk, and the number of an advice line outside the house.",
            "The time matters most. I waited for eleven days, and on each of them I composed the mail in which I took it all back.", null),
        ("A manager", "question", "Answer within two working days",
            "What do I answer when I know nothing yet?", "That you have read it, who you are, and when you can talk. Nobody asks for more in two days."),
        ("", "disagree", "Publish each year what you did",
            "We are nine people. Even \"fewer than ten\" tells everybody who it was. A number over **several years** would do.", "Then publish over five years, and say that you do."),
        ("Étienne", "suggestion", "shifts, jokes, the next contract", "Add *references*. It is the last thing they can take, and they take it in silence.", null),
        ("Wen", "fact", "after one, three and six months", "Most of what came back at me came in the second month, when nobody was looking any more.", null),
        ("Kwame", "note", "Which of the four would be hardest where you work, and why?",
            "The second. On a pitch everybody writes their own report, and hers is the only one that nobody asks for.", null),
    ];

    private static readonly (string Name, string Text)[] s_whole =
    [
        ("Rosa M.", "I read it aloud in the break. It took four minutes, and then nobody said anything for a while, and then everybody did."),
        ("", "It asks for so little that I am ashamed we need it."),
        ("Bo", "Who checks? A letter has no teeth.\n\nI signed all the same."),
    ];

    /// <summary>Says it.</summary>
    internal static async Task AddAsync(IServiceProvider services, byte[] work, CancellationToken cancel)
    {
        var (database, commenting, visit) = (services.GetRequiredService<Database>(), services.GetRequiredService<Commenting>(), new Visit(services.GetRequiredService<VoicesOptions>()));
        await services.GetRequiredService<Editions>().AllowRepliesAsync(work, "open", null, cancel);
        var (letter, text) = await database.ReadAsync(session =>
        {
            var shown = PieceReads.Shown(session, "en", "letter", DemoTexts.Letter[0].Slug)!;
            return (shown, new PieceText(PieceReads.Blocks(session, shown.PieceId, shown.Revision)).Text);
        }, cancel);

        foreach (var (name, kind, words, said, answer) in s_said)
        {
            var passage = Passage.TryFind(text, words, "", "")!.Value;
            var (thread, _) = await commenting.AddAsync(letter, new() { Kind = kind, Name = name, Text = said }, new(null, letter.Revision, passage, words), visit, cancel);
            if (answer is not null) await commenting.AddAsync(letter, new() { Name = "The night shift", Text = answer }, new(thread, letter.Revision, null, ""), visit, cancel);
        }

        foreach (var (name, said) in s_whole) await commenting.AddAsync(letter, new() { Name = name, Text = said }, new(null, letter.Revision, null, ""), visit, cancel);
    }
}
