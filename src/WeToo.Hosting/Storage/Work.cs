namespace WeToo.Hosting.Storage;

/// <summary>One caller's unit of work on its way through a lane, and the promise the caller waits for.</summary>
internal abstract class Work(CancellationToken cancel)
{
    internal CancellationToken Cancel { get; } = cancel;

    /// <summary>Runs the caller's code. What it returns is kept, and told to nobody before <see cref="Succeed"/>.</summary>
    internal abstract void Run(Session session);

    /// <summary>Tells the caller its result: only ever after the commit.</summary>
    internal abstract void Succeed();

    /// <summary>Tells the caller what went wrong, unless it has heard already.</summary>
    internal abstract void Fail(Exception why);
}

/// <inheritdoc cref="Work"/>
internal sealed class Work<T>(Func<Session, T> code, CancellationToken cancel) : Work(cancel)
{
    // Continuations elsewhere: the caller's code must not run on the lane's thread.
    private readonly TaskCompletionSource<T> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T _result = default!;

    internal Task<T> Task => _promise.Task;

    internal override void Run(Session session) => _result = code(session);

    internal override void Succeed() => _promise.SetResult(_result);

    internal override void Fail(Exception why)
    {
        if (why is OperationCanceledException && Cancel.IsCancellationRequested) _ = _promise.TrySetCanceled(Cancel);
        else _ = _promise.TrySetException(why);
    }
}
