using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WeToo.Tests.Voices;

/// <summary>As much of JSON Schema, draft 4, as the schemas of W3C's tests use; what they do not use is an error.</summary>
internal sealed class DraftFour(JsonElement definitions)
{
    private static readonly string[] s_says = ["id", "$schema", "title", "description", "definitions", "assertionType", "expectedResult", "onUnexpectedResult", "errorMessage", "$ref ", "exclusiveMinimum"];

    /// <summary>Whether a value is as a schema demands.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">The document that it stands in, for references within it.</param>
    /// <param name="value">The value.</param>
    internal bool Holds(JsonElement schema, JsonElement document, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var (there, found) = Resolve(reference.GetString()!, document);
            return Holds(found, there, value);
        }

        return schema.EnumerateObject().Where(rule => !s_says.Contains(rule.Name)).All(rule => Keeps(rule.Name, rule.Value, schema, document, value));
    }

    private bool Keeps(string rule, JsonElement demand, JsonElement schema, JsonElement document, JsonElement value) => rule switch
    {
        "type" => demand.ValueKind == JsonValueKind.Array ? demand.EnumerateArray().Any(one => IsOf(one.GetString()!, value)) : IsOf(demand.GetString()!, value),
        "enum" => demand.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "allOf" => demand.EnumerateArray().All(one => Holds(one, document, value)),
        "anyOf" => demand.EnumerateArray().Any(one => Holds(one, document, value)),
        "oneOf" => demand.EnumerateArray().Count(one => Holds(one, document, value)) == 1,
        "not" => !Holds(demand, document, value),
        "required" => value.ValueKind != JsonValueKind.Object || demand.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => value.ValueKind != JsonValueKind.Object || demand.EnumerateObject().All(one => !value.TryGetProperty(one.Name, out var member) || Holds(one.Value, document, member)),
        "patternProperties" => value.ValueKind != JsonValueKind.Object || demand.EnumerateObject().All(one => value.EnumerateObject().All(member => !Regex.IsMatch(member.Name, one.Name) || Holds(one.Value, document, member.Value))),
        "dependencies" => value.ValueKind != JsonValueKind.Object || demand.EnumerateObject().All(one => !value.TryGetProperty(one.Name, out _) || one.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _))),
        "additionalProperties" when demand.ValueKind == JsonValueKind.False =>
            value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _) || schema.GetProperty("patternProperties").EnumerateObject().Any(one => Regex.IsMatch(member.Name, one.Name))),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(one => Holds(demand, document, one)),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= demand.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= demand.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, demand.GetString()!),
        "minimum" => value.ValueKind != JsonValueKind.Number || (schema.TryGetProperty("exclusiveMinimum", out var above) && above.GetBoolean() ? value.GetDouble() > demand.GetDouble() : value.GetDouble() >= demand.GetDouble()),
        "format" => value.ValueKind != JsonValueKind.String || (demand.GetString() switch
        {
            "uri" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
            "date-time" => value.GetString()!.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
            var other => throw new NotSupportedException(other),
        }),
        _ => throw new NotSupportedException(rule),
    };

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };

    private (JsonElement Document, JsonElement Schema) Resolve(string reference, JsonElement document)
    {
        var parts = reference.Split('#');
        var there = parts[0].Length > 0 ? definitions.GetProperty(parts[0]) : document;
        return (there, parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(there, (found, name) => found.GetProperty(name)));
    }
}
