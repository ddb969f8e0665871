namespace WeToo.Tests;

/// <summary>Waits for what other threads and processes bring about: looks again and again, and gives up after a minute.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until a condition holds; fails the test when it does not come to hold.</summary>
    internal static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Xunit.TestContext.Current.CancellationToken);
        limit.CancelAfter(s_patience);
        using var timer = new PeriodicTimer(s_between);
        try
        {
            while (!await condition()) await timer.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!Xunit.TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Xunit.Assert.Fail($"It did not come to pass within {s_patience.TotalSeconds} s: {what}");
        }
    }
}
