using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Sealing;
using WeToo.Hosting;

namespace WeToo.Vault.Features.Cases;

/// <summary>The secret by which the matcher shows that it is the matcher.</summary>
internal sealed class MatcherKey(string keyFile) : IDisposable
{
    private readonly SecretBytes _key = SecretFile.ReadOrCreate(keyFile);

    /// <summary>Whether a request carries the secret. Constant-time in its content.</summary>
    internal bool Admits(HttpRequest http)
    {
        var expected = Encoding.ASCII.GetBytes("Bearer " + Convert.ToHexStringLower(_key.Span));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Headers.Authorization.ToString()), expected);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
