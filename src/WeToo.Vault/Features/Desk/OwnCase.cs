using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Files;

namespace WeToo.Vault.Features.Desk;

/// <summary>A counselor's own case, for what is done with it. With properties: SQLite gives what is computed no type in an empty result.</summary>
internal sealed class OwnCase : ICaseOf
{
    public byte[] CaseId { get; init; } = [];

    public byte[] FilingId { get; init; } = [];

    public byte[] Counselor { get; init; } = [];

    /// <summary>Whether its author wrote by themselves: there is nothing to compare.</summary>
    public long Direct { get; init; }

    public long Withdrawn { get; init; }

    public long Frozen { get; init; }

    /// <summary>What its author was told: <see cref="CaseStage"/>.</summary>
    public long Stage { get; init; }

    /// <summary>Whether this counselor has answered both questions about another of the match.</summary>
    public long Compared { get; init; }

    /// <summary>
    /// Admits a request, finds the counselor's own case, and acts on it in one transaction. What is another's does not exist; what was withdrawn is not
    /// acted on, and while contact is stopped neither.
    /// </summary>
    internal static async Task<IResult> ActAsync(
        HttpRequest http, string caseId, DeskGate gate, Database database, Func<Session, OwnCase, byte[], Refusal?> act, CancellationToken cancel, bool evenIfStopped = false)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);

        var refused = await database.TransactAsync<Refusal?>(
            session => Find(session, counselor, caseId) is not { } row ? Refusal.CaseUnknown : row.CheckActive(evenIfStopped) ?? act(session, row, body), cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    /// <summary>The counselor's case of that id, if there is one.</summary>
    internal static OwnCase? Find(Session session, byte[] counselor, string caseId) =>
        session.QueryOne<OwnCase>(Sql.Own, new { counselor, case_id = FileIds.Parse(caseId) });

    /// <summary>Whether it may be acted on.</summary>
    internal Refusal? CheckActive(bool evenIfStopped = false) =>
        Withdrawn > 0 ? Refusal.FilingWithdrawn : Frozen > 0 && !evenIfStopped ? Refusal.ContactFrozen : null;

    private static class Sql
    {
        internal const string Own = $"""
            SELECT c.case_id, c.filing_id, c.counselor, c.stage, f.direct,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn,
                {FreezeEndpoint.Frozen.OfCase} AS frozen,
                {CaseSiblings.Compared} AS compared
            FROM cases c JOIN filings f ON f.filing_id = c.filing_id
            WHERE c.counselor = @counselor AND c.case_id = @case_id
            """;
    }
}
