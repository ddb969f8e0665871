using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Hosting;

namespace WeToo.Log.Store;

/// <summary>The log's name and the key that signs its checkpoints, and nothing else.</summary>
public sealed class LogKey : IDisposable
{
    private readonly SigningKey _signing;

    /// <summary>Reads the key, and draws it the first time.</summary>
    /// <param name="origin">The log's name.</param>
    /// <param name="keyFile">Where the key is.</param>
    public LogKey(string origin, string keyFile)
    {
        using var seed = SecretFile.ReadOrCreate(keyFile);
        _signing = SigningKey.FromSeed(seed.Span);
        Public = new(origin, NoteKeyKind.Log, _signing.PublicKey);
    }

    /// <summary>By which others verify.</summary>
    public NoteKey Public { get; }

    /// <summary>Signs a checkpoint.</summary>
    internal SignedNote Sign(ulong size, byte[] root) => SignedNote.Sign(new Checkpoint(Public.Name, size, root).ToText(), Public.Name, _signing);

    /// <inheritdoc/>
    public void Dispose() => _signing.Dispose();
}
