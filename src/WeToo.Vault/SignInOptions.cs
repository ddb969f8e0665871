namespace WeToo.Vault;

/// <summary>
/// The sign-in of the organisation that counselors belong to: the section <c>Vault:SignIn</c>, for OpenID Connect. It stands before the desk and opens
/// nothing: what is sealed to a counselor opens with their key alone. Without an authority nobody signs in.
/// </summary>
public sealed class SignInOptions
{
    /// <summary>Where the organisation signs people in, such as <c>https://login.example.org/realms/staff</c>.</summary>
    public Uri? Authority { get; set; }

    /// <summary>What the organisation calls this vault.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The file of the secret between the two, when there is one.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>Where counselors open this vault, such as <c>https://notes.example.org</c>: the organisation sends them back there.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>What else is asked for, when the organisation names groups only to who asks, such as <c>groups</c>.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>A claim that people must have, such as <c>groups</c>; everybody of the organisation when empty.</summary>
    public string Claim { get; set; } = "";

    /// <summary>What the claim must say, such as <c>counselors</c>.</summary>
    public string Value { get; set; } = "";

    /// <summary>Hours until somebody must sign in again, and so the longest that the desk stays open to who was shut out there: 1 to 24.</summary>
    public int Hours { get; set; } = 10;
}
