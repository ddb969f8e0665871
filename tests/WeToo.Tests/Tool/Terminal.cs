using System.Diagnostics;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary>How a command ended.</summary>
internal sealed record Ran(int Code, string Output, string Error);

/// <summary>Runs the real program, as somebody at a terminal does.</summary>
internal static class Terminal
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="input">What standard input has.</param>
    /// <param name="arguments">The command line.</param>
    internal static async Task<Ran> RunAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a command that goes on.</summary>
    internal static Process Start(params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [typeof(WeToo.Tool.CommandLine).Assembly.Location, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        return process;
    }
}
