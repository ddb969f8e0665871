namespace WeToo.Vault.Features.Readiness;

/// <summary>Tells the operator whether intake is open, and what is missing: at the start, and whenever that changes.</summary>
internal sealed partial class GateLog(Gate gate, ILogger<GateLog> log)
{
    private (bool Open, Staffing Staffing, bool HasRetention)? _said;

    /// <summary>Says it, unless it was said.</summary>
    internal void Say()
    {
        var now = (Open: gate.IsOpen, gate.Staffing, gate.HasRetention);
        if (_said == now) return;

        _said = now;
        var (counselors, standIns, countries, missing) = now.Staffing;
        if (!now.HasRetention) NoPeriods(log);
        if (now.Open && !gate.IsReady) OpenUnready(log, counselors, standIns, countries);
        else if (now.Open) Open(log, counselors, standIns, countries);
        else Closed(log, counselors, Staffing.LeastCounselors, standIns, Staffing.LeastStandIns, countries, missing);
    }

    [LoggerMessage(1, LogLevel.Warning, "Intake is closed: {Counselors} of {Least} counselors, {StandIns} of {LeastStandIns} stand-ins, help lines for {Countries} countries and for {Missing} none")]
    private static partial void Closed(ILogger logger, int counselors, int least, int standIns, int leastStandIns, int countries, int missing);

    [LoggerMessage(2, LogLevel.Warning, "Intake is open for trying out, although nobody may answer: {Counselors} counselors, {StandIns} stand-ins, help lines for {Countries} countries")]
    private static partial void OpenUnready(ILogger logger, int counselors, int standIns, int countries);

    [LoggerMessage(4, LogLevel.Warning, "Nobody decided how long things stay: wetoo retention set")]
    private static partial void NoPeriods(ILogger logger);

    [LoggerMessage(3, LogLevel.Information, "Intake is open: {Counselors} counselors, {StandIns} stand-ins, help lines for {Countries} countries")]
    private static partial void Open(ILogger logger, int counselors, int standIns, int countries);
}
