using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>A publication with a real mail server.</summary>
public abstract class MailedVoicesTests : IAsyncLifetime
{
    private protected MailServer Server { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Server = await MailServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunningVoices> StartMailedAsync(Engine engine, Action<WeToo.Voices.VoicesOptions>? settings) => RunningVoices.StartAsync(engine, options =>
    {
        options.Mail = new() { Server = Server.Address, From = "letters@open.example" };
        settings?.Invoke(options);
    });

    private protected static Task DeliverAsync(RunningVoices voices) => voices.App.Services.GetRequiredService<MailWorker>().RunDueAsync(Cancel);

    private protected static string TextOf(string mail)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
        return MimeMessage.Load(bytes, Cancel).TextBody!;
    }
}
