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

    /// <summary>The stamp that is stored: whoever was changed since is not written over.</summary>
    public string ReadStamp { get; set; } = "";

    /// <summary>The key of the codes, sealed.</summary>
    public byte[] Totp { get; set; } = [];

    public long? InvitedUntilS { get; set; }

    internal string Id => Convert.ToHexStringLower(StaffId);
}
