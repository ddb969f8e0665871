using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Recovery;

/// <summary>Desk keys that their owners put by, and what colleagues gave back of them. Nothing here opens anything. WEP-1, section 12.2.</summary>
internal static class KeyShelf
{
    /// <summary>How many colleagues it takes.</summary>
    internal const int Quorum = 2;

    /// <summary>How many may ask for the same key at a time: whoever asks proves nothing yet.</summary>
    internal const int MostAsked = 5;

    private const int KeptDays = 7;

    /// <summary>Puts a key by in the place of the one before. What was given of that one is of no use any more.</summary>
    internal static bool Put(Session session, byte[] owner, byte[] box, IEnumerable<Share> shares, uint today)
    {
        session.Execute(Sql.ForgetGiftsOf, new { owner });
        session.Execute(Sql.ForgetShares, new { owner });
        session.Execute(Sql.Put, new { owner, box, made_day = (long)today });
        session.Execute(Sql.PutShare, shares.Select(share => new { owner, holder = share.Holder, sealed_share = share.Sealed }));
        return true;
    }

    /// <returns>False when as many ask already.</returns>
    internal static bool Ask(Session session, byte[] id, byte[] owner, string recipient, uint today)
    {
        Forget(session, today);
        if (session.QueryOne<long>(Sql.CountAsked, new { owner }) >= MostAsked) return false;

        session.Execute(Sql.Ask, new { recovery_id = id, owner, recipient, asked_day = (long)today });
        return true;
    }

    /// <returns>False when nobody asks that, or this colleague has no share of it.</returns>
    internal static bool Give(Session session, byte[] id, byte[] holder, byte[] sealedShare, uint today)
    {
        Forget(session, today);
        var row = new { recovery_id = id, holder, sealed_share = sealedShare };
        if (session.Query<long>(Sql.Holds, row).Count == 0) return false;

        session.Execute(Sql.Give, row);
        return true;
    }

    internal static bool TurnDown(Session session, byte[] id)
    {
        session.Execute(Sql.ForgetGifts, new { recovery_id = id });
        session.Execute(Sql.ForgetAsked, new { recovery_id = id });
        return true;
    }

    /// <summary>Forgets the keys and shares of who is no longer on the team.</summary>
    internal static bool Settle(Session session, Roster roster)
    {
        HashSet<string> staying = [.. roster.Members.Select(member => Convert.ToHexString(member.Signing.Span))];
        foreach (var gone in session.Query<byte[]>(Sql.Everybody).Where(one => !staying.Contains(Convert.ToHexString(one))).Select(owner => new { owner }))
        {
            session.Execute(Sql.ForgetGiftsOf, gone);
            session.Execute(Sql.ForgetAskedOf, gone);
            session.Execute(Sql.ForgetShares, gone);
            session.Execute(Sql.ForgetKey, gone);
            session.Execute(Sql.ForgetHeld, gone);
        }

        return true;
    }

    /// <summary>What the caller is to know: with whom their own key lies, and who asks for a key.</summary>
    internal static (IReadOnlyList<Holder> Own, IReadOnlyList<Asked> Asked) Show(Session session, byte[] caller, uint today)
    {
        var row = new { caller, oldest_day = OldestDay(today) };
        return (session.Query<Holder>(Sql.Own, row), session.Query<Asked>(Sql.Asked, row));
    }

    /// <summary>What whoever asked gets: the number of shares given, and once they are enough the key and these.</summary>
    /// <returns><c>null</c> when nobody asks that.</returns>
    internal static (byte[] Box, IReadOnlyList<byte[]> Gifts)? Collect(Session session, byte[] id, uint today)
    {
        var row = new { recovery_id = id, oldest_day = OldestDay(today) };
        if (session.Query<long>(Sql.IsAsked, row).Count == 0) return null;

        var gifts = session.Query<byte[]>(Sql.Gifts, row);
        return (gifts.Count < Quorum ? [] : session.QueryOne<byte[]>(Sql.Box, row) ?? [], gifts);
    }

    private static void Forget(Session session, uint today)
    {
        var row = new { oldest_day = OldestDay(today) };
        session.Execute(Sql.ForgetOldGifts, row);
        session.Execute(Sql.ForgetOld, row);
    }

    private static long OldestDay(uint today) => (long)today - KeptDays;

    /// <summary>A share of a key for one colleague.</summary>
    internal sealed record Share(byte[] Holder, byte[] Sealed);

    /// <summary>A colleague who has a share of the caller's key, and since when.</summary>
    internal sealed record Holder(byte[] Signing, long MadeDay);

    /// <summary>Somebody asks for a key. <see cref="Share"/> is the caller's own share of it, <see cref="Given"/> what they gave; null without one.</summary>
    internal sealed record Asked(byte[] RecoveryId, byte[] Owner, string Recipient, long AskedDay, byte[]? Share, byte[]? Given);

    private static class Sql
    {
        internal const string Put = """
            INSERT INTO recovery_keys (owner, box, made_day) VALUES (@owner, @box, @made_day)
            ON CONFLICT (owner) DO UPDATE SET box = excluded.box, made_day = excluded.made_day
            """;

        internal const string PutShare = "INSERT INTO recovery_shares (owner, holder, sealed) VALUES (@owner, @holder, @sealed_share)";

        internal const string CountAsked = "SELECT COUNT(*) FROM recoveries WHERE owner = @owner";

        internal const string Ask = "INSERT INTO recoveries (recovery_id, owner, recipient, asked_day) VALUES (@recovery_id, @owner, @recipient, @asked_day)";

        internal const string Holds = """
            SELECT 1 FROM recoveries r JOIN recovery_shares s ON s.owner = r.owner WHERE r.recovery_id = @recovery_id AND s.holder = @holder
            """;

        internal const string Give = """
            INSERT INTO recovery_gifts (recovery_id, holder, sealed) VALUES (@recovery_id, @holder, @sealed_share) ON CONFLICT (recovery_id, holder) DO NOTHING
            """;

        internal const string Own = """
            SELECT s.holder AS signing, k.made_day FROM recovery_shares s JOIN recovery_keys k ON k.owner = s.owner WHERE s.owner = @caller ORDER BY s.holder
            """;

        internal const string Asked = """
            SELECT r.recovery_id, r.owner, r.recipient, r.asked_day, s.sealed AS share, g.sealed AS given
            FROM recoveries r LEFT JOIN recovery_shares s ON s.owner = r.owner AND s.holder = @caller
                LEFT JOIN recovery_gifts g ON g.recovery_id = r.recovery_id AND g.holder = @caller
            WHERE r.asked_day >= @oldest_day AND (s.holder IS NOT NULL OR r.owner = @caller) ORDER BY r.asked_day, r.recovery_id
            """;

        internal const string IsAsked = "SELECT 1 FROM recoveries WHERE recovery_id = @recovery_id AND asked_day >= @oldest_day";

        internal const string Gifts = "SELECT sealed FROM recovery_gifts WHERE recovery_id = @recovery_id ORDER BY holder";

        internal const string Box = "SELECT k.box FROM recovery_keys k JOIN recoveries r ON r.owner = k.owner WHERE r.recovery_id = @recovery_id";

        internal const string Everybody = "SELECT owner FROM recovery_keys UNION SELECT owner FROM recoveries UNION SELECT holder FROM recovery_shares";

        internal const string ForgetGiftsOf = "DELETE FROM recovery_gifts WHERE recovery_id IN (SELECT r.recovery_id FROM recoveries r WHERE r.owner = @owner)";

        internal const string ForgetAskedOf = "DELETE FROM recoveries WHERE owner = @owner";

        internal const string ForgetShares = "DELETE FROM recovery_shares WHERE owner = @owner";

        internal const string ForgetKey = "DELETE FROM recovery_keys WHERE owner = @owner";

        internal const string ForgetHeld = "DELETE FROM recovery_shares WHERE holder = @owner";

        internal const string ForgetGifts = "DELETE FROM recovery_gifts WHERE recovery_id = @recovery_id";

        internal const string ForgetAsked = "DELETE FROM recoveries WHERE recovery_id = @recovery_id";

        internal const string ForgetOldGifts = "DELETE FROM recovery_gifts WHERE recovery_id IN (SELECT r.recovery_id FROM recoveries r WHERE r.asked_day < @oldest_day)";

        internal const string ForgetOld = "DELETE FROM recoveries WHERE asked_day < @oldest_day";
    }
}
