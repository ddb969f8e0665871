using System.Diagnostics;

namespace WeToo.BrowserTests;

/// <summary>Debian's own programs, run on what the browser made.</summary>
internal static class Programs
{
    /// <summary>What a program writes; it must end well.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? typed = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        if (typed is not null) await process.StandardInput.WriteLineAsync(typed.AsMemory(), cancellation);
        if (typed is null) process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output}{await errors}");
        return await output;
    }

    /// <summary>The text that a reader finds in a PDF, which must be a valid one.</summary>
    public static Task<string> ReadPdfAsync(byte[] pdf) => WithFileAsync(pdf, async path =>
    {
        await RunAsync("qpdf", ["--check", path]);
        return await RunAsync("pdftotext", ["-enc", "UTF-8", path, "-"]);
    });

    /// <summary>What a PDF says of itself: its pages and their size, among others.</summary>
    public static Task<string> DescribePdfAsync(byte[] pdf) => WithFileAsync(pdf, path => RunAsync("pdfinfo", [path]));

    /// <summary>What <c>age -d</c> opens with a passphrase. It asks at a terminal, which <c>script</c> gives it.</summary>
    public static async Task<byte[]> OpenAgeAsync(byte[] file, string passphrase)
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-age-");
        try
        {
            var (locked, opened) = (Path.Combine(folder.FullName, "locked"), Path.Combine(folder.FullName, "opened"));
            await File.WriteAllBytesAsync(locked, file, TestContext.Current.CancellationToken);
            await RunAsync("script", ["-qec", $"age -d -o '{opened}' '{locked}'", "/dev/null"], passphrase);
            return await File.ReadAllBytesAsync(opened, TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> WithFileAsync(byte[] content, Func<string, Task<string>> read)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
            return await read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
