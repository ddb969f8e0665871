using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace WeToo.Tool.Up;

/// <summary>Ports of the loopback address that nobody listens on.</summary>
internal static class FreePorts
{
    // Below those that systems hand out by themselves, for any connection: such a port may be gone before a host listens on it.
    private const int First = 10_000;
    private const int End = 32_768;

    /// <summary>Takes ports, each another.</summary>
    internal static int[] Take(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(port)) ports.Add(port);
        }

        return [.. ports];
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
