using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace WeToo.Voices.Features.Shared;

/// <summary>What a page says of itself to the layout, to search engines and to whoever it is shared with.</summary>
internal sealed record Head(string Title)
{
    private const string Key = "head";

    /// <summary>One or two sentences.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its own path: links between languages and share links are made of it.</summary>
    public string Path { get; init; } = "";

    /// <summary>Where the same is in other languages.</summary>
    public IReadOnlyList<(string Language, string Path)> Elsewhere { get; init; } = [];

    /// <summary><c>article</c> or <c>website</c>, as Open Graph has it.</summary>
    public string Type { get; init; } = "website";

    /// <summary>The path of the picture that stands for it where it is shared; empty for none.</summary>
    public string Picture { get; init; } = "";

    /// <summary>The page whose feed is about the same: its feeds stand below it. Empty for none.</summary>
    public string Feed { get; init; } = "";

    /// <summary>Where what readers said of it can be read and written through the Web Annotation protocol; empty for none.</summary>
    public string Annotations { get; init; } = "";

    /// <summary>Whether search engines may list it.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>Leaves it for the layout.</summary>
    internal void Leave(ViewDataDictionary view) => view[Key] = this;

    /// <summary>What the page left.</summary>
    internal static Head Of(ViewDataDictionary view) => view[Key] as Head ?? new("") { Listed = false };
}
