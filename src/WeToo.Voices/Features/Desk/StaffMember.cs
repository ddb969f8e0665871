namespace WeToo.Voices.Features.Desk;

/// <summary>Somebody who works for the publication, as ASP.NET Core Identity handles them.</summary>
internal sealed class StaffMember
{
    public byte[] StaffId { get; set; } = [];

    public string Name { get; set; } = "";

    public string Folded { get; set; } = "";

    /// <summary>Hashed; empty until the invitation is taken.</summary>
    public string Password { get; set; } = "";

    public string Stamp { get; set; } = "";

    /// <summary>The key of the codes, sealed.</summary>
    public byte[] Totp { get; set; } = [];

    public long Failures { get; set; }

    public long? LockedUntilS { get; set; }

    public long? InvitedUntilS { get; set; }

    internal string Id => Convert.ToHexStringLower(StaffId);
}
