namespace WeToo.Voices.Texts;

/// <summary>Who is served and in which language: what every page begins with.</summary>
internal sealed class Visit(VoicesOptions options)
{
    /// <summary>The language of the page.</summary>
    internal string Language { get; set; } = options.Languages[0];

    /// <summary>Where the request went, for when the operator has not said where we are.</summary>
    internal Uri Origin { get; set; } = new("http://localhost");

    /// <summary>Whether the page is for a frame of another site.</summary>
    internal bool IsFramed { get; set; }

    /// <summary>The last part of the address where a piece is answered.</summary>
    internal string AnswerPage => IsFramed ? "embed" : "respond";

    /// <summary>Where what is sent or followed here opens, when that is not where all others do.</summary>
    internal string? Target => IsFramed ? "_self" : null;

    /// <summary>Its direction.</summary>
    internal string Direction => Languages.DirectionOf(Language);

    /// <summary>What the publication is called.</summary>
    internal string Publication => options.Name;

    /// <summary>The languages there are.</summary>
    internal IReadOnlyList<string> AllLanguages => options.Languages;

    /// <summary>A text of the catalogue, without arguments.</summary>
    internal string this[string key] => Catalogue.Say(Language, key);

    /// <summary>A text of the catalogue with its arguments.</summary>
    internal string Say(string key, params (string Name, object Value)[] arguments) => Catalogue.Say(Language, key, arguments);

    /// <summary>A day as people of this language write it.</summary>
    internal string Day(long seconds) => Days.Write(Language, DateTimeOffset.FromUnixTimeSeconds(seconds));

    /// <summary>An address of ours with scheme and host, for those who see it elsewhere.</summary>
    internal string Absolute(string path) => new Uri(options.PublicUrl ?? Origin, path).AbsoluteUri;
}
