namespace WeToo.Keeper;

/// <summary>The Keeper process.</summary>
public static class KeeperHost
{
}
