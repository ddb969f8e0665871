using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeToo.Tool.Authoring;

/// <summary>What a counselor gets at an opening. WEP-1, section 6.</summary>
internal sealed record ContactContent
{
    [JsonPropertyName("wetoo")] public string Format { get; init; } = "contact/1";

    public string CallMe { get; init; } = "";

    public bool NoContact { get; init; }

    public string How { get; init; } = "";

    public string Times { get; init; } = "";

    public string Say { get; init; } = "";

    public string Who { get; init; } = "";

    public string Notes { get; init; } = "";

    public bool PossibleOwnDuplicate { get; init; }

    /// <summary>The identifiers that were named, in canonical form.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>What their counselor seals a first message to, <c>age1…</c>.</summary>
    public string? Mail { get; init; }

    /// <summary>Whose signature is theirs, in hex.</summary>
    public string? Pseudonym { get; init; }
}

/// <summary>What a counselor gets once the author consents. WEP-1, section 6.</summary>
internal sealed record AccountContent
{
    [JsonPropertyName("wetoo")] public string Format { get; init; } = "account/1";

    public string Text { get; init; } = "";

    public uint SealedDay { get; init; }

    /// <summary>In hex: opens what is added later.</summary>
    public string? AddendaKey { get; init; }

    /// <summary>In hex: whoever adds later signs as this one.</summary>
    public string? Pseudonym { get; init; }

    /// <summary>In hex: by this key its author stands by what is shown to others.</summary>
    public string? Signer { get; init; }

    /// <summary>Rooms, dates, episodes and what later versions may add: kept as they are.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement> More { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>What an author adds later. What was sealed before stays as it is. WEP-1, section 6.1.</summary>
internal sealed record AddendumContent
{
    [JsonPropertyName("wetoo")] public string Format { get; init; } = "addendum/1";

    /// <summary><c>addition</c> or <c>correction</c>.</summary>
    public string Kind { get; init; } = "addition";

    public string Text { get; init; } = "";

    public uint SealedDay { get; init; }

    /// <summary>SHA-256, in hex, of what was sealed before: the account, or the addition before this one.</summary>
    public string Follows { get; init; } = "";

    /// <summary>A note of somebody else, and what later versions may add: kept as it is.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement> More { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>One account in the author's own copy.</summary>
internal sealed record BoxAccount
{
    public string FilingId { get; init; } = "";

    /// <summary><c>unfinished</c>, <c>filed</c> or <c>kept</c>.</summary>
    public string State { get; init; } = "unfinished";

    public byte? LeastNumber { get; init; }

    public uint? FiledDay { get; init; }

    /// <summary>The signing keys of the counselors the author chose, in hex.</summary>
    public IReadOnlyList<string> Counselors { get; init; } = [];

    public ContactContent Contact { get; init; } = new();

    public AccountContent Account { get; init; } = new();

    /// <summary>What was added later, oldest first.</summary>
    public IReadOnlyList<AddendumContent> Addenda { get; init; } = [];
}

/// <summary>The author's own copy. WEP-1, section 11.</summary>
internal sealed record BoxContent
{
    [JsonPropertyName("wetoo")] public string Format { get; init; } = "box/1";

    /// <summary>The credential's 328 bytes, in base64; null until there is one.</summary>
    public string? Credential { get; init; }

    public IReadOnlyList<BoxAccount> Accounts { get; init; } = [];
}

/// <summary>How these contents are written: names in snake case, as the specification has them.</summary>
internal static class ContentJson
{
    internal static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static byte[] Write<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, Options);

    /// <returns>The content; null when the bytes are no such JSON.</returns>
    internal static T? TryRead<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null; // The framework has no way to ask first.
        }
    }
}
