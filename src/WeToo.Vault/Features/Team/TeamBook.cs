using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Team;

/// <summary>Who asks to be let in, and which changes of the team were proposed. What holds is the roster that keepers signed.</summary>
internal static class TeamBook
{
    /// <summary>Those who accepted an invitation, were never on a published roster, and were not turned down.</summary>
    internal static IReadOnlyList<TeamMember> Candidates(Session session) =>
        [
            .. session.Query<CandidateRow>(Sql.Candidates).Select(row => new TeamMember(row.Name, row.Recipient, row.Signing)
            {
                Organisation = row.Organisation ?? "",
                Languages = (row.Languages ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
                SinceDay = (uint)(row.AcceptedDay ?? 0),
            }),
        ];

    /// <summary>The changes proposed to this roster, the oldest first.</summary>
    internal static IReadOnlyList<Proposal> Changes(Session session, Roster roster)
    {
        var signatures = session.Query<(byte[] AfterSha256, byte[] Message)>(Sql.Signatures).ToLookup(row => Convert.ToHexString(row.AfterSha256));
        return
        [
            .. session.Query<ChangeRow>(Sql.Changes, new { before_sha256 = HashOf(roster) })
                .Select(row => new Proposal(row.Roster, row.MadeDay, [.. signatures[Convert.ToHexString(row.AfterSha256)].Select(one => TeamChange.TryParse(one.Message)!)])),
        ];
    }

    /// <summary>Writes down that somebody stands by a change, and the change when it is new.</summary>
    internal static bool Sign(Session session, string roster, TeamChange change, uint today)
    {
        var row = new
        {
            after_sha256 = change.After.ToArray(), before_sha256 = change.Before.ToArray(), roster, made_day = (long)today,
            signer = change.Signer.ToArray(), message = change.Bytes.ToArray(),
        };
        session.Execute(Sql.Propose, row);
        session.Execute(Sql.Sign, row);
        return true;
    }

    /// <summary>Forgets who was let in or is to be left out, and what was proposed to another roster than this.</summary>
    internal static bool Settle(Session session, Roster roster)
    {
        session.Execute(Sql.Settle, roster.Members.Select(member => new { signing = member.Signing.ToArray() }));
        session.Execute(Sql.ForgetSignatures, new { before_sha256 = HashOf(roster) });
        session.Execute(Sql.ForgetChanges, new { before_sha256 = HashOf(roster) });
        return true;
    }

    /// <summary>Turns a candidate or a change down.</summary>
    internal static bool Dismiss(Session session, byte[] key)
    {
        session.Execute(Sql.Settle, new { signing = key });
        session.Execute(Sql.DropSignatures, new { after_sha256 = key });
        session.Execute(Sql.DropChange, new { after_sha256 = key });
        return true;
    }

    /// <summary>What a signature calls a roster by.</summary>
    internal static byte[] HashOf(Roster roster) => SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text));

    /// <summary>A change and who stands by it.</summary>
    internal sealed record Proposal(string Roster, long MadeDay, IReadOnlyList<TeamChange> Signed);

    private sealed record CandidateRow(string Name, string? Organisation, string? Languages, string Recipient, byte[] Signing, long? AcceptedDay);

    private sealed record ChangeRow(byte[] AfterSha256, string Roster, long MadeDay);

    private static class Sql
    {
        internal const string Candidates = """
            SELECT name, organisation, languages, recipient, signing, accepted_day FROM invitations WHERE signing IS NOT NULL AND settled = 0 ORDER BY name, signing
            """;

        internal const string Changes = "SELECT after_sha256, roster, made_day FROM team_changes WHERE before_sha256 = @before_sha256 ORDER BY made_day, after_sha256";

        internal const string Signatures = "SELECT after_sha256, message FROM team_signatures ORDER BY after_sha256, signer";

        internal const string Propose = """
            INSERT INTO team_changes (after_sha256, before_sha256, roster, made_day) VALUES (@after_sha256, @before_sha256, @roster, @made_day)
            ON CONFLICT (after_sha256) DO NOTHING
            """;

        internal const string Sign = """
            INSERT INTO team_signatures (after_sha256, signer, message) VALUES (@after_sha256, @signer, @message)
            ON CONFLICT (after_sha256, signer) DO NOTHING
            """;

        internal const string Settle = "UPDATE invitations SET settled = 1 WHERE signing = @signing";

        internal const string ForgetSignatures = """
            DELETE FROM team_signatures WHERE after_sha256 NOT IN (SELECT c.after_sha256 FROM team_changes c WHERE c.before_sha256 = @before_sha256)
            """;

        internal const string ForgetChanges = "DELETE FROM team_changes WHERE before_sha256 <> @before_sha256";

        internal const string DropSignatures = "DELETE FROM team_signatures WHERE after_sha256 = @after_sha256";

        internal const string DropChange = "DELETE FROM team_changes WHERE after_sha256 = @after_sha256";
    }
}
