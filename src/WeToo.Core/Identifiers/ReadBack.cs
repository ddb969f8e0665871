namespace WeToo.Core.Identifiers;

/// <summary>
/// The parts of an identifier in plain words, for "Instagram, sam_doe. Is this the person's own page?" It must not be
/// kept or logged, no more than the identifier.
/// </summary>
/// <param name="Platform">The platform as people call it; null for what is no handle.</param>
/// <param name="Text">The name, the number with its spaces, the address, the page, or organisation and number.</param>
/// <param name="Also">Another identifier that may be the same person's and that the author may want to give as well: the address
/// without its +tag, or the Instagram name of a Threads name. Never taken silently.</param>
public sealed record ReadBack(string? Platform, string Text, Identifier? Also)
{
    /// <summary>The parts of an identifier.</summary>
    public static ReadBack Of(Identifier identifier)
    {
        var value = identifier.Value;
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return identifier.Type switch
        {
            IdentifierType.Tel => new(null, Telephone.ReadBack(value), null),
            IdentifierType.Email => new(null, value, EmailAddress.Untagged(value)),
            IdentifierType.Handle => new(Platforms.Named(value[..colon])!.Title, value[(colon + 1)..], Twin(value)),
            IdentifierType.Url => new(null, value, null),
            _ => new(null, $"{value[..colon]} {value[(colon + 1)..]}", null),
        };
    }

    /// <summary>The kind only: what it reads back is nobody's but the author's.</summary>
    public override string ToString() => nameof(ReadBack);

    private static Identifier? Twin(string value) =>
        value.StartsWith("threads:", StringComparison.Ordinal) ? new Identifier(IdentifierType.Handle, $"instagram:{value[8..]}") : null;
}
