using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Voices;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>A real publication on a loopback port, with a clock that a test turns.</summary>
internal sealed class RunningVoices : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _folder;

    private RunningVoices(TestDatabase database, WebApplication app, FakeTimeProvider time, string folder)
    {
        (_database, App, Time, _folder) = (database, app, time, folder);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = Hosts.AddressOf(app),
        };
    }

    internal WebApplication App { get; }

    internal FakeTimeProvider Time { get; }

    internal HttpClient Client { get; }

    /// <summary>Of its database, for a program of its own.</summary>
    internal string Connection => _database.Connection;

    /// <summary>To look into what was written.</summary>
    internal Database Database => _database.Database;

    internal Editions Editions => App.Services.GetRequiredService<Editions>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<RunningVoices> StartAsync(Engine engine = Engine.Sqlite, Action<VoicesOptions>? settings = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var database = await Engines.CreateAsync(engine, typeof(VoicesHost).Assembly);
        var folder = Directory.CreateTempSubdirectory("wetoo-voices-").FullName;
        var options = new VoicesOptions { Urls = "http://127.0.0.1:0", Database = database.Connection, Name = "The Open Page", KeyFile = Path.Combine(folder, "voices.key") };
        settings?.Invoke(options);
        if (options.Mail.Server is not null) options.PublicUrl ??= new("http://voices.example");
        return new(database, await VoicesHost.StartAsync(options, time, logging => logging.ClearProviders(), Cancel), time, folder);
    }

    /// <summary>Publishes a new work.</summary>
    internal async Task<byte[]> PublishAsync(string kind, string slug, Draft draft, string language = "en", byte[]? work = null, long together = 0)
    {
        var (piece, refusal) = await Editions.BeginAsync(kind, language, slug, work, draft, Cancel, together);
        Assert.Null(refusal);
        Assert.Null(await Editions.PublishAsync(piece!, 1, Cancel));
        return piece!;
    }

    /// <summary>Saves and publishes the next revision.</summary>
    internal async Task ReviseAsync(byte[] piece, Draft draft)
    {
        var (revision, refusal) = await Editions.SaveAsync(piece, draft, Cancel);
        Assert.Null(refusal);
        Assert.Null(await Editions.PublishAsync(piece, revision, Cancel));
    }

    internal Task<byte[]> WorkOfAsync(byte[] piece) =>
        Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT work_id FROM pieces WHERE piece_id = @piece", new { piece })!, Cancel);

    internal async Task<string> ReadAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    internal async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
