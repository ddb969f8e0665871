using WeToo.Hosting;

namespace WeToo.Vault.Features.Cases;

/// <summary>The secret by which the matcher shows that it is the matcher.</summary>
internal sealed class MatcherKey(string keyFile) : IDisposable
{
    private readonly CallerKey _key = new(keyFile);

    /// <summary>The secret as it travels.</summary>
    internal string Bearer => _key.Bearer;

    /// <summary>Whether a request carries the secret.</summary>
    internal bool Admits(HttpRequest http) => _key.Admits(http);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
