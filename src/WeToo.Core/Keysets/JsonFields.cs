using System.Text.Json;
using WeToo.Core.Group;

namespace WeToo.Core.Keysets;

/// <summary>
/// Reads members of a JSON object; the first that is missing or out of range fails the whole document, and what is read
/// afterwards is empty. The parser asks once, at the end.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly JsonFields _root;
    private bool _failed;

    private JsonFields(JsonElement json, JsonFields? root)
    {
        _object = json;
        _root = root ?? this;
        if (json.ValueKind != JsonValueKind.Object) _root._failed = true;
    }

    internal bool Failed => _root._failed;

    internal static JsonFields? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            ReadTexts(document.RootElement);
            return new(document.RootElement.Clone(), null);
        }
        catch (Exception notJson) when (notJson is JsonException or ArgumentException or InvalidOperationException)
        {
            return null; // The framework has no way to ask first. The latter two are surrogates without their other half.
        }
    }

    /// <summary>Reads every text and name once, since the framework throws for a bad escape only when it is asked for.</summary>
    private static void ReadTexts(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) _ = json.GetString();
        if (json.ValueKind == JsonValueKind.Array) foreach (var item in json.EnumerateArray()) ReadTexts(item);
        if (json.ValueKind != JsonValueKind.Object) return;

        foreach (var member in json.EnumerateObject())
        {
            _ = member.Name;
            ReadTexts(member.Value);
        }
    }

    /// <summary>Whether there is such a member. What may be left out is asked for first.</summary>
    internal bool Has(string name) => Member(name).ValueKind != JsonValueKind.Undefined;

    internal string Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : Fail("");

    internal bool Boolean(string name) => Member(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Fail(false),
    };

    internal uint UInt32(string name) => Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetUInt32(out var number) ? number : Fail(0u);

    internal byte Byte(string name) => UInt32(name) is <= byte.MaxValue and var number ? (byte)number : Fail((byte)0);

    internal byte[] Hex(string name, int size)
    {
        var bytes = new byte[size];
        var text = Text(name);
        return text.Length == 2 * size && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : Fail(new byte[size]);
    }

    internal byte[] Base64(string name) => Member(name) is { ValueKind: JsonValueKind.String } value && value.TryGetBytesFromBase64(out var bytes) ? bytes : Fail(Array.Empty<byte>());

    internal Element Element(string name) => Group.Element.TryParse(Hex(name, Group.Element.Size), out var element) ? element : Fail(element);

    internal JsonFields Child(string name) => new(Member(name), _root);

    internal IReadOnlyList<T> Items<T>(string name, Func<JsonFields, T> read) =>
        Member(name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Select(item => read(new(item, _root)))] : Fail(Array.Empty<T>());

    internal IReadOnlyList<string> Texts(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
            : Fail(Array.Empty<string>());

    internal int[] Integers(string name, int count, int most)
    {
        int[] numbers = Member(name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) ? number : -1)]
            : [];
        return numbers.Length == count && numbers.All(number => number >= 0 && number <= most) ? numbers : Fail(new int[count]);
    }

    /// <summary>Fails the document for a value that is read and is none.</summary>
    internal T Refuse<T>(T empty) => Fail(empty);

    private JsonElement Member(string name) =>
        _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out var value) ? value : default;

    private T Fail<T>(T empty)
    {
        _root._failed = true;
        return empty;
    }
}
