namespace WeToo.Matcher;

/// <summary>The Matcher process.</summary>
public static class MatcherHost
{
}
