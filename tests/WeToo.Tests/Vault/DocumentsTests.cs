using WeToo.Tests.Tool;
using WeToo.Vault.Features.Requests;
using WeToo.Vault.Features.Statistics;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary><c>wetoo documents</c> writes drafts from the deployment's settings, and from no case (O6).</summary>
public sealed class DocumentsTests : IDisposable
{
    private static readonly string[] s_names = ["agreement.md", "handing-over.md", "impact-assessment.md", "transparency.md"];

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-documents-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int LastYear => TimeProvider.System.GetUtcNow().Year - 1;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task They_hold_the_deployments_own_data_and_every_place_is_filled()
    {
        await using var set = await VaultSet.StartAsync();
        _ = await YearBook.PublishAsync(set.Database, LastYear, 13, null, 0, TimeProvider.System, Cancel);
        var written = await WriteAsync(set, "drafts");

        Assert.Equal(s_names, written.Keys.Order(StringComparer.Ordinal));
        Assert.All(written.Values, text => Assert.DoesNotContain("{{", text, StringComparison.Ordinal));
        Assert.All(set.Keyset.Keyset.Keepers, keeper => Assert.All((string[])["agreement.md", "handing-over.md", "impact-assessment.md"], name => Assert.Contains($"- {keeper.Name}", written[name], StringComparison.Ordinal)));
        Assert.Contains("| People who wrote, and may be counted | 15 |", written["transparency.md"], StringComparison.Ordinal);
        Assert.Contains("| Requests from outside for what we hold | fewer than 10 |", written["transparency.md"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_the_same_bytes_with_cases_and_without()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var before = await WriteAsync(set, "before");
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));

        Assert.Equal(before, await WriteAsync(set, "after"));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        await using var set = await VaultSet.StartAsync();
        _ = await WriteAsync(set, "drafts");
        _ = await RequestRegister.AddAsync(set.Database, RequestKind.Court, RequestOutcome.HandedOver, TimeProvider.System, Cancel);

        var again = await RunAsync(set, "drafts");

        Assert.Equal(1, again.Code);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
    }

    private async Task<SortedDictionary<string, string>> WriteAsync(VaultSet set, string name)
    {
        var ran = await RunAsync(set, name);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        return new(Directory.EnumerateFiles(Path.Combine(_folder, name)).ToDictionary(path => Path.GetFileName(path), File.ReadAllText), StringComparer.Ordinal);
    }

    private async Task<Ran> RunAsync(VaultSet set, string name) => await Terminal.RunAsync(
        "", "documents", "--config", await set.WriteSettingsAsync(), "--organisation", "House of Work", "--year", $"{LastYear}", "--out", Path.Combine(_folder, name));
}
