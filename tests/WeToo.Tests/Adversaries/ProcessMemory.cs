using System.Globalization;

namespace WeToo.Tests.Adversaries;

/// <summary>All memory of a running process that it could read itself, as <c>/proc</c> shows it to whoever runs the machine.</summary>
internal static class ProcessMemory
{
    private const int Page = 4096;

    /// <summary>Whether a marker is in it, in any form.</summary>
    /// <returns>Whether it was found, and how many bytes were looked through.</returns>
    internal static (bool Found, long Bytes) Search(int process, Marker marker)
    {
        var (found, all) = (false, 0L);
        using var memory = new FileStream($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach (var (from, to) in Readable(process))
        {
            var at = from;
            found |= marker.IsIn(window =>
            {
                var read = Read(memory, at, window[..(int)Math.Min(window.Length, to - at)]);
                at += read;
                all += read;
                return read;
            });
        }

        return (found, all);
    }

    private static IEnumerable<(long From, long To)> Readable(int process) => File.ReadAllLines($"/proc/{process}/maps")
        .Where(line => line.Contains(" r", StringComparison.Ordinal) && !line.Contains("[v", StringComparison.Ordinal))
        .Select(line => line.Split(' ')[0].Split('-'))
        .Select(range => (Parse(range[0]), Parse(range[1])));

    private static long Parse(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Pages that went away in the meantime, or belong to a device, are zeros here.</summary>
    private static int Read(FileStream memory, long at, Span<byte> window)
    {
        window.Clear();
        for (var done = 0; done < window.Length;)
        {
            try
            {
                memory.Position = at + done;
                var read = memory.Read(window[done..]);
                done += read > 0 ? read : Page;
            }
            catch (IOException)
            {
                done += Page;
            }
        }

        return window.Length;
    }
}
