using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Keeper;
using WeToo.Tests.Keeper;
using WeToo.Vault.Features.Desk;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Which keyset the vault publishes, and how counselors come onto its roster. WEP-1, sections 2 and 12.</summary>
public sealed class KeysetTests
{
    private const string Join = "/v1/desk/counselors";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keepers_that_somebody_invented_replace_nothing_although_their_points_combine()
    {
        await using var set = await VaultSet.StartAsync();
        var real = set.Keyset.Keyset;
        using var own = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        KeeperEntry invented = new(1, "Invented", own.PublicKey, real.Y, real.Z);

        foreach (var epoch in (uint[])[real.Epoch, real.Epoch + 1])
        {
            var text = KeysetText.Write(
                real.Deployment.Span, epoch, real.Revision + 1, 1, [invented], real.Y, real.Z, RandomNumberGenerator.GetBytes(32), real.Registrars,
                real.RosterSha256.Span, real.Policy);
            var forged = SignedKeyset.TryCreate(Keyset.TryParse(text)!, set.Keyset.Roster, [new(1, own.Sign<KeysetPurpose>(Encoding.UTF8.GetBytes(text)))]);

            Assert.NotNull(forged); // Its own keepers did sign it.
            Assert.Equal(Refusal.KeysetInvalid, (await set.SendAsync(HttpMethod.Put, "/v1/keyset", Encoding.UTF8.GetBytes(forged.ToJson()))).Refusal);
        }

        Assert.Equal(set.Keyset.ToJson(), await PublishedAsync(set));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_all_keepers_in_force_signed_is_published_and_survives_a_restart(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (real, keepers) = (set.Keyset.Keyset, set.Keepers.Keepers);
        var text = KeysetText.Revise(real, real.RosterSha256.Span);
        KeysetSignature[] signatures = [.. keepers.Select((keeper, i) => new KeysetSignature((byte)(i + 1), keeper.Signing.Sign<KeysetPurpose>(Encoding.UTF8.GetBytes(text))))];
        var next = Encoding.UTF8.GetBytes(SignedKeyset.TryCreate(Keyset.TryParse(text)!, set.Keyset.Roster, signatures)!.ToJson());

        Assert.Null((await set.SendAsync(HttpMethod.Put, "/v1/keyset", next)).Refusal);
        Assert.Null((await set.SendAsync(HttpMethod.Put, "/v1/keyset", next)).Refusal);
        Assert.Equal(Refusal.KeysetInvalid, (await set.SendAsync(HttpMethod.Put, "/v1/keyset", Encoding.UTF8.GetBytes(set.Keyset.ToJson()))).Refusal);
        Assert.Equal(Refusal.KeysetInvalid, (await set.SendAsync(HttpMethod.Put, "/v1/keyset", "{}"u8.ToArray())).Refusal);

        await set.StopVaultAsync();
        await set.StartVaultAsync();
        Assert.Equal(Encoding.UTF8.GetString(next), await PublishedAsync(set));
        foreach (var keeper in keepers) await VaultSet.UntilAsync(async () => (await KeysetOfAsync(keeper)).Keyset.Revision == real.Revision + 1);
    }

    [Fact]
    public async Task The_first_keyset_takes_the_operators_hand()
    {
        await using var set = await VaultSet.StartAsync(new() { Settings = options => options.KeysetFile = "" });

        Assert.Equal(Refusal.NotAllowed, (await set.SendAsync(HttpMethod.Put, "/v1/keyset", Encoding.UTF8.GetBytes(set.Keyset.ToJson()))).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_first_of_a_team_comes_by_an_invitation_onto_a_roster_that_every_keeper_signs(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 0 });
        using TestCounselor ines = new("Inès"), other = new("Other");
        var code = await InvitationCodes.IssueAsync(set.Database, Cancel);

        Assert.Equal(Refusal.InvitationUnknown, await set.PostAsync(Join, ines.Joining("0000-0000-0000-0000-0000")));
        Assert.Null(await set.PostAsync(Join, ines.Joining(code.ToLowerInvariant().Replace('-', ' ').Replace('0', 'o').Replace('1', 'l'))));
        Assert.Null(await set.PostAsync(Join, ines.Joining(code)));
        Assert.Equal(Refusal.InvitationUsed, await set.PostAsync(Join, other.Joining(code)));
        Assert.Equal(Refusal.InvitationUsed, await set.PostAsync(Join, ines.Joining(await InvitationCodes.IssueAsync(set.Database, Cancel))));

        var published = SignedKeyset.TryParse(await PublishedAsync(set))!;
        Assert.Equal(set.Keyset.Keyset.Revision + 1, published.Keyset.Revision);
        Assert.Equal(["Inès"], published.Roster.Counselors.Select(counselor => counselor.Name));
        Assert.Equal((set.Today, set.Today), (published.Roster.ChangedDay, published.Roster.Members[0].SinceDay));
        foreach (var keeper in set.Keepers.Keepers) Assert.Equal(published.Keyset.Text, (await KeysetOfAsync(keeper)).Keyset.Text);
        Assert.Empty(await ines.CasesAsync(set));
    }

    [Theory]
    [InlineData("""{"invitation":"","name":"A","recipient":"","signing":""}""")]
    [InlineData("""{"invitation":"ABCD","name":"A","recipient":"age1","signing":"00"}""")]
    [InlineData("""{"name":"A"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_acceptance_that_cannot_be_read_uses_up_nothing(string json)
    {
        await using var set = await VaultSet.StartAsync();

        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync(Join, Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public async Task The_database_holds_no_invitation_that_somebody_could_use()
    {
        await using var set = await VaultSet.StartAsync();
        var code = await InvitationCodes.IssueAsync(set.Database, Cancel);

        await set.StopVaultAsync();
        var file = await File.ReadAllBytesAsync(set.Connection["Data Source=".Length..], Cancel);

        Assert.Equal(-1, file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(code.Replace("-", "", StringComparison.Ordinal))));
        Assert.Equal(-1, file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(code)));
    }

    [Fact]
    public async Task A_keeper_that_is_away_or_must_be_asked_delays_a_counselor_and_loses_none()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 0 });
        using var ines = new TestCounselor("Inès");
        var (away, code) = (set.Keepers.Keepers[2], await InvitationCodes.IssueAsync(set.Database, Cancel));
        away.Options.Urls = away.Address.ToString();
        await away.StopAsync();

        Assert.Null(await set.PostAsync(Join, ines.Joining(code)));
        Assert.Equal(set.Keyset.ToJson(), await PublishedAsync(set));
        Assert.Equal(Refusal.CounselorUnknown, (await ines.AskAsync(set, HttpMethod.Get, "/v1/desk/cases")).Refusal);

        away.Options.ApproveKeysets = Approval.Manual;
        await away.StartAsync();
        Assert.Null(await set.PostAsync(Join, ines.Joining(code)));
        Assert.Equal(set.Keyset.ToJson(), await PublishedAsync(set));

        await away.StopAsync();
        away.Options.ApproveKeysets = Approval.Automatic;
        await away.StartAsync();
        Assert.Null(await set.PostAsync(Join, ines.Joining(code)));
        Assert.Empty(await ines.CasesAsync(set));
    }

    private static async Task<string> PublishedAsync(VaultSet set) => Encoding.UTF8.GetString((await set.SendAsync(HttpMethod.Get, "/v1/keyset", [])).Bytes);

    private static async Task<SignedKeyset> KeysetOfAsync(RunningKeeper keeper) =>
        SignedKeyset.TryParse(await keeper.Client.GetStringAsync(new Uri("/v1/keyset", UriKind.Relative), Cancel))!;
}
