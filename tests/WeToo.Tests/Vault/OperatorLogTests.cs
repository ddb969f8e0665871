using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Hosting.Storage;
using WeToo.Tests.Tool;
using WeToo.Vault;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Requests;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>The vault's log of what its operator and team did.</summary>
public sealed class OperatorLogTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Every_act_is_a_line_without_content_that_follows_from_those_before(Engine engine)
    {
        await using var set = await ActedAsync(engine);

        var lines = await OperatorLog.ExportAsync(set.Database, 0, Cancel);

        Assert.Equal((4, null), VaultAudit.Chain.Verify(lines));
        Assert.Equal(["KeysetInForce", "BackupMade", "Restored", "RequestRegistered"], lines.Skip(1).Select(line => Field(line, "kind")));
        Assert.All(lines.Skip(1), line => Assert.Equal(["seq", "day", "kind", "digest", "head"], JsonDocument.Parse(line).RootElement.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(lines.Skip(3), (await OperatorLog.ExportAsync(set.Database, 2, Cancel)).Skip(1));
    }

    [Theory]
    [InlineData("UPDATE audit SET day = day + 1 WHERE seq = 2")]
    [InlineData("UPDATE audit SET kind = 7 WHERE seq = 2")]
    [InlineData("DELETE FROM audit WHERE seq = 2")]
    public async Task A_changed_past_is_shown_by_wetoo_audit_verify(string tampering)
    {
        await using var set = await ActedAsync(Engine.Sqlite);
        var settings = await set.WriteSettingsAsync();
        Assert.Equal(0, (await Terminal.RunAsync("", "audit", "verify", "--config", settings)).Code);

        _ = await set.Database.TransactAsync(session => session.Execute(tampering), Cancel);

        var shown = await Terminal.RunAsync("", "audit", "verify", "--config", settings);
        Assert.Equal(1, shown.Code);
        Assert.Contains("1 records hold. Record 2", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_past_that_was_rewritten_as_a_whole_or_cut_off_is_shown_by_a_head_that_was_kept()
    {
        await using var set = await ActedAsync(Engine.Sqlite);
        var settings = await set.WriteSettingsAsync();
        var lines = await OperatorLog.ExportAsync(set.Database, 0, Cancel);
        string[] kept = ["--kept-seq", "4", "--kept-head", Field(lines[4], "head")];
        Assert.Equal(0, (await Terminal.RunAsync("", ["audit", "verify", "--config", settings, .. kept])).Code);

        _ = await set.Database.TransactAsync(session => session.Execute("DELETE FROM audit WHERE seq >= 4"), Cancel);
        var cutOff = await Terminal.RunAsync("", ["audit", "verify", "--config", settings, .. kept]);
        _ = await RequestRegister.AddAsync(set.Database, RequestKind.Police, RequestOutcome.Refused, TimeProvider.System, Cancel);
        var rewritten = await Terminal.RunAsync("", ["audit", "verify", "--config", settings, .. kept]);

        Assert.Equal((1, 1), (cutOff.Code, rewritten.Code));
        Assert.Contains("ends before record 4", cutOff.Error, StringComparison.Ordinal);
        Assert.Contains("rewritten", rewritten.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_authors_do_and_what_is_done_in_a_case_leaves_no_line()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var before = await OperatorLog.ExportAsync(set.Database, 0, Cancel);

        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[1].Withdrawal));

        Assert.Equal(before, await OperatorLog.ExportAsync(set.Database, 0, Cancel));
    }

    /// <summary>The head after the first record, worked out with another tool.</summary>
    [Fact]
    public void The_chain_is_the_one_that_is_documented()
    {
        var start = SHA256.HashData([.. "wetoo/v1/vault-audit"u8, .. new byte[32]]);
        byte[] record = [.. "wetoo/v1/vault-audit"u8, .. start, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0x51, 0x30, 1, .. Enumerable.Repeat((byte)9, 32)];

        Assert.Equal(SHA256.HashData(record), VaultAudit.Chain.Next(VaultAudit.Chain.Start(new byte[32]), 1, 0x5130, OperatorAct.BackupMade, [.. Enumerable.Repeat((byte)9, 32)]));
    }

    private static async Task<VaultSet> ActedAsync(Engine engine)
    {
        var set = await VaultSet.StartAsync(new() { Engine = engine });
        await VaultHost.NoteBackupAsync(set.Database, RandomNumberGenerator.GetBytes(32), TimeProvider.System, Cancel);
        await VaultHost.AfterRestoreAsync(set.Database, RandomNumberGenerator.GetBytes(32), TimeProvider.System, Cancel);
        _ = await RequestRegister.AddAsync(set.Database, RequestKind.Access, RequestOutcome.FixedReply, TimeProvider.System, Cancel);
        return set;
    }

    private static string Field(string line, string name) => JsonDocument.Parse(line).RootElement.GetProperty(name).GetString()!;
}
