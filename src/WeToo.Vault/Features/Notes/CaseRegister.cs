using WeToo.Core.Filings;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Notes;

/// <summary>What the counselor who has a case noted of it: one row for each case, which nobody but they can open. WEP-1, section 12.9.</summary>
internal static class CaseRegister
{
    /// <summary>What is kept of a case; null when nothing was noted.</summary>
    internal static NotesPut? Of(Session session, byte[] filing_id) =>
        session.QueryOne<Row>(Sql.One, new { filing_id }) is { } row ? new((uint)row.Revision, row.Sealed) : null;

    /// <summary>Keeps this in the place of what was there.</summary>
    internal static void Put(Session session, byte[] filing_id, NotesPut put) =>
        session.Execute(Sql.Put, new { filing_id, revision = (long)put.Revision, @sealed = put.Sealed.ToArray() });

    /// <summary>Erases it, when its counselor has the case no more and when the case is gone.</summary>
    internal static void Erase(Session session, byte[] filing_id) => session.Execute(Sql.Erase, new { filing_id });

    private sealed record Row(long Revision, byte[] Sealed);

    private static class Sql
    {
        internal const string One = "SELECT revision, sealed FROM case_notes WHERE filing_id = @filing_id";

        internal const string Put = """
            INSERT INTO case_notes (filing_id, revision, sealed) VALUES (@filing_id, @revision, @sealed)
            ON CONFLICT (filing_id) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed
            """;

        internal const string Erase = "DELETE FROM case_notes WHERE filing_id = @filing_id";
    }
}
