using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Keysets;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Team;

/// <summary>Carries conflict tags to the keepers until each has them. The vault can tell nothing from them, and keeps none that arrived.</summary>
internal static class ConflictCourier
{
    /// <summary>Writes down what is to be carried.</summary>
    internal static bool Take(Session session, IEnumerable<ConflictPut> puts)
    {
        session.Execute(Sql.Take, puts.Select(put =>
            new { member = put.Member.ToArray(), keeper = put.Keeper.ToArray(), revision = (long)put.Revision, message = put.Bytes.ToArray() }));
        return true;
    }

    /// <summary>Those on the roster from whom every keeper has had, or will have, tags; in hex.</summary>
    internal static IReadOnlyList<string> Registered(Session session, SignedKeyset current)
    {
        var known = session.Query<(byte[] Member, byte[] Keeper)>(Sql.Known).Select(row => (Hex(row.Member), Hex(row.Keeper))).ToHashSet();
        return
        [
            .. current.Roster.Members.Select(member => Hex(member.Signing.ToArray()))
                .Where(member => current.Keyset.Keepers.All(keeper => known.Contains((member, Hex(keeper.Signing.ToArray()))))),
        ];
    }

    /// <summary>Sends what is there. What a keeper does not take now is sent again.</summary>
    internal static async Task CarryAsync(Database database, KeeperQuorum keepers, Keyset keyset, CancellationToken cancel)
    {
        foreach (var (member, keeper, revision, message) in await database.ReadAsync(session => session.Query<Row>(Sql.Waiting), cancel))
        {
            if (keyset.Keepers.FirstOrDefault(one => one.Signing.Span.SequenceEqual(keeper)) is not { } entry) continue;

            var (_, refused) = await keepers.PutOneAsync(entry.Index, "v1/conflicts", message, cancel);
            if (refused is null or Refusal.RequestReplayed)
                _ = await database.TransactAsync(session => session.Execute(Sql.Arrived, new { member, keeper, revision, nothing = Array.Empty<byte>() }), cancel);
        }
    }

    /// <summary>Forgets those who are not on the roster.</summary>
    internal static bool Forget(Session session, Roster roster)
    {
        var gone = session.Query<byte[]>(Sql.Members).Where(member => roster.Member(member) is null).Select(member => new { member });
        session.Execute(Sql.Forget, gone);
        return true;
    }

    private static string Hex(byte[] key) => Convert.ToHexStringLower(key);

    private sealed record Row(byte[] Member, byte[] Keeper, long Revision, byte[] Message);

    private static class Sql
    {
        internal const string Take = """
            INSERT INTO conflict_puts (member, keeper, revision, message) VALUES (@member, @keeper, @revision, @message)
            ON CONFLICT (member, keeper) DO UPDATE SET revision = excluded.revision, message = excluded.message WHERE excluded.revision > conflict_puts.revision
            """;

        internal const string Known = "SELECT member, keeper FROM conflict_puts";

        internal const string Waiting = "SELECT member, keeper, revision, message FROM conflict_puts WHERE length(message) > 0";

        internal const string Arrived = "UPDATE conflict_puts SET message = @nothing WHERE member = @member AND keeper = @keeper AND revision = @revision";

        internal const string Members = "SELECT DISTINCT member FROM conflict_puts";

        internal const string Forget = "DELETE FROM conflict_puts WHERE member = @member";
    }
}
