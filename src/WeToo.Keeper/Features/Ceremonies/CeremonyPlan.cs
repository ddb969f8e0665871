using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>
/// What a coordinator proposes and every operator approves: who makes or takes over the keys, and under which terms. A JSON text; its bytes
/// are what is approved. spec/ceremony.md, section 4.
/// </summary>
/// <param name="WeToo"><c>ceremony/1</c>.</param>
/// <param name="Ceremony">16 random bytes in hexadecimal.</param>
/// <param name="Quorum">How many of the receivers it will take.</param>
/// <param name="Receivers">The new keepers; the first gets share index 1.</param>
/// <param name="Create">The terms of a new deployment, or null.</param>
/// <param name="Reshare">The keyset whose keys are handed on, or null.</param>
public sealed record CeremonyPlan(
    [property: JsonPropertyName("wetoo")] string WeToo,
    string Ceremony,
    int Quorum,
    IReadOnlyList<PlannedReceiver> Receivers,
    PlannedDeployment? Create,
    PlannedReshare? Reshare)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Reads a plan's text, for form only.</summary>
    /// <returns>The plan, or null.</returns>
    public static CeremonyPlan? TryParse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<CeremonyPlan>(text, s_json);
        }
        catch (JsonException)
        {
            return null; // The framework has no way to ask first.
        }
    }

    /// <summary>Writes the text.</summary>
    public string ToText() => JsonSerializer.Serialize(this, s_json);
}

/// <summary>One of the new keepers.</summary>
/// <param name="Name">The organisation.</param>
/// <param name="Static">Its static ceremony key, 32 bytes in hexadecimal.</param>
/// <param name="Signing">Its signing key, 32 bytes in hexadecimal.</param>
public sealed record PlannedReceiver(string Name, string Static, string Signing);

/// <summary>The terms of a new deployment, as its first keyset will state them.</summary>
/// <param name="Deployment">16 random bytes in hexadecimal.</param>
/// <param name="Matcher">The matcher's X25519 public key, 32 bytes in hexadecimal.</param>
/// <param name="Registrars">Whose credentials count.</param>
/// <param name="Roster">The first roster's text.</param>
/// <param name="Policy">What the deployment promises.</param>
public sealed record PlannedDeployment(
    string Deployment, string Matcher, IReadOnlyList<PlannedRegistrar> Registrars, string Roster, PlannedPolicy Policy);

/// <summary>A registrar's key.</summary>
/// <param name="Key">SubjectPublicKeyInfo in base64.</param>
/// <param name="NotAfterDay">The last day on which its credentials count for filing.</param>
public sealed record PlannedRegistrar(string Key, int NotAfterDay);

/// <summary>The keyset's policy.</summary>
/// <param name="Credential"><c>invitation</c> or <c>work</c>.</param>
/// <param name="WorkBits">Leading zero bits of a proof of work.</param>
/// <param name="DelayHours">Shortest and longest delay of the matcher, in hours.</param>
/// <param name="Embedded">Whether all keepers run on one machine.</param>
public sealed record PlannedPolicy(string Credential, int WorkBits, IReadOnlyList<int> DelayHours, bool Embedded);

/// <summary>Keys that are handed on.</summary>
/// <param name="From">The keyset in force, as <c>GET /v1/keyset</c> answers it.</param>
/// <param name="Dealers">The old quorum that deals.</param>
public sealed record PlannedReshare(string From, IReadOnlyList<PlannedDealer> Dealers);

/// <summary>One of the old keepers, who deals.</summary>
/// <param name="Index">Its share index in the keyset in force.</param>
/// <param name="Static">Its static ceremony key, 32 bytes in hexadecimal.</param>
public sealed record PlannedDealer(byte Index, string Static);
