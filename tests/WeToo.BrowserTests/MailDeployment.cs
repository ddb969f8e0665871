using WeToo.Tests;

namespace WeToo.BrowserTests;

/// <summary>A fresh deployment with a counselor, and a real mail server beside it.</summary>
public sealed class MailDeployment(Chromium chromium) : IAsyncLifetime
{
    /// <summary>Takes every mail.</summary>
    public MailServer Mail { get; private set; } = null!;

    public Deployment Deployment { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Mail = await MailServer.StartAsync();
        Deployment = new() { More = ["--mail", Mail.Address.ToString(), "--mail-from", "post@garden-notes.example"] };
        await Deployment.InitializeAsync();
        await using var counselor = await chromium.NewVisitorAsync(Deployment);
        await Counselor.JoinAsync(counselor);
    }

    public async ValueTask DisposeAsync()
    {
        await Deployment.DisposeAsync();
        await Mail.DisposeAsync();
    }
}
