using WeToo.Core;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Authors;

/// <summary>Whether what an author signed is about a filing of theirs. A stranger who knows its id hears what they would hear of one that never was.</summary>
internal static class OwnFiling
{
    /// <summary>Refuses what they never sent, and what they took back or was let go.</summary>
    /// <returns>Null, <see cref="Refusal.FilingUnknown"/> or <see cref="Refusal.FilingWithdrawn"/>.</returns>
    internal static Refusal? Check(Session session, byte[] filing_id, byte[] pseudonym) =>
        !Is(session, filing_id, pseudonym) ? Refusal.FilingUnknown
        : IsWithdrawn(session, filing_id, pseudonym) ? Refusal.FilingWithdrawn
        : null;

    internal static bool Is(Session session, byte[] filing_id, byte[] pseudonym) => session.Query<long>(Sql.Own, new { filing_id, pseudonym }).Count > 0;

    internal static bool IsWithdrawn(Session session, byte[] filing_id, byte[] pseudonym) => session.Query<long>(Sql.Withdrawn, new { filing_id, pseudonym }).Count > 0;

    private static class Sql
    {
        internal const string Own = "SELECT 1 FROM filings WHERE filing_id = @filing_id AND pseudonym = @pseudonym";

        internal const string Withdrawn = "SELECT 1 FROM tombstones WHERE filing_id = @filing_id AND pseudonym = @pseudonym";
    }
}
