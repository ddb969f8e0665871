using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Sealing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;

namespace WeToo.Registrar.Features.Invitations;

/// <summary>Invitation codes: 100 random bits each, of which the database has a keyed hash and the pepper is elsewhere.</summary>
public sealed class InvitationList : IDisposable
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int SymbolCount = 20;

    private readonly Database _database;
    private readonly SecretBytes _pepper;

    /// <summary>Opens the list.</summary>
    /// <param name="database">The registrar's database.</param>
    /// <param name="pepperFile">The file of the pepper.</param>
    public InvitationList(Database database, string pepperFile)
    {
        _database = database;
        using var root = SecretFile.ReadOrCreate(pepperFile);
        _pepper = root.Derive("wetoo/v1/registrar/invitations"u8, 32);
    }

    /// <summary>Makes codes. They are shown once, here.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The codes, each five groups of four.</returns>
    public async Task<IReadOnlyList<string>> IssueAsync(int count, CancellationToken cancel)
    {
        string[] codes = [.. Enumerable.Range(0, count).Select(_ => new string(RandomNumberGenerator.GetItems<char>(Alphabet, SymbolCount)))];
        _ = await _database.TransactAsync(session => session.Execute(Sql.Issue, codes.Select(code => new { code_mac = MacOf(code) })), cancel);
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(group => new string(group))))];
    }

    /// <summary>Uses a code for a request. The same request again is fine.</summary>
    /// <returns>Null, <see cref="Refusal.InvitationUnknown"/> or <see cref="Refusal.InvitationUsed"/>.</returns>
    internal Task<Refusal?> RedeemAsync(string typed, byte[] blinded, CancellationToken cancel)
    {
        var row = new { code_mac = MacOf(typed), blinded_sha256 = SHA256.HashData(blinded) };
        return _database.TransactAsync<Refusal?>(
            session =>
            {
                var found = session.Query<Row>(Sql.Find, row);
                if (found.Count == 0) return Refusal.InvitationUnknown;
                if (found[0].BlindedSha256 is { } used) return used.AsSpan().SequenceEqual(row.blinded_sha256) ? null : Refusal.InvitationUsed;

                session.Execute(Sql.Use, row);
                return null;
            },
            cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _pepper.Dispose();

    /// <summary>The hash of a code however it was typed: any case, any separators, O for 0, I and L for 1.</summary>
    private byte[] MacOf(string typed)
    {
        var symbols = typed.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1').Where(Alphabet.Contains);
        return HMACSHA256.HashData(_pepper.Span, Encoding.ASCII.GetBytes(string.Concat(symbols)));
    }

    private sealed record Row(byte[]? BlindedSha256);

    private static class Sql
    {
        internal const string Issue = "INSERT INTO invitations (code_mac) VALUES (@code_mac)";

        internal const string Find = "SELECT blinded_sha256 FROM invitations WHERE code_mac = @code_mac";

        internal const string Use = "UPDATE invitations SET blinded_sha256 = @blinded_sha256 WHERE code_mac = @code_mac";
    }
}
