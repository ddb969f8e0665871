using Microsoft.Extensions.Logging;
using WeToo.Hosting;
using WeToo.Tool.Up;

namespace WeToo.Benchmarks;

/// <summary>All hosts of <c>wetoo up</c> in one process, apart from the one that sends: so that their processor time can be told apart.</summary>
internal static class Server
{
    internal static async Task<int> RunAsync(string folder)
    {
        await using var deployment = await Deployment.StartAsync(
            new(new(folder, null), 0, (0, 0), "invitation"), TimeProvider.System, logging => logging.ClearProviders(), CancellationToken.None);
        Console.WriteLine(Hosts.AddressOf(deployment.Vault));
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
