using System.Text;
using WeToo.Core.Keysets;

namespace WeToo.Hosting.Keepers;

/// <summary>
/// The keyset in force, as a host other than the vault knows it: fetched from the vault, checked, pinned, and fetched anew when
/// something does not fit. A keyset that may not follow the pinned one is never taken.
/// </summary>
/// <param name="vault">The vault.</param>
public sealed class KeysetSource(Peer vault)
{
    private volatile SignedKeyset? _pinned;

    /// <summary>The keyset as last fetched; null before the first.</summary>
    public SignedKeyset? Current => _pinned;

    /// <summary>The pinned keyset, fetched if there is none yet.</summary>
    /// <returns>The keyset; null when the vault is out of reach or has none.</returns>
    public async Task<SignedKeyset?> GetAsync(CancellationToken cancel) => _pinned ?? await RefreshAsync(cancel);

    /// <summary>Fetches the keyset anew.</summary>
    /// <returns>The newest one that may follow; the pinned one when the vault is out of reach or offers something else.</returns>
    public async Task<SignedKeyset?> RefreshAsync(CancellationToken cancel)
    {
        var (bytes, refusal) = await vault.ReadAsync("v1/keyset", cancel);
        if (refusal is not null) return _pinned;

        var offered = SignedKeyset.TryParse(Encoding.UTF8.GetString(bytes));
        if (offered is not null && (_pinned is not { } pinned || pinned.MayBeFollowedBy(offered))) _pinned = offered;
        return _pinned;
    }
}
