using System.Security.Cryptography;
using System.Text;
using WeToo.Hosting.Storage;

namespace WeToo.Keeper.Features.Keysets;

/// <summary>What the operator said yes to, by the SHA-256 of the exact text.</summary>
internal sealed class Approvals(Database database, Approval mode)
{
    /// <summary>Says whether this text may be signed.</summary>
    /// <param name="text">The exact text.</param>
    /// <param name="always">Whether the operator must say so even where approval is automatic.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<bool> HoldsAsync(string text, bool always, CancellationToken cancel)
    {
        if (mode == Approval.Automatic && !always) return true;

        var text_sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return await database.ReadAsync(session => session.QueryOne<long?>(Sql.Find, new { text_sha256 }), cancel) is not null;
    }

    /// <summary>Writes down a yes.</summary>
    internal static void Add(Session session, byte[] text_sha256, uint day) => session.Execute(Sql.Add, new { text_sha256, day = (long)day });

    private static class Sql
    {
        internal const string Find = "SELECT day FROM approvals WHERE text_sha256 = @text_sha256";

        internal const string Add = """
            INSERT INTO approvals (text_sha256, day) VALUES (@text_sha256, @day) ON CONFLICT (text_sha256) DO NOTHING
            """;
    }
}
