using System.Diagnostics;
using System.Text.Json;

namespace WeToo.Tests.Tool;

/// <summary>One package as somebody may hand it on, and what must be said of it.</summary>
/// <param name="Name">What was done to it.</param>
/// <param name="File">Its file.</param>
/// <param name="Believes"><c>policy</c>, or <c>package</c> for its own word.</param>
/// <param name="Findings"><c>part (fault)</c> of each; none when it matches.</param>
public sealed record EvidenceCase(string Name, string File, string Believes, IReadOnlyList<string> Findings);

/// <summary>The packages that the pages' own code makes and tampers with: <c>web/test/evidence-cases.ts</c>.</summary>
public sealed class EvidenceCases : IDisposable
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wetoo-evidence-");

    public EvidenceCases()
    {
        var web = Path.Combine(Vectors.Root(), "web");
        var program = PathOf("write.mjs");
        Run(web, "--input-type=module", "--eval", $$"""
            import { build } from "esbuild"
            await build({ entryPoints: ["test/write-evidence-cases.ts"], bundle: true, platform: "node", format: "esm", logLevel: "error", outfile: {{JsonSerializer.Serialize(program)}} })
            """);
        Run(web, program, _folder.FullName);
        All = JsonSerializer.Deserialize<List<EvidenceCase>>(File.ReadAllBytes(PathOf("cases.json")), s_options)!;
    }

    /// <summary>All cases.</summary>
    public IReadOnlyList<EvidenceCase> All { get; }

    /// <summary>Where a file of the cases is.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Run(string folder, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEnd();
        node.WaitForExit();
        if (node.ExitCode != 0) throw new InvalidOperationException(errors);
    }
}
