namespace WeToo.Voices.Features.Cases;

/// <summary>
/// The next thing that is due in a case, and until when: the author hears of it within 48 hours, has five days to answer, and it is decided within 48 hours
/// after the answer or the five days. Who must go by another law can be quicker.
/// </summary>
/// <param name="Step"><c>tell</c>, <c>answer</c>, <c>decide</c>, <c>appeal</c> or <c>done</c>.</param>
/// <param name="DueS">Until when; <see langword="null"/> when nothing is due.</param>
internal readonly record struct CaseClock(string Step, long? DueS)
{
    private const long TellSeconds = 48 * 3600;
    private const long AnswerSeconds = 5 * 24 * 3600;
    private const long DecideSeconds = 48 * 3600;
    private const long AppealSeconds = 14 * 24 * 3600;

    /// <summary>Until when an author who was told can answer.</summary>
    internal static long AnswerUntil(long toldS) => toldS + AnswerSeconds;

    /// <summary>Whether somebody is late.</summary>
    internal bool IsLate(long now) => DueS < now;

    /// <summary>Where a case stands, as its dates say.</summary>
    internal static CaseClock Of(Case one) => one switch
    {
        { IsAppealed: true, AppealedS: { } appealed } => new("appeal", appealed + AppealSeconds),
        { Act: not null } => new("done", null),
        { AnsweredS: { } answered } => new("decide", answered + DecideSeconds),
        { ToldS: { } told } => new("answer", AnswerUntil(told) + DecideSeconds),
        _ => new("tell", one.OpenedS + TellSeconds),
    };
}
