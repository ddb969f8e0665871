namespace WeToo.Registrar;

/// <summary>The Registrar process.</summary>
public static class RegistrarHost
{
}
