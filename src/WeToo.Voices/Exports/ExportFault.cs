namespace WeToo.Voices.Exports;

/// <summary>Why an export is not read back.</summary>
internal enum ExportFault
{
    /// <summary>It is another kind of file.</summary>
    AnotherFormat,

    /// <summary>A newer program wrote it.</summary>
    AnotherVersion,

    /// <summary>A line is not one of an export, or has columns that its table has not.</summary>
    NoRow,

    /// <summary>It ends before its last line, which says how many there are.</summary>
    BreaksOff,

    /// <summary>A line says what no publication can have.</summary>
    Impossible,

    /// <summary>The publication has something in it.</summary>
    NotEmpty,
}

/// <summary>Why, and in which line; 0 for none.</summary>
internal sealed record ExportRefusal(ExportFault Fault, long Line);
