namespace WeToo.BrowserTests;

/// <summary>A fresh deployment whose first counselor has accepted the invitation.</summary>
public sealed class StaffedDeployment(Chromium chromium) : IAsyncLifetime
{
    public Deployment Deployment { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Deployment.InitializeAsync();
        await using var counselor = await chromium.NewVisitorAsync(Deployment);
        await Counselor.JoinAsync(counselor);
    }

    public ValueTask DisposeAsync() => Deployment.DisposeAsync();
}
