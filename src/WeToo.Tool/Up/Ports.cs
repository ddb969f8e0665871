namespace WeToo.Tool.Up;

/// <summary>Where each host of one machine listens, on the loopback address. Hosts must know each other's address before they start.</summary>
internal sealed record Ports(Uri Vault, Uri Matcher, Uri Registrar, IReadOnlyList<Uri> Keepers, Uri Voices, Uri Log)
{
    /// <summary>Takes ports.</summary>
    /// <param name="first">The vault's, the others follow; 0 takes free ones.</param>
    internal static Ports Take(int first)
    {
        const int count = 5 + UpPlan.KeeperCount;
        var ports = first > 0 ? [.. Enumerable.Range(first, count)] : FreePorts.Take(count);
        Uri[] urls = [.. ports.Select(port => new Uri($"http://127.0.0.1:{port}"))];

        // Browsers share cookies between the ports of a host, so the public side has another name for this machine.
        return new(urls[0], urls[1], urls[2], urls[3..^2], new Uri($"http://localhost:{ports[^2]}"), urls[^1]);
    }
}
