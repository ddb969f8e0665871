using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using WeToo.Core.Sealing;

namespace WeToo.Hosting;

/// <summary>The secret by which one caller shows that it is this caller: both operators set the same file.</summary>
/// <param name="keyFile">The file; drawn the first time.</param>
public sealed class CallerKey(string keyFile) : IDisposable
{
    private readonly SecretBytes _key = SecretFile.ReadOrCreate(keyFile);

    /// <summary>The secret as it travels, in hex.</summary>
    public string Bearer => Convert.ToHexStringLower(_key.Span);

    /// <summary>Whether a request carries the secret. Constant-time in its content.</summary>
    /// <param name="http">The request.</param>
    public bool Admits(HttpRequest http)
    {
        var expected = Encoding.ASCII.GetBytes("Bearer " + Bearer);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Headers.Authorization.ToString()), expected);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
