using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;

namespace WeToo.Keeper.Features.Tombstones;

/// <summary>The filings that their authors took back, as every answer that helps to open one must ask.</summary>
internal static class TombstoneRule
{
    /// <summary>What names a filing here: pseudonym[32] ‖ filing_id[16]. A stranger's withdrawal names another filing.</summary>
    internal static byte[] Filing(ReadOnlyMemory<byte> pseudonym, ReadOnlyMemory<byte> filingId) => [.. pseudonym.Span, .. filingId.Span];

    /// <inheritdoc cref="Filing(ReadOnlyMemory{byte}, ReadOnlyMemory{byte})"/>
    internal static byte[] Filing(SlipsMessage slips) => Filing(slips.Credential.Pseudonym, slips.FilingId);

    /// <summary>Refuses when one of these filings was withdrawn.</summary>
    internal static Refusal? Check(Session session, IEnumerable<byte[]> filings) =>
        filings.Any(filing => session.QueryOne<long?>(Sql.Find, new { filing }) is not null) ? Refusal.FilingWithdrawn : null;

    private static class Sql
    {
        internal const string Find = "SELECT day FROM tombstones WHERE filing = @filing";
    }
}
