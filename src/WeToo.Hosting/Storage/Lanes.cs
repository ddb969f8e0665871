namespace WeToo.Hosting.Storage;

/// <summary>How one engine takes work: in which order, on which threads, and what becomes of conflicts.</summary>
internal abstract class Lanes : IDisposable
{
    private long _commits;

    /// <summary>How many writing transactions have been committed: each costs one fsync.</summary>
    internal long Commits => Interlocked.Read(ref _commits);

    /// <summary>Lets waiting work finish, then closes every connection.</summary>
    public abstract void Dispose();

    internal abstract void Write(Work work);

    internal abstract void Read(Work work);

    private protected void CountCommit() => Interlocked.Increment(ref _commits);
}
