using System.Diagnostics.CodeAnalysis;

namespace WeToo.Core.Identifiers;

/// <summary>
/// One way to say who the accused is, in its one canonical spelling: two people who mean the same write the same.
/// It is what the author must never lose to anybody, so that it does not print itself.
/// </summary>
public sealed record Identifier
{
    /// <summary>Longest text that is looked at, in UTF-16 units.</summary>
    public const int TextLength = 2048;

    internal Identifier(IdentifierType type, string value) => (Type, Value) = (type, value);

    /// <summary>Which kind it is. A pasted profile link is a handle whatever kind was asked for.</summary>
    public IdentifierType Type { get; }

    /// <summary>The canonical value, without the kind.</summary>
    public string Value { get; }

    /// <summary>The kind, a colon and the value: what <see cref="IdentifierKey.Derive"/> hashes, as UTF-8.</summary>
    public string Canonical => $"{Name(Type)}:{Value}";

    /// <summary>
    /// Reads a text as an identifier of a kind. A handle is a profile link, <c>platform:name</c> or <c>@name@host</c>.
    /// A link of a known platform becomes a handle, a link that holds a telephone number becomes one, and any other
    /// link a url, whether <see cref="IdentifierType.Handle"/> or <see cref="IdentifierType.Url"/> was asked for.
    /// </summary>
    /// <param name="type">The kind asked for.</param>
    /// <param name="text">What was typed or pasted, in any Unicode.</param>
    /// <param name="region">ISO 3166 code of the country of a number without +; null if it is not known.</param>
    /// <param name="organisation">The operator's word for the organisation of a member; null if it is in the text, before a colon.</param>
    /// <param name="identifier">The identifier, or null.</param>
    /// <param name="help">Why there is none, or null.</param>
    /// <returns>Whether there is an identifier. Nothing is thrown, whatever the text. spec/identifiers.md.</returns>
    public static bool TryParse(IdentifierType type, string text, string? region, string? organisation, [NotNullWhen(true)] out Identifier? identifier, [NotNullWhen(false)] out IdentifierHelp? help)
    {
        (identifier, help) = Read(text, clean => type switch
        {
            IdentifierType.Tel => Telephone.Read(clean, region),
            IdentifierType.Email => EmailAddress.Read(clean),
            IdentifierType.Member => MemberNumber.Read(clean, organisation),
            IdentifierType.Handle => Handles.Read(clean),
            _ => Links.Read(clean),
        });
        return identifier is not null;
    }

    /// <summary>Reads a text whose kind is not known: a number, an address, a link or a handle, never a member number.</summary>
    /// <param name="text">What was typed or pasted.</param>
    /// <param name="region">ISO 3166 code of the country of a number without +; null if it is not known.</param>
    /// <param name="identifier">The identifier, or null.</param>
    /// <param name="help">Why there is none, or null.</param>
    /// <returns>Whether there is an identifier. spec/identifiers.md §8.</returns>
    public static bool TryDetect(string text, string? region, [NotNullWhen(true)] out Identifier? identifier, [NotNullWhen(false)] out IdentifierHelp? help)
    {
        (identifier, help) = Read(text, clean => Detection.Read(clean, region));
        return identifier is not null;
    }

    /// <summary>
    /// Whether a mail address is one that every program reads alike. <see cref="TryParse"/> is generous, since it reads what people paste: whoever sends a mail
    /// to a text and compares what it parses to needs a text of one meaning, or the mail goes to one mailbox and another one is compared.
    /// </summary>
    /// <param name="address">The address, without white space around it.</param>
    /// <returns>Whether it has one @, no sign of a name, comment, route or list, and none that is left out or folded into another.</returns>
    public static bool IsPlainAddress(string address) => EmailAddress.IsPlain(address);

    /// <summary>The identifier that a canonical form stands for; null if the text is not exactly one.</summary>
    public static Identifier? FromCanonical(string canonical)
    {
        var colon = canonical.IndexOf(':', StringComparison.Ordinal);
        foreach (var type in Enum.GetValues<IdentifierType>())
        {
            if (colon > 0 && canonical.AsSpan(0, colon).SequenceEqual(Name(type)) && TryParse(type, canonical[(colon + 1)..], null, null, out var found, out _))
                return found.Canonical == canonical ? found : null;
        }

        return null;
    }

    /// <summary>The word for a kind in a canonical form.</summary>
    public static string Name(IdentifierType type) => type switch
    {
        IdentifierType.Tel => "tel",
        IdentifierType.Email => "email",
        IdentifierType.Handle => "handle",
        IdentifierType.Url => "url",
        _ => "member",
    };

    /// <summary>The kind only: whom it names is nobody's but the author's.</summary>
    public override string ToString() => Name(Type);

    private static Reading Read(string text, Func<string, Reading> read)
    {
        if (text.Length > TextLength) return IdentifierHelp.TooLong;
        if (PlainText.Clean(text) is not { } clean) return IdentifierHelp.NotText;
        return clean.Length == 0 ? IdentifierHelp.Empty : read(clean);
    }
}
