using System.Security.Cryptography;
using System.Text;

namespace WeToo.Matcher.Features.Apart;

/// <summary>The secret that both operators set, by which the vault shows that it is the vault.</summary>
internal sealed class VaultBearer(string bearer)
{
    private readonly byte[] _expected = Encoding.ASCII.GetBytes("Bearer " + bearer);

    /// <summary>Whether a request carries the secret. Constant-time in its content.</summary>
    internal bool Admits(HttpRequest http) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Headers.Authorization.ToString()), _expected);
}
