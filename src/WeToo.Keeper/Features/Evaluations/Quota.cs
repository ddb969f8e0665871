using WeToo.Core;

namespace WeToo.Keeper.Features.Evaluations;

/// <summary>How many evaluations one pseudonym gets. Each is one guess for whoever wants to know what stands on a rung.</summary>
internal sealed record Quota(int PerDay, int Per30Days)
{
    /// <summary>The length of the longer period.</summary>
    internal const int Days = 30;

    /// <summary>Says whether one more is allowed.</summary>
    /// <param name="earlier">The days of those answered before, none older than <see cref="Days"/>.</param>
    /// <param name="today">The present day.</param>
    internal Refusal? Check(IEnumerable<long> earlier, long today)
    {
        var (ofToday, all) = (0, 0);
        foreach (var day in earlier)
        {
            all++;
            if (day == today) ofToday++;
        }

        return ofToday >= PerDay || all >= Per30Days ? Refusal.QuotaExhausted : null;
    }
}
