namespace WeToo.Core.Identifiers;

/// <summary>The ways to say who a person is that two people can say alike. Never a name. spec/identifiers.md §1.</summary>
public enum IdentifierType
{
    /// <summary>A telephone number: <c>tel:+33612345678</c>.</summary>
    Tel,

    /// <summary>An e-mail address: <c>email:sam.doe@example.org</c>.</summary>
    Email,

    /// <summary>A name on a platform: <c>handle:instagram:sam_doe</c>.</summary>
    Handle,

    /// <summary>A page of the person on a site without a rule of its own: <c>url:example.org/people/42</c>.</summary>
    Url,

    /// <summary>A staff or student number in an organisation: <c>member:university-of-lyon:AB1234</c>.</summary>
    Member,
}
