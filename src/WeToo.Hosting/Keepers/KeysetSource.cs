using WeToo.Core.Keysets;

namespace WeToo.Hosting.Keepers;

/// <summary>
/// The keyset in force, as a host other than the vault knows it: fetched from the vault, checked, pinned, and fetched anew when
/// something does not fit. A keyset that may not follow the pinned one is never taken.
/// </summary>
/// <param name="http">For the vault.</param>
/// <param name="vault">The vault's address.</param>
public sealed class KeysetSource(HttpClient http, Uri vault)
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
        try
        {
            using var response = await http.GetAsync(new Uri(vault, "v1/keyset"), cancel);
            if (!response.IsSuccessStatusCode) return _pinned;

            var offered = SignedKeyset.TryParse(await response.Content.ReadAsStringAsync(cancel));
            if (offered is not null && (_pinned is not { } pinned || pinned.MayBeFollowedBy(offered))) _pinned = offered;
        }
        catch (HttpRequestException)
        {
            // Out of reach: what we have stays in force.
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Likewise.
        }

        return _pinned;
    }
}
