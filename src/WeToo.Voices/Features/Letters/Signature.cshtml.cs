using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using TextChanges = WeToo.Voices.Content.Changes;

namespace WeToo.Voices.Features.Letters;

/// <summary>
/// A signature, for who holds its link: confirmed, looked at, renewed and taken back here, for ever and without signing in. Opening it changes nothing:
/// mail programs open links too.
/// </summary>
internal sealed class SignatureModel(Database database, Signing signing, Keys keys) : ReadingPage(database)
{
    public OwnSignature Own { get; private set; } = null!;

    /// <summary>The text that says where it stands.</summary>
    public string State { get; private set; } = "";

    public IReadOnlyList<Change> Changes { get; private set; } = [];

    /// <summary>The points of the letter as it stands, each to be answered on its own.</summary>
    public IReadOnlyList<Block> Points { get; private set; } = [];

    /// <summary>The link itself, by which an answer to a point is marked as a signer's.</summary>
    public string Link { get; private set; } = "";

    /// <summary>Whether other words stand there now than those that were to be signed too.</summary>
    public bool IsChanged { get; private set; }

    public bool IsFull { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link) => await LookAsync(link) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string link, string? act, long revision, [FromForm(Name = "List-Unsubscribe")] string? unsubscribe)
    {
        if (!await LookAsync(link)) return Missing();

        IsChanged = act == "renew" && revision != Own.Published;
        var (end, refusal) = await ActAsync(IsChanged ? null : unsubscribe == "One-Click" ? "quiet" : act);
        await LookAsync(link);
        if (end is not null) State = $"signature.end.{TextOf(end.Value)}";
        IsFull = refusal is not null;
        if (IsChanged) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        if (IsFull) Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }

    private static string TextOf(SigningEnd end) => end switch { SigningEnd.Signed => "signed", SigningEnd.SignedBefore => "before", SigningEnd.Closed => "closed", _ => "gone" };

    /// <summary>A program that ends mails by itself ends mails alone: that is no withdrawal.</summary>
    private async Task<(SigningEnd? End, Refusal? Refusal)> ActAsync(string? act) => act switch
    {
        "confirm" => await signing.ConfirmAsync(Own.SignatureId, Own.WorkId, HttpContext.RequestAborted),
        "renew" => (null, await signing.RenewAsync(Own.SignatureId, Own.WorkId, Own.Published, HttpContext.RequestAborted)),
        "withdraw" => (null, await signing.WithdrawAsync(Own.SignatureId, Own.WorkId, HttpContext.RequestAborted)),
        "quiet" => (null, await signing.QuietAsync(Own.SignatureId, HttpContext.RequestAborted)),
        _ => (null, null),
    };

    private async Task<bool> LookAsync(string link)
    {
        if (keys.IdOf(link, Signing.Link) is not { } id) return false;
        var found = await ReadAsync(session => session.QueryOne<OwnSignature>(Sql.Own, new { signature_id = id }));
        if (found is null) return false;

        (Own, State, Link) = (found, $"signature.state.{found.State}", link);
        Points = found.State == "verified" && found.Replies != "off"
            ? await ReadAsync(session => PieceReads.Blocks(session, found.PieceId, found.Published).Where(block => block.Kind == BlockKind.Point).ToList())
            : [];
        Changes = found.State == "verified" && found.Published > found.Revision
            ? await ReadAsync(session => CaseReads.IsDown(session, found.PieceId, found.Revision) ? [] : TextChanges.Between(
                PieceReads.Blocks(session, found.PieceId, found.Revision), PieceReads.Blocks(session, found.PieceId, found.Published)))
            : [];
        return true;
    }

    private static class Sql
    {
        internal const string Own = """
            SELECT s.signature_id, s.work_id, s.piece_id, s.state, s.name, s.condition, s.revision, COALESCE(p.published, 0) AS published,
                p.language, p.kind, p.slug, r.title, r.change, l.closed_s, w.replies, s.news
            FROM signatures s JOIN letters l ON l.work_id = s.work_id JOIN pieces p ON p.piece_id = s.piece_id JOIN works w ON w.work_id = s.work_id
            JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = COALESCE(p.published, s.revision)
            WHERE s.signature_id = @signature_id
            """;
    }
}

/// <summary>A signature as its signer sees it.</summary>
internal sealed record OwnSignature(
    byte[] SignatureId, byte[] WorkId, byte[] PieceId, string State, string Name, long Condition, long Revision, long Published,
    string Language, string Kind, string Slug, string Title, string Change, long? ClosedS, string Replies, long News)
{
    /// <summary>Where the letter is.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);

    internal bool IsClosed => ClosedS is not null;
}
