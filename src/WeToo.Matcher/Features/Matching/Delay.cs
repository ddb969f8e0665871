using System.Security.Cryptography;

namespace WeToo.Matcher.Features.Matching;

/// <summary>When a filing is looked at: a random while after it came, so that no time tells of a match.</summary>
internal sealed class Delay(MatcherOptions options, TimeProvider time)
{
    /// <summary>The present moment, in seconds since 1970.</summary>
    internal long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>When a filing that comes now is due, in seconds since 1970.</summary>
    internal long NextDue()
    {
        var (least, most) = (options.DelayHoursLeast * 3600, options.DelayHoursMost * 3600);
        return Now + (most == 0 ? 0 : RandomNumberGenerator.GetInt32(least, most + 1));
    }
}
