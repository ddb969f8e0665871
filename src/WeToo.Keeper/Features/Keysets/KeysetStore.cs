using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Wire;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Keysets;

/// <summary>The keyset in force and this keeper's shares under it, in the database.</summary>
internal static class KeysetStore
{
    private const string K = "shares.k_sealed";
    private const string Z = "shares.z_sealed";

    /// <summary>Reads what was in force when the process ended; null before the first ceremony and after the last.</summary>
    /// <exception cref="InvalidOperationException">The key file, the shares and the keyset do not fit together.</exception>
    internal static async Task<Holding?> LoadAsync(Database database, KeeperKeys keys, CancellationToken cancel)
    {
        var (text, row) = await database.ReadAsync(
            session => (session.QueryOne<string>(Sql.Current), session.QueryOne<ShareRow>(Sql.Shares)), cancel);
        if (text is null || row is null) return null;

        var signed = SignedKeyset.TryParse(text) ?? throw new InvalidOperationException("The keyset in the database does not verify.");
        using var k = keys.OpenAtRest(K, RowName(row.Epoch, (byte)row.ShareIndex), row.KSealed);
        using var z = keys.OpenAtRest(Z, RowName(row.Epoch, (byte)row.ShareIndex), row.ZSealed);
        if (row.Epoch != signed.Keyset.Epoch) throw new InvalidOperationException("The shares are of another epoch than the keyset.");
        return Scalar.TryParse(k.Span) is { } kShare && Scalar.TryParse(z.Span) is { } zShare
            ? new Holding(signed, (byte)row.ShareIndex, kShare, zShare)
            : throw new InvalidOperationException("A share in the database is no scalar.");
    }

    /// <summary>The text of the keyset in force, or null.</summary>
    internal static string? InForce(Session session) => session.QueryOne<string>(Sql.Current);

    /// <summary>Seals the shares of an epoch, ahead of the transaction that writes them.</summary>
    internal static SealedShares Seal(KeeperKeys keys, uint epoch, byte index, Scalar k, Scalar z)
    {
        return new(epoch, index, SealOne(K, k), SealOne(Z, z));

        byte[] SealOne(string column, Scalar share)
        {
            Span<byte> bytes = stackalloc byte[Scalar.Size];
            share.CopyTo(bytes);
            var sealedShare = keys.SealAtRest(column, RowName(epoch, index), bytes);
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
            return sealedShare;
        }
    }

    /// <summary>Puts another revision of the same shares in force.</summary>
    internal static void Revise(Session session, SignedKeyset signed) => session.Execute(Sql.Put, new { keyset = signed.ToJson() });

    /// <summary>Puts a new epoch in force: its shares come and those of the epoch before go, together.</summary>
    internal static void Begin(Session session, SignedKeyset signed, SealedShares shares)
    {
        session.Execute(Sql.EraseShares);
        session.Execute(Sql.AddShares, new { epoch = (long)shares.Epoch, share_index = (long)shares.Index, k_sealed = shares.K, z_sealed = shares.Z });
        session.Execute(Sql.Put, new { keyset = signed.ToJson() });
    }

    /// <summary>Ends this keeper's part: its successors hold the keys now.</summary>
    internal static void Leave(Session session)
    {
        session.Execute(Sql.EraseShares);
        session.Execute(Sql.EraseKeyset);
    }

    private static byte[] RowName(long epoch, byte index) => new WireWriter().U32(checked((uint)epoch)).U8(index).ToArray();

    private sealed record ShareRow(long Epoch, long ShareIndex, byte[] KSealed, byte[] ZSealed);

    private static class Sql
    {
        internal const string Current = "SELECT keyset FROM keysets WHERE id = 1";

        internal const string Shares = "SELECT epoch, share_index, k_sealed, z_sealed FROM shares";

        internal const string Put = """
            INSERT INTO keysets (id, keyset) VALUES (1, @keyset) ON CONFLICT (id) DO UPDATE SET keyset = excluded.keyset
            """;

        internal const string AddShares = """
            INSERT INTO shares (epoch, share_index, k_sealed, z_sealed) VALUES (@epoch, @share_index, @k_sealed, @z_sealed)
            """;

        internal const string EraseShares = "DELETE FROM shares";

        internal const string EraseKeyset = "DELETE FROM keysets";
    }
}

/// <summary>A keeper's shares of one epoch, as they lie in the database.</summary>
internal sealed record SealedShares(uint Epoch, byte Index, byte[] K, byte[] Z);
