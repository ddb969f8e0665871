using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Voices;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Texts;

namespace WeToo.Benchmarks;

/// <summary>A publication with a thread of 500 comments, and a letter that takes more, in a process of its own.</summary>
internal static class VoicesServer
{
    internal const int ThreadSize = 500;
    internal const string Words = "What I would ask of them first is a *name*, then a time to talk, and the number of somebody outside of the house. The rest can wait, and mostly it does.";

    internal static async Task<int> RunAsync(string folder)
    {
        var options = new VoicesOptions { Urls = "http://127.0.0.1:0", Database = $"Data Source={Path.Combine(folder, "voices.db")}", KeyFile = Path.Combine(folder, "voices.key"), FreeWritesPerMinute = 0 };
        await using var app = await VoicesHost.StartAsync(options, TimeProvider.System, logging => logging.ClearProviders());
        await SeedAsync(app.Services, "long", ThreadSize);
        await SeedAsync(app.Services, "busy", 1);
        Console.WriteLine(Hosts.AddressOf(app));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task SeedAsync(IServiceProvider services, string slug, int count)
    {
        var (editions, database, commenting) = (services.GetRequiredService<Editions>(), services.GetRequiredService<Database>(), services.GetRequiredService<Commenting>());
        var piece = (await editions.BeginAsync("letter", "en", slug, null, new("A letter", "We ask two things.\n\n1. Answer within two days.\n2. Publish the figures."), default)).Piece!;
        await editions.PublishAsync(piece, 1, default);
        var shown = await database.ReadAsync(session => PieceReads.Shown(session, "en", "letter", slug)!, default);
        await editions.AllowRepliesAsync(shown.WorkId, "open", null, default);

        var visit = new Visit(services.GetRequiredService<VoicesOptions>());
        var (thread, _) = await commenting.AddAsync(shown, Form(0), new(null, 1, null, ""), visit, default);
        await Task.WhenAll(Enumerable.Range(1, count - 1).Select(i => commenting.AddAsync(shown, Form(i), new(thread, 1, null, ""), visit, default)));
    }

    private static CommentForm Form(int i) => new() { Name = $"Reader {i}", Text = Words };
}
