using System.Security.Cryptography;
using System.Text;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Desk;

/// <summary>Counselors' invitations: 100 random bits each, of which the database has the hash.</summary>
public static class InvitationCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int SymbolCount = 20;

    /// <summary>Makes an invitation.</summary>
    /// <param name="database">The vault's database.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The code, five groups of four.</returns>
    public static async Task<string> IssueAsync(Database database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        var symbols = RandomNumberGenerator.GetItems<char>(Alphabet, SymbolCount);
        _ = await database.TransactAsync(session => Issue(session, HashOf(new string(symbols))), cancel);
        return string.Join('-', symbols.Chunk(4).Select(group => new string(group)));
    }

    /// <summary>Takes a code that was made elsewhere, by its hash.</summary>
    internal static bool Issue(Session session, byte[] code_sha256) => session.Execute(Sql.Issue, new { code_sha256 }) == 1;

    /// <summary>The hash under which a code is stored, however it was typed.</summary>
    internal static byte[] HashOf(string typed)
    {
        var symbols = typed.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1').Where(Alphabet.Contains);
        return SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(symbols)));
    }

    private static class Sql
    {
        internal const string Issue = "INSERT INTO invitations (code_sha256) VALUES (@code_sha256) ON CONFLICT (code_sha256) DO NOTHING";
    }
}
