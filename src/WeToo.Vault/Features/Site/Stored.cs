using System.Text.Json;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Site;

/// <summary>What the page <c>/stored</c> is made of: every table and field that our programs keep, and what it means.</summary>
public static class Stored
{
    /// <summary>The languages in which it is told.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "ar"];

    /// <summary>By host in small letters, by table, by column: of which kind it is.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, Dictionary<string, string>>> Fields { get; } =
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Dictionary<string, string>>>>(SiteFile.Read("stored/fields.json"))!;

    /// <summary>What is said in a language: for kinds, tables and single fields.</summary>
    public static IReadOnlyDictionary<string, string> TextsIn(string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(SiteFile.Read($"stored/{language}.json"))!;

    /// <summary>What is said of a table: in its host, or alike in all.</summary>
    public static string TableText(IReadOnlyDictionary<string, string> texts, string host, string table)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.TryGetValue($"table.{host}.{table}", out var own) ? own : texts[$"table.{table}"];
    }

    /// <summary>What is said of a field: of its kind, and what that does not say.</summary>
    public static string FieldText(IReadOnlyDictionary<string, string> texts, string host, string table, string column)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var kind = texts[$"kind.{Fields[host][table][column]}"];
        return texts.TryGetValue($"field.{host}.{table}.{column}", out var more) ? $"{kind} {more}" : kind;
    }

    /// <summary>The columns that a database has and that nothing is said of, as <c>table.column</c>.</summary>
    internal static IReadOnlyList<string> Undescribed(string host, IEnumerable<Table> tables) =>
        [.. tables.SelectMany(table => table.Columns.Where(column => !IsDescribed(host, table.Name, column)).Select(column => $"{table.Name}.{column}"))];

    private static bool IsDescribed(string host, string table, string column) => Fields[host].TryGetValue(table, out var columns) && columns.ContainsKey(column);
}
