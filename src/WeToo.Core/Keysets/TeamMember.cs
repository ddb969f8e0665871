namespace WeToo.Core.Keysets;

/// <summary>What somebody of the team is there for. WEP-1, section 2.</summary>
public enum TeamRole
{
    /// <summary>Listens: cases are offered to them.</summary>
    Counselor,

    /// <summary>Stands outside the team: cases are offered to them when the team itself is concerned.</summary>
    Ombuds,

    /// <summary>Sees how much work there is. Opens nothing.</summary>
    Coordinator,

    /// <summary>Runs the machines. Opens nothing.</summary>
    Admin,
}

/// <summary>One person of the team, as the roster names them.</summary>
/// <param name="Name">What authors see.</param>
/// <param name="Recipient">The age recipient, <c>age1…</c>, that is sealed to.</param>
/// <param name="Signing">The Ed25519 public key, 32 bytes.</param>
public sealed record TeamMember(string Name, string Recipient, ReadOnlyMemory<byte> Signing)
{
    /// <summary>Who employs them; empty when that was not said.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>What they are there for.</summary>
    public TeamRole Role { get; init; }

    /// <summary>Since when they are on the roster, in days since 1970; 0 when that was not said.</summary>
    public uint SinceDay { get; init; }

    /// <summary>The languages that they speak, as BCP 47 has them, such as <c>fr</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Whether packages are sealed to them and cases offered.</summary>
    public bool MayBeOffered => Role is TeamRole.Counselor or TeamRole.Ombuds;
}
