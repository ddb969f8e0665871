using System.Text.Json;

namespace WeToo.Core.Evidence;

/// <summary>Reads what others may have written.</summary>
internal static class EvidenceJson
{
    /// <returns>One JSON object; <see langword="null"/> for anything else.</returns>
    internal static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        JsonDocument read;
        try
        {
            read = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null; // The framework has no way to ask first.
        }

        if (read.RootElement.ValueKind == JsonValueKind.Object) return read;

        read.Dispose();
        return null;
    }

    internal static bool HasText(this JsonElement element, string name, string text) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    internal static uint? DayOf(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out var day) ? day : null;
}
