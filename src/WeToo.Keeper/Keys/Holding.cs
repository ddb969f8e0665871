using WeToo.Core.Group;
using WeToo.Core.Keysets;

namespace WeToo.Keeper.Keys;

/// <summary>What this keeper holds in one epoch: its shares, and the keyset they belong to. Cleared when its last user has let go.</summary>
internal sealed class Holding : IDisposable
{
    private int _users = 1; // The one that disposes of it.

    internal Holding(SignedKeyset signed, byte index, Scalar k, Scalar z)
    {
        (Signed, Index, K, Z) = (signed, index, k, z);
        Entry = signed.Keyset.Keeper(index) ?? throw new InvalidOperationException("The keyset does not name this keeper.");
        if (Element.FromGenerator(k) != Entry.Y || Element.FromGenerator(z) != Entry.Z)
            throw new InvalidOperationException("The shares in the database are not those of the keyset.");
    }

    internal SignedKeyset Signed { get; }

    internal Keyset Keyset => Signed.Keyset;

    internal byte Index { get; }

    /// <summary>This keeper as its keyset names it.</summary>
    internal KeeperEntry Entry { get; }

    /// <summary>The share of the OPRF key, while in use.</summary>
    internal Scalar K { get; }

    /// <summary>The share of the sealing key, while in use.</summary>
    internal Scalar Z { get; }

    /// <summary>The same shares under another revision of the keyset.</summary>
    internal Holding Revised(SignedKeyset signed) => new(signed, Index, K.Copy(), Z.Copy());

    /// <summary>Begins a use, or says that it is too late.</summary>
    internal bool TryUse()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
        return false;
    }

    /// <summary>Ends a use; the last one clears the shares.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) != 0) return;
        K.Dispose();
        Z.Dispose();
    }
}

/// <summary>The holding in force. Requests use it while they run; a ceremony or a revision puts another in its place.</summary>
internal sealed class CurrentHolding(Holding? first) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private Holding? _current = first;

    /// <summary>The holding in force, for the caller to dispose of; null before the first ceremony and after the last.</summary>
    internal Holding? Use()
    {
        while (Volatile.Read(ref _current) is { } holding)
            if (holding.TryUse()) return holding;
        return null;
    }

    /// <summary>Puts another holding in force, one change after the other. What still runs with the one before ends with it.</summary>
    /// <param name="change">Writes the change to the database and gives the next holding, or the same one to leave it.</param>
    /// <param name="cancel">Gives up before the turn comes.</param>
    internal async Task ChangeAsync(Func<Holding?, Task<Holding?>> change, CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            var present = _current;
            var next = await change(present);
            if (ReferenceEquals(next, present)) return;
            Volatile.Write(ref _current, next);
            present?.Dispose();
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    public void Dispose()
    {
        _current?.Dispose();
        _current = null;
        _changing.Dispose();
    }
}
