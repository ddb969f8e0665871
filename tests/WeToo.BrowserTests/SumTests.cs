namespace WeToo.BrowserTests;

/// <summary>The slow hash of a name: beside the page, said honestly, and never a smaller one.</summary>
public sealed class SumTests(Chromium chromium, StaffedDeployment staffed) : IClassFixture<StaffedDeployment>
{
    [Fact]
    public async Task It_is_done_in_a_worker_that_says_which_name_it_is_at_and_is_gone_afterwards()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        var workers = 0;
        visitor.Page.Worker += (_, _) => workers++;
        await visitor.Page.AddInitScriptAsync("""
            new MutationObserver(() => {
              const text = document.querySelector('ol.progress [data-state=now]')?.textContent
              if (text !== undefined && !window.stages.includes(text)) window.stages.push(text)
            }).observe(document, { subtree: true, childList: true, attributes: true })
            window.stages = []
            """);
        await Author.Ana.LockAsync(visitor);

        Assert.True(workers > 0);
        Assert.Empty(visitor.Page.Workers);
        var stages = await visitor.Page.EvaluateAsync<string[]>("() => window.stages");
        Assert.Contains("Turning the name into a code: 1 of 1. An old phone can need half a minute for each", stages);
    }

    [Fact]
    public async Task A_device_without_room_for_it_says_so_and_sends_nothing_in_its_place()
    {
        await using var visitor = await chromium.NewVisitorWithLittleMemoryAsync(staffed.Deployment);
        var sent = new List<string>();
        visitor.Page.Request += (_, request) =>
        {
            if (request.Method is "POST") sent.Add(new Uri(request.Url).AbsolutePath);
        };
        await Author.Ana.ReachReceiptAsync(visitor);
        await visitor.PressAsync("I have them. Lock it now");
        await visitor.SeeAsync("This step needs more free memory than this device has right now.");
        Assert.Empty(visitor.Page.Workers);

        await visitor.PressAsync("Try now");
        await visitor.SeeAsync("This step needs more free memory than this device has right now.");
        Assert.DoesNotContain(sent, path => path.EndsWith("/evaluations", StringComparison.Ordinal) || path == "/v1/filings");
    }

    [Fact]
    public async Task A_code_to_step_away_that_cannot_be_made_is_said_too()
    {
        await using var visitor = await chromium.NewVisitorWithLittleMemoryAsync(staffed.Deployment);
        await Author.ReachKeepAsync(visitor);
        await visitor.PressAsync("Keep nothing");
        await visitor.WriteAsync("A code to come back to this page", "four calm herons");
        await visitor.PressAsync("Continue");
        await visitor.SeeAsync("This needs more free memory than this device has right now.");
        await visitor.SeeHeadingAsync("Nothing is kept");
    }
}
