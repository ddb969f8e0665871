namespace WeToo.Core.Identifiers;

/// <summary>Why a text is no identifier, so that the screen can say what to type instead. spec/identifiers.md §9.</summary>
public enum IdentifierHelp
{
    /// <summary>Nothing was typed, or nothing visible.</summary>
    Empty,

    /// <summary>More than 2,048 characters, or a part longer than its kind allows.</summary>
    TooLong,

    /// <summary>A control character, one that Unicode does not assign, or half of a pair.</summary>
    NotText,

    /// <summary>A number without + needs the country.</summary>
    NoCountry,

    /// <summary>No telephone number of that country, or no member number, is written like this.</summary>
    NotANumber,

    /// <summary>A number with an extension behind it is two things; only the first part can be matched.</summary>
    Extension,

    /// <summary>No domain, or one that cannot exist.</summary>
    NoDomain,

    /// <summary>Not one e-mail address.</summary>
    NotAnAddress,

    /// <summary>A name without the platform it is used on.</summary>
    NoPlatform,

    /// <summary>A link to a platform, without a person in it.</summary>
    NoHandle,

    /// <summary>No name on that platform is written like this.</summary>
    NotAHandle,

    /// <summary>A link to a post, a picture, a group or a company: open the person's own page.</summary>
    NotAProfile,

    /// <summary>A link made for sharing says nothing of whom: open it and take the address of the page.</summary>
    ShareLink,

    /// <summary>Not the address of a page.</summary>
    NotALink,

    /// <summary>A member number without its organisation.</summary>
    NoOrganisation,

    /// <summary>It could not be told what kind of identifier this is.</summary>
    NotRecognised,
}
