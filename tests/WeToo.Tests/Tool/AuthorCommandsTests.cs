using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeToo.Hosting.Storage;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Authoring;
using WeToo.Tool.Up;
using WeToo.Vault.Features.Desk;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary>An author at a terminal, with a deployment that runs.</summary>
public sealed class AuthorCommandsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-author-").FullName;
    private Deployment _deployment = null!;
    private HttpClient _http = null!;
    private CounselorClient _counselor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(new(new(_folder, null), 0, (0, 0), "invitation"), TimeProvider.System, logging => logging.ClearProviders(), Cancel);
        _http = new HttpClient { BaseAddress = _deployment.Ports.Vault };
        _counselor = new(new VaultClient(_http), TimeProvider.System, _deployment.FirstKeyset.Keyset.Deployment);
        Assert.Null(await _counselor.JoinAsync(await InvitationCodes.IssueAsync(_deployment.Vault.Services.GetRequiredService<Database>(), Cancel), "Inès", Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        _counselor.Dispose();
        _http.Dispose();
        await _deployment.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_is_filed_in_a_terminal_is_found_again_with_ten_words_and_can_be_taken_back()
    {
        var (filing, receipt) = await FileAsync("06 12 34 56 78");
        var status = await Terminal.RunAsync(receipt, Command("status"));
        Assert.Equal(0, status.Code);
        Assert.Contains($"{filing}  sealed", status.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await Terminal.RunAsync(receipt, Command("withdraw", filing))).Code);
        Assert.Contains($"{filing}  withdrawn", (await Terminal.RunAsync(receipt, Command("status"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_write_a_number_differently_meet_and_one_consents()
    {
        var ana = await FileAsync("06 12 34 56 78");
        _ = await FileAsync("+33 6.12.34.56.78");
        await Eventually.HoldsAsync(async () => (await _counselor.CasesAsync(Cancel)).Cases.Count == 2, "two cases are there");

        Assert.Null(await _counselor.VerifyAsync((await _counselor.CasesAsync(Cancel)).Cases[0], Cancel));
        Assert.Equal(0, (await Terminal.RunAsync(ana.Receipt, Command("consent", ana.Filing))).Code);
        var status = await Terminal.RunAsync(ana.Receipt, Command("status", "--json"));

        using var json = JsonDocument.Parse(status.Output[status.Output.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Contains(json.RootElement.GetProperty("filings")[0].GetProperty("state").GetString(), (string[])["consented", "released"]);
    }

    [Fact]
    public async Task Each_failure_has_its_sentence_and_its_exit_code()
    {
        var unreadable = await Terminal.RunAsync("text", Command("file", "--text", "-", "--least-number", "2", "--identifier", "nobody in particular", "--yes"));
        var unconfirmed = await Terminal.RunAsync("text", Command("file", "--text", "-", "--least-number", "2", "--identifier", "+33612345678"));
        var tooMany = await Terminal.RunAsync("text", Command("file", "--text", "-", "--least-number", "6", "--identifier", "+33612345678", "--yes"));
        var uninvited = await Terminal.RunAsync("text", Command("file", "--text", "-", "--least-number", "2", "--identifier", "+33612345678", "--yes", "--invitation", "0000-0000"));
        var noWords = await Terminal.RunAsync("these are no words of a receipt at all\n", Command("status"));
        var nobody = await Terminal.RunAsync("", "status", "--site", "http://127.0.0.1:9");

        Assert.Equal([2, 2, 2, 1, 2, 3], [unreadable.Code, unconfirmed.Code, tooMany.Code, uninvited.Code, noWords.Code, nobody.Code]);
        Assert.Contains("cannot be read", unreadable.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", unconfirmed.Error, StringComparison.Ordinal);
        Assert.Contains("no such invitation", uninvited.Error, StringComparison.Ordinal);
        Assert.Contains("Nobody answers", nobody.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_were_pinned_are_held_against_another_deployment()
    {
        var pin = Path.Combine(_folder, "pin.json");
        var (_, receipt) = await FileAsync("+33612345678", "--pin", pin);
        Assert.Equal(0, (await Terminal.RunAsync(receipt, Command("status", "--pin", pin))).Code);

        await using var other = await Deployment.StartAsync(
            new(new(Path.Combine(_folder, "other"), null), 0, (0, 0), "invitation"), TimeProvider.System, logging => logging.ClearProviders(), Cancel);
        var refused = await Terminal.RunAsync(receipt, "status", "--site", $"{other.Ports.Vault}", "--pin", pin);

        Assert.Equal(1, refused.Code);
        Assert.Contains("not the ones you know", refused.Error, StringComparison.Ordinal);
    }

    private async Task<Filed> FileAsync(string identifier, params string[] more)
    {
        var codes = await _deployment.Registrar.Services.GetRequiredService<InvitationList>().IssueAsync(1, Cancel);
        var filed = await Terminal.RunAsync(
            "He locked the door.",
            Command("file", ["--text", "-", "--least-number", "2", "--identifier", identifier, "--region", "FR", "--invitation", codes[0], "--call-me", "A.", "--yes", "--json", .. more]));
        Assert.True(filed.Code == 0, filed.Error);
        using var json = JsonDocument.Parse(filed.Output);
        return new(json.RootElement.GetProperty("filing_id").GetString()!, json.RootElement.GetProperty("receipt").GetString()! + "\n");
    }

    private sealed record Filed(string Filing, string Receipt);

    private string[] Command(string name, params string[] more) => [name, "--site", $"{_deployment.Ports.Vault}", .. more];
}
