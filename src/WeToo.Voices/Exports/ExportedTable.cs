namespace WeToo.Voices.Exports;

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    /// <summary>In the file as hexadecimal digits in small letters.</summary>
    Bytes,
    Number,
    Text,
}

/// <summary>A column that goes into an export.</summary>
internal sealed record ExportedColumn(string Name, ColumnKind Kind, bool MayBeNull);

/// <summary>A table that goes into an export: which columns, which rows, and how they come back.</summary>
/// <param name="Name">As in the database and in the file.</param>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Select">Reads the rows in the order of the file, with these columns.</param>
/// <param name="Add">Adds a row that has these columns, and puts what is left out as it is when nothing is known.</param>
internal sealed record ExportedTable(string Name, IReadOnlyList<ExportedColumn> Columns, string Select, string Add)
{
    /// <summary>Whether its order is that of the lines themselves: the engines order texts each in their own way.</summary>
    internal bool IsSortedByLine { get; init; }

    /// <summary>Writes columns as <c>name:b</c>, <c>name:n</c> or <c>name:t</c>, with a question mark where there may be nothing.</summary>
    internal static ExportedTable Of(string name, string columns, string select, string add) => new(name, [.. columns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Column)], select, add);

    private static ExportedColumn Column(string written)
    {
        var (name, kind) = (written[..written.IndexOf(':', StringComparison.Ordinal)], written[written.IndexOf(':', StringComparison.Ordinal) + 1]);
        return new(name, kind switch { 'b' => ColumnKind.Bytes, 'n' => ColumnKind.Number, _ => ColumnKind.Text }, written[^1] == '?');
    }
}
