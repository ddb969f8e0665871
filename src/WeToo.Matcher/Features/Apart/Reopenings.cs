namespace WeToo.Matcher.Features.Apart;

/// <summary>Which openings must be looked at again when something no longer counts.</summary>
internal static class Reopenings
{
    /// <summary>The filing <c>@name</c> itself, and those that have opened and share y_0 with it, are due at <c>@due_s</c>.</summary>
    internal const string LookAgain = """
        UPDATE filings SET due_s = @due_s WHERE name = @name OR filing IN (
            SELECT o.filing FROM filings f
            JOIN standings s ON s.filing = f.filing AND s.rung = 0
            JOIN standings t ON t.tag = s.tag
            JOIN openings o ON o.filing = t.filing
            WHERE f.name = @name)
        """;
}
