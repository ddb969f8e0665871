using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Writing;

/// <summary>
/// The only way to write. It takes so many at once and no more: who comes when all places are taken hears so at once, and nobody waits without an end.
/// </summary>
internal sealed class Writes(Database database, PageCache pages, VoicesOptions options)
{
    private int _waiting;

    /// <summary>Writes, and has every page that shows what was written made anew.</summary>
    /// <param name="changed">What changes: the names that pages depend on (<see cref="PageCache.Dependencies"/>).</param>
    /// <param name="work">As for <see cref="Database.TransactAsync"/>.</param>
    /// <param name="cancel">Gives up work that has not begun.</param>
    /// <param name="adds">Whether it adds to what is there, and changes and takes away nothing.</param>
    /// <returns>What the work returned, committed; or <see cref="Refusal.WritesFull"/>, and nothing was written.</returns>
    internal async Task<(T? Value, Refusal? Refusal)> TransactAsync<T>(IReadOnlyCollection<string> changed, Func<Session, T> work, CancellationToken cancel, bool adds = false)
    {
        if (Interlocked.Increment(ref _waiting) > options.MostWaitingWrites)
        {
            Interlocked.Decrement(ref _waiting);
            return (default, Refusal.WritesFull);
        }

        try
        {
            var value = await database.TransactAsync(work, cancel);
            if (adds) pages.Added(changed);
            else pages.Changed(changed);
            return (value, null);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
