using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeToo.Core.Credentials;
using WeToo.Core.Group;

namespace WeToo.Core.Keysets;

/// <summary>Writes keysets and rosters for keepers to sign. The text is theirs once signed; nobody writes it again.</summary>
public static class KeysetText
{
    private static readonly JsonWriterOptions s_readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a keyset's text.</summary>
    public static string Write(
        ReadOnlySpan<byte> deployment,
        uint epoch,
        uint revision,
        int quorum,
        IEnumerable<KeeperEntry> keepers,
        Element y,
        Element z,
        ReadOnlySpan<byte> matcher,
        IEnumerable<RegistrarKey> registrars,
        ReadOnlySpan<byte> rosterSha256,
        Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return ToText(new JsonObject
        {
            ["wetoo"] = "keyset/1",
            ["deployment"] = Convert.ToHexStringLower(deployment),
            ["epoch"] = epoch,
            ["revision"] = revision,
            ["quorum"] = quorum,
            ["keepers"] = new JsonArray([.. keepers.Select(keeper => new JsonObject
            {
                ["index"] = keeper.Index,
                ["name"] = keeper.Name,
                ["signing"] = Convert.ToHexStringLower(keeper.Signing.Span),
                ["y"] = Hex(keeper.Y),
                ["z"] = Hex(keeper.Z),
            })]),
            ["y"] = Hex(y),
            ["z"] = Hex(z),
            ["matcher"] = Convert.ToHexStringLower(matcher),
            ["registrars"] = new JsonArray([.. registrars.Select(registrar => new JsonObject
            {
                ["key"] = Convert.ToBase64String(registrar.Spki.Span),
                ["not_after_day"] = registrar.NotAfterDay,
            })]),
            ["roster_sha256"] = Convert.ToHexStringLower(rosterSha256),
            ["policy"] = new JsonObject
            {
                ["credential"] = policy.Credential,
                ["work_bits"] = policy.WorkBits,
                ["delay_hours"] = new JsonArray(policy.DelayHoursLeast, policy.DelayHoursMost),
                ["embedded"] = policy.Embedded,
            },
        });
    }

    /// <summary>Writes the text of the next revision of a keyset: the same shares and keepers, another roster.</summary>
    public static string Revise(Keyset keyset, ReadOnlySpan<byte> rosterSha256)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        return Write(
            keyset.Deployment.Span, keyset.Epoch, keyset.Revision + 1, keyset.Quorum, keyset.Keepers, keyset.Y, keyset.Z,
            keyset.Matcher.Span, keyset.Registrars, rosterSha256, keyset.Policy);
    }

    /// <summary>Writes a roster's text.</summary>
    /// <param name="members">The whole team.</param>
    /// <param name="changedDay">The day of the change, in days since 1970.</param>
    public static string WriteRoster(IReadOnlyList<TeamMember> members, uint changedDay = 0)
    {
        ArgumentNullException.ThrowIfNull(members);
        return ToText(new JsonObject
        {
            ["wetoo"] = "roster/1",
            ["changed_day"] = changedDay,
            ["counselors"] = List(members.Where(member => member.MayBeOffered)),
            ["staff"] = List(members.Where(member => !member.MayBeOffered)),
        });
    }

    /// <summary>A role as rosters have it.</summary>
    /// <param name="role">The role.</param>
    /// <returns>Its name: lower case, with hyphens.</returns>
    public static string NameOf(TeamRole role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    private static JsonArray List(IEnumerable<TeamMember> members) => new([.. members.Select(member => new JsonObject
    {
        ["name"] = member.Name,
        ["organisation"] = member.Organisation,
        ["role"] = NameOf(member.Role),
        ["since_day"] = member.SinceDay,
        ["languages"] = new JsonArray([.. member.Languages.Select(language => JsonValue.Create(language))]),
        ["recipient"] = member.Recipient,
        ["signing"] = Convert.ToHexStringLower(member.Signing.Span),
    })]);

    private static string Hex(Element element)
    {
        Span<byte> bytes = stackalloc byte[Element.Size];
        element.CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static string ToText(JsonObject json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_readable)) json.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
