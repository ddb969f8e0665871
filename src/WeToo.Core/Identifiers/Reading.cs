namespace WeToo.Core.Identifiers;

/// <summary>What came of reading a text: one of the two.</summary>
internal readonly record struct Reading(Identifier? Identifier, IdentifierHelp? Help)
{
    public static implicit operator Reading(Identifier identifier) => new(identifier, null);

    public static implicit operator Reading(IdentifierHelp help) => new(null, help);
}
