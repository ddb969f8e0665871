using WeToo.Core.Conflicts;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Keeper.Features.Conflicts;

/// <summary>The conflict tags that people of the team gave this keeper.</summary>
internal static class ConflictBook
{
    /// <summary>Those of the roster whom an identifier names, in ascending order of their keys.</summary>
    /// <param name="session">A session.</param>
    /// <param name="roster">The roster in force: whoever left it is passed over here.</param>
    /// <param name="start">y_0 of those who open.</param>
    internal static IReadOnlyList<ConflictPut> Named(Session session, Roster roster, ReadOnlyMemory<byte> start) =>
        [
            .. session.Query<byte[]>(Sql.All).Select(message => ConflictPut.TryParse(message)!)
                .Where(one => roster.Member(one.Member) is not null && one.Names(start.Span)),
        ];

    /// <summary>Takes tags in the place of those before.</summary>
    /// <returns>False when they are not newer.</returns>
    internal static bool Put(Session session, ConflictPut put) =>
        session.Execute(Sql.Put, new { member = put.Member.ToArray(), revision = (long)put.Revision, message = put.Bytes.ToArray() }) == 1;

    /// <summary>Forgets the tags of those who are not on a roster.</summary>
    internal static void Forget(Session session, Roster roster)
    {
        var gone = session.Query<byte[]>(Sql.Members).Where(member => roster.Member(member) is null).Select(member => new { member });
        session.Execute(Sql.Forget, gone);
    }

    private static class Sql
    {
        internal const string All = "SELECT message FROM conflicts ORDER BY member";

        internal const string Members = "SELECT member FROM conflicts";

        internal const string Put = """
            INSERT INTO conflicts (member, revision, message) VALUES (@member, @revision, @message)
            ON CONFLICT (member) DO UPDATE SET revision = excluded.revision, message = excluded.message WHERE excluded.revision > conflicts.revision
            """;

        internal const string Forget = "DELETE FROM conflicts WHERE member = @member";
    }
}
