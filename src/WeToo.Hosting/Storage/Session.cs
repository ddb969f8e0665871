using System.Data.Common;
using Dapper;

namespace WeToo.Hosting.Storage;

/// <summary>
/// One transaction, as a unit of work sees it. It lives as long as the work runs: never keep it, never pass it to
/// another thread.
/// </summary>
/// <remarks>
/// The same SQL text serves both engines: parameters are <c>@name</c>, integers <see cref="long"/>, bytes
/// <c>byte[]</c>, and a column <c>written_at_s</c> fills a parameter or property <c>WrittenAtS</c>.
/// PostgreSQL's <c>sum</c> of bigint is numeric: cast it back. Calls block, on a thread kept for that.
/// </remarks>
#pragma warning disable CA1724 // Nothing of ours is in ASP.NET Core's namespace of that name.
public sealed class Session
#pragma warning restore CA1724
{
    private readonly DbTransaction _transaction;

    // Written before any statement runs: every row reaches Dapper through this class.
    static Session() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    internal Session(DbTransaction transaction) => _transaction = transaction;

    private DbConnection Connection => _transaction.Connection!;

    /// <summary>Reads all rows.</summary>
    /// <typeparam name="T">A row: a positional record or a tuple in column order, or one column's type.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">An object whose properties are the parameters, or null.</param>
    /// <returns>The rows, already read.</returns>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) =>
        Connection.Query<T>(sql, parameters, _transaction).AsList();

    /// <summary>Reads the only row, if there is one.</summary>
    /// <typeparam name="T">A row. Take a nullable value type to tell an absent row from zero.</typeparam>
    /// <param name="sql">One statement that gives at most one row.</param>
    /// <param name="parameters">An object whose properties are the parameters, or null.</param>
    /// <returns>The row, or <c>default</c> when there is none.</returns>
    /// <exception cref="InvalidOperationException">There is more than one row.</exception>
    public T? QueryOne<T>(string sql, object? parameters = null) =>
        Connection.QuerySingleOrDefault<T>(sql, parameters, _transaction);

    /// <summary>Writes.</summary>
    /// <param name="sql">One statement, or several with the same parameters.</param>
    /// <param name="parameters">
    /// An object whose properties are the parameters, a sequence of such objects (the statement runs once for each),
    /// or null.
    /// </param>
    /// <returns>How many rows were written.</returns>
    public int Execute(string sql, object? parameters = null) =>
        Connection.Execute(sql, parameters, _transaction);

    /// <summary>A statement whose parameters and rows the caller handles one by one.</summary>
    internal DbCommand Prepare(string sql)
    {
        var command = Connection.CreateCommand();
        command.Transaction = _transaction;
#pragma warning disable CA2100 // Put together from the names in the schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
