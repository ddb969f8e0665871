using System.Xml.Linq;
using Xunit;

namespace WeToo.Tests.Rules;

/// <summary>A project per trust boundary: what one host knows, another cannot reach by mistake.</summary>
public sealed class HostIsolationTests
{
    public static TheoryData<string> Hosts => Assemblies.HostNames;

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_is_built_on_the_core_and_on_hosting_only(string host)
    {
        var project = XDocument.Load(Path.Combine(Vectors.Root(), "src", host, $"{host}.csproj"));

        var projects = project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

        Assert.Equal(["WeToo.Core", "WeToo.Hosting"], projects.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_does_not_link_another(string host) =>
        Assert.DoesNotContain(References.Of(host).Assemblies, name => Assemblies.Hosts.Contains(name));

    [Fact]
    public void Hosting_knows_no_host() =>
        Assert.DoesNotContain(References.Of("WeToo.Hosting").Assemblies, name => Assemblies.Hosts.Contains(name));

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_does_not_read_the_address_of_its_caller(string host) =>
        Assert.DoesNotContain("Microsoft.AspNetCore.Http.ConnectionInfo.get_RemoteIpAddress", References.Of(host).Members);

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_writes_nothing_to_the_console(string host) =>
        Assert.DoesNotContain("System.Console", References.Of(host).Types);

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_opens_no_database_behind_the_back_of_storage(string host) =>
        Assert.DoesNotContain(References.Of(host).Assemblies, name => name is "Dapper" or "Npgsql" or "Microsoft.Data.Sqlite" or "System.Data.Common");
}
