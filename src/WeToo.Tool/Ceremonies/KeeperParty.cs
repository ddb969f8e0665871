using System.Text.Json;
using WeToo.Core.Group;
using WeToo.Hosting;

namespace WeToo.Tool.Ceremonies;

/// <summary>A keeper as a coordinator meets it: its own word for who it is, which every operator compares with what they were told.</summary>
/// <param name="Name">The organisation.</param>
/// <param name="Static">Its static ceremony key.</param>
/// <param name="Signing">Its signing key, in hexadecimal.</param>
/// <param name="Peer">How to reach it.</param>
internal sealed record KeeperParty(string Name, Element Static, string Signing, Peer Peer)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Its static key, in hexadecimal.</summary>
    internal string StaticHex => Convert.ToHexStringLower(Static.ToBytes());

    /// <summary>Asks keepers who they are.</summary>
    /// <exception cref="CeremonyFailedException">One does not answer, or is no keeper.</exception>
    internal static async Task<IReadOnlyList<KeeperParty>> MeetAsync(IEnumerable<Uri> addresses, CancellationToken cancel)
    {
        var met = new List<KeeperParty>();
        foreach (var address in addresses) met.Add(await MeetAsync(address, cancel));
        return met;
    }

    private static async Task<KeeperParty> MeetAsync(Uri address, CancellationToken cancel)
    {
        var peer = new Peer(address, s_patience);
        var (bytes, refusal) = await peer.ReadAsync("v1/keeper", cancel);
        if (refusal is not null) throw new CeremonyFailedException($"Nobody answers at {address}. Nothing is lost: run the same command again when the keeper is up.");

        using var json = JsonDocument.Parse(bytes);
        var (name, key, signing) = (json.RootElement.GetProperty("name").GetString(), json.RootElement.GetProperty("static").GetString(), json.RootElement.GetProperty("signing").GetString());
        return name is not null && key is not null && signing is not null && Element.TryParse(Convert.FromHexString(key), out var staticKey)
            ? new(name, staticKey, signing, peer)
            : throw new CeremonyFailedException($"What answers at {address} is no keeper.");
    }
}
