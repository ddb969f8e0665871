namespace WeToo.Vault;

/// <summary>The Vault process.</summary>
public static class VaultHost
{
}
