using System.Reflection;
using Xunit;

namespace WeToo.Tests.Rules;

/// <summary>The assemblies that rules are about.</summary>
internal static class Assemblies
{
    internal static readonly string[] Hosts = ["WeToo.Keeper", "WeToo.Log", "WeToo.Matcher", "WeToo.Registrar", "WeToo.Vault", "WeToo.Voices"];

    internal static TheoryData<string> HostNames => [.. Hosts];

    internal static TheoryData<string> AllNames => [.. Hosts, "WeToo.Core", "WeToo.Hosting", "wetoo"];

    internal static Assembly Load(string name) => Assembly.Load(name);
}
