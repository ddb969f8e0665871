namespace WeToo.Hosting.Storage;

/// <summary>The database engines WeToo runs on. Both are tested with every statement.</summary>
public enum Engine
{
    /// <summary>One file beside the program: the default.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}
