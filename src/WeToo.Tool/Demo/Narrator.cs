namespace WeToo.Tool.Demo;

/// <summary>Tells a story in a terminal. Without one, or where somebody set NO_COLOR, it tells it plainly.</summary>
internal sealed class Narrator(TextWriter output)
{
    private const string Bold = "\e[1m";
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";

    private readonly bool _styled = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private int _chapter;

    /// <summary>Begins the next chapter.</summary>
    internal void Chapter(string title)
    {
        output.WriteLine();
        output.WriteLine(Style(Bold, $"{++_chapter}. {title}"));
    }

    /// <summary>Says what happens.</summary>
    internal void Say(string text) => output.WriteLine($"   {text}");

    /// <summary>Says what somebody finds who looks into a store of theirs.</summary>
    internal void Looks(string who, string finds) => output.WriteLine($"   {Style(Dim, $"{who,-10} │")} {finds}");

    /// <summary>Quotes what somebody reads or keeps.</summary>
    internal void Quote(string text) => output.WriteLine($"      {Style(Bold, text)}");

    private string Style(string code, string text) => _styled ? code + text + Plain : text;
}
