using System.Text.Json;

namespace WeToo.Tests;

/// <summary>Reads spec/vectors, which the TypeScript tests read too.</summary>
internal static class Vectors
{
    /// <summary>The file <c>spec/vectors/{name}</c>.</summary>
    internal static JsonDocument Read(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root(), "spec", "vectors", name)));

    /// <summary>The folder of WeToo.slnx, above which nothing is read.</summary>
    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WeToo.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
