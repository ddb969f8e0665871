namespace WeToo.Hosting.Storage;

/// <summary>One table as a backup knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">In their order. Numbers, texts and bytes: there is nothing else.</param>
/// <param name="Counter">The column that counts by itself, and never gives a number again; null when none does.</param>
public sealed record Table(string Name, IReadOnlyList<string> Columns, string? Counter);

/// <summary>
/// Reads and writes whole tables row by row, whatever they are: for backups. What one engine gave, the other takes.
/// Each row is an array of <see cref="long"/>, <see cref="string"/>, <c>byte[]</c> and null, in the order of the columns.
/// </summary>
public static class Tables
{
    /// <summary>The tables of a host, in the order in which they were made, so that nothing refers to what comes later. The journal of migrations is not among them.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="engine">Of its database.</param>
    public static IReadOnlyList<Table> Of(Session session, Engine engine)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (tables, columns) = engine == Engine.Sqlite ? (Sqlite.Tables, Sqlite.Columns) : (Postgres.Tables, Postgres.Columns);
        return
        [
            .. session.Query<string>(tables).Select(name =>
            {
                var all = session.Query<(string Name, long Counts)>(columns, new { name });
                return new Table(name, [.. all.Select(column => column.Name)], all.FirstOrDefault(column => column.Counts == 1).Name);
            }),
        ];
    }

    /// <summary>Reads all rows, one at a time: never more than one is in memory.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="table">Whose rows.</param>
    public static IEnumerable<object?[]> Rows(Session session, Table table)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(table);
        using var command = session.Prepare($"SELECT {List(table.Columns)} FROM {Quote(table.Name)}");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : Plain(reader.GetValue(i));
            yield return row;
        }
    }

    /// <summary>The last number that a table's counter gave; 0 when there is none.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="engine">Of its database.</param>
    /// <param name="table">A table with a counter.</param>
    public static long LastNumber(Session session, Engine engine, Table table)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(table);
        var highest = session.QueryOne<long?>($"SELECT max({Quote(table.Counter!)}) FROM {Quote(table.Name)}") ?? 0;
        var given = session.QueryOne<long?>(engine == Engine.Sqlite ? Sqlite.LastNumber : Postgres.LastNumber, new { name = table.Name, counter = table.Counter }) ?? 0;
        return Math.Max(highest, given);
    }

    /// <summary>Empties a table that migrations may have filled.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="table">Which.</param>
    public static void Clear(Session session, Table table)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(table);
        _ = session.Execute($"DELETE FROM {Quote(table.Name)}");
    }

    /// <summary>Adds rows.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="engine">Of its database.</param>
    /// <param name="table">To which.</param>
    /// <param name="columns">Whose values each row has.</param>
    /// <param name="rows">The rows.</param>
    /// <returns>How many.</returns>
    public static int Add(Session session, Engine engine, Table table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        var keepNumbers = engine == Engine.Postgres && table.Counter is not null ? "OVERRIDING SYSTEM VALUE " : "";
        var insert = $"INSERT INTO {Quote(table.Name)} ({List(columns)}) {keepNumbers}VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        var count = 0;
        foreach (var row in rows)
        {
            using var command = session.Prepare(insert); // One for each: Npgsql may keep the values of the row before.
            for (var i = 0; i < row.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", row[i] ?? DBNull.Value);
                _ = command.Parameters.Add(parameter);
            }

            count += command.ExecuteNonQuery();
        }

        return count;
    }

    /// <summary>How many rows a table has.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="table">Which.</param>
    public static long Count(Session session, Table table)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(table);
        return session.QueryOne<long>($"SELECT count(*) FROM {Quote(table.Name)}");
    }

    /// <summary>Lets a table's counter go on after a number.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="engine">Of its database.</param>
    /// <param name="table">A table with a counter.</param>
    /// <param name="last">What <see cref="LastNumber"/> said; nothing is done for 0.</param>
    public static void GoOnAfter(Session session, Engine engine, Table table, long last)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(table);
        if (last == 0) return;

        var place = new { name = table.Name, counter = table.Counter, last };
        if (engine == Engine.Postgres) _ = session.QueryOne<long>(Postgres.GoOn, place);
        else if (session.Execute(Sqlite.GoOn, place) == 0) _ = session.Execute(Sqlite.BeginAfter, place);
    }

    private static object Plain(object value) => value is int small ? (long)small : value;

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static class Sqlite
    {
        internal const string Tables =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'migrations' ORDER BY rowid";

        /// <summary>A column counts by itself when its table says AUTOINCREMENT.</summary>
        internal const string Columns = """
            SELECT c.name, (CASE WHEN c.pk = 1 AND t.sql LIKE '%AUTOINCREMENT%' THEN 1 ELSE 0 END) AS counts
            FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name = @name ORDER BY c.cid
            """;

        internal const string LastNumber = "SELECT seq FROM sqlite_sequence WHERE name = @name";

        internal const string GoOn = "UPDATE sqlite_sequence SET seq = @last WHERE name = @name";

        internal const string BeginAfter = "INSERT INTO sqlite_sequence (name, seq) VALUES (@name, @last)";
    }

    private static class Postgres
    {
        internal const string Tables = """
            SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname = current_schema() AND c.relname <> 'migrations' ORDER BY c.oid
            """;

        internal const string Columns = """
            SELECT column_name::text, (CASE is_identity WHEN 'YES' THEN 1 ELSE 0 END)::bigint AS counts FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = @name ORDER BY ordinal_position
            """;

        internal const string LastNumber = "SELECT pg_sequence_last_value(pg_get_serial_sequence(@name, @counter)::regclass)";

        internal const string GoOn = "SELECT setval(pg_get_serial_sequence(@name, @counter)::regclass, @last)";
    }
}
