using WeToo.Voices.Content;
using WeToo.Voices.Features.Annotations;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Features.Desk;
using WeToo.Voices.Features.Moderation;
using WeToo.Voices.Imports;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Exports;

/// <summary>Makes anew what an export does not bring: the HTML of pieces and their blocks, from the words alone. And refuses what the schema cannot.</summary>
internal static class ExportedWords
{
    private static readonly string[] s_names = ["canonical", "via"];

    /// <summary>Renders.</summary>
    /// <param name="rows">Of the file.</param>
    /// <param name="rendered">The rows to store: revisions with their HTML, blocks as rendered.</param>
    /// <param name="line">The line of a row that cannot be.</param>
    internal static bool TryRender(IReadOnlyList<ExportRow> rows, out IReadOnlyList<ExportRow> rendered, out long line)
    {
        var named = rows.Where(row => row.Table.Name == "blocks").GroupBy(Key).ToDictionary(blocks => blocks.Key, blocks => blocks.OrderBy(block => block.Number("ordinal")).ToList());
        var revisions = rows.Where(row => row.Table.Name == "revisions").GroupBy(Key).ToDictionary(same => same.Key, same => Render(same.First(), named.GetValueOrDefault(same.Key) ?? []));
        (rendered, line) = ([], 0);
        if (rows.FirstOrDefault(row => !IsPossible(row, revisions)) is { } wrong)
        {
            line = wrong.Line;
            return false;
        }

        var blocks = ExportedTables.All.Single(table => table.Name == "blocks");
        rendered =
        [
            .. rows.Where(row => row.Table != blocks).SelectMany(row => row.Table.Name switch
            {
                "revisions" => BlocksOf(row, blocks, revisions[Key(row)]!).Prepend(With(row, "html", revisions[Key(row)]!.Html)),
                "pieces" => [With(row, "next_block", Math.Max(row.Number("next_block"), revisions.Where(one => one.Key.Piece == row.Id("piece_id")).Max(one => one.Value!.NextBlock)))],
                "comments" => [With(row, "html", Markup.CleanNote(row.Text("html")))],
                _ => [row],
            }),
        ];
        return true;
    }

    private static (string Piece, long Revision) Key(ExportRow row) => (row.Id("piece_id"), row.Number("revision"));

    /// <summary>With the numbers that its blocks had.</summary>
    private static Rendered? Render(ExportRow revision, List<ExportRow> blocks)
    {
        if (revision.Text("source").Length > DraftForm.LongestSource) return null;
        var before = blocks.Select(block => new Block(block.Number("block"), BlockKind.Text, null, block.Text("text"))).ToList();
        return Markup.Render(revision.Text("source"), before, before.Select(block => block.Number).DefaultIfEmpty(0).Max() + 1);
    }

    private static bool IsPossible(ExportRow row, Dictionary<(string Piece, long Revision), Rendered?> revisions) => row.Table.Name switch
    {
        "pieces" => Languages.All.Contains(row.Text("language")) && DraftForm.IsSlug(row.Text("slug")) && revisions.ContainsKey(Key(row))
            && (row.Values["published"] is not long published || (revisions.ContainsKey((row.Id("piece_id"), published)) && row.Values["first_shown_s"] is not null && row.Values["last_shown_s"] is not null)),
        "revisions" => revisions[Key(row)] is not null,
        "hashtags" or "asks" => Languages.All.Contains(row.Text("language")),
        "comments" => row.Text("html").Length <= ImportedFile.LongestText && row.Text("html").AsSpan().Count('<') <= ImportedFile.MostElements,
        "anchors" => revisions.GetValueOrDefault(Key(row)) is { } shown && row.Number("start_unit") <= row.Number("end_unit") && row.Number("end_unit") <= new PieceText(shown.Blocks).Text.Length,
        "annotations" => s_names.All(name => row.Values[name] is not string address || IncomingAnnotation.IsName(address)),
        "decisions" => Moderating.Grounds.Contains(row.Text("ground")),
        "cases" => row.Text("act") == "hide" ? Casework.Grounds.Contains(row.Text("ground")) : row.Text("ground").Length == 0,
        _ => true,
    };

    private static IEnumerable<ExportRow> BlocksOf(ExportRow revision, ExportedTable table, Rendered rendered) => rendered.Blocks.Select((block, ordinal) => new ExportRow(revision.Line, table, new()
    {
        ["piece_id"] = revision.Values["piece_id"], ["revision"] = revision.Values["revision"], ["ordinal"] = (long)ordinal, ["block"] = block.Number,
        ["kind"] = block.Kind.ToString().ToLowerInvariant(), ["number"] = block.Point, ["text"] = block.Text,
    }));

    private static ExportRow With(ExportRow row, string column, object value) => row with { Values = new(row.Values) { [column] = value } };
}
