using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Sealing;
using WeToo.Hosting.Storage;
using WeToo.Tests.Story;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>A counselor with their own keys and the whole of the vault's real files, before keepers release anything.</summary>
public sealed class CounselorAndIntakeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_read_nothing_before_an_opening_and_after_it_the_contact_but_not_the_account()
    {
        await using var world = await World.BeginAsync();
        using var ines = await world.JoinAsync("Inès");
        var ana = await world.FileAsync("what happened to Ana", 2, "tel:+33612345678");
        await world.SettleAsync();

        var (message, contact, account) = await IntakeAsync(world, ana.FilingId);
        Assert.All((byte[][])[contact, account], sealedPart => Assert.Null(ines.Read<ContactContent>(sealedPart)));
        Assert.All((byte[][])[contact, account], sealedPart => Assert.Null(Package.TryParse(sealedPart)));
        var filing = FilingMessage.TryParse(message)!;
        foreach (var point in (Element[])[filing.Contact.U, world.Deployment.FirstKeyset.Keyset.Z])
            Assert.Null(Tdh2.Open(point, filing.Contact, filing.PackageLabel(PackageField.Contact), contact));
        Assert.Equal(-1, world.BytesOf("vault").AsSpan().IndexOf("what happened"u8));

        _ = await world.FileAsync("what happened to Ben", 2, "tel:+33612345678");
        var caseId = (await world.SettledCasesAsync(ines)).Single(one => one.Case.FilingId == ana.FilingId).Case.CaseId;
        var card = (await ines.OpenAsync(caseId, Cancel)).Case!;
        Assert.NotNull(ines.Read<ContactContent>(card.Contact));
        Assert.Equal("not-allowed", (await ines.OpenRoomAsync(caseId, 0, Cancel)).Refused);
        Assert.Null(ines.Read<AccountContent>(account));
        Assert.Equal(-1, world.BytesOf("vault").AsSpan().IndexOf("what happened"u8));
    }

    [Fact]
    public async Task Another_counselor_cannot_read_what_was_not_sealed_to_them()
    {
        await using var world = await World.BeginAsync();
        using var ines = await world.JoinAsync("Inès");
        _ = await world.FileAsync("one", 2, "tel:+33612345678");
        using var later = await world.JoinAsync("Later");
        _ = await world.FileAsync("two", 2, "tel:+33612345678");

        foreach (var (counselor, one) in await world.SettledCasesAsync(ines, later))
        {
            using var stranger = AgeIdentity.Random(System.Security.Cryptography.RandomNumberGenerator.Fill);
            var card = (await counselor.OpenAsync(one.CaseId, Cancel)).Case!;
            Assert.Null(AgeFile.TryDecrypt(stranger, card.Contact));
        }
    }

    [Fact]
    public async Task An_addition_is_as_shut_as_its_account_and_opens_with_it()
    {
        await using var world = await World.BeginAsync();
        using var ines = await world.JoinAsync("Inès");
        var ana = await world.FileAsync("what happened to Ana", 2, "tel:+33612345678");
        Assert.Null(await ana.Client.AddAsync(ana.Visit, ana.Visit.Box.Accounts[^1], "addition", "what happened next", Cancel));
        _ = await world.FileAsync("what happened to Ben", 2, "tel:+33612345678");
        var one = (await world.SettledCasesAsync(ines)).Single(each => each.Case.FilingId == ana.FilingId).Case;

        // After the opening, with the vault's files, a counselor's keys and what was opened: nothing here opens what was added.
        Assert.Equal(0, (await ines.OpenAsync(one.CaseId, Cancel)).Case!.Added);
        Assert.Equal("not-allowed", (await ines.OpenRoomAsync(one.CaseId, 9, Cancel)).Refused);
        var (message, sealedText) = await AddendumAsync(world);
        foreach (var guess in (byte[][])[new byte[32], world.Deployment.FirstKeyset.Keyset.Deployment.ToArray().Concat(new byte[16]).ToArray(), message[17..49]])
            Assert.Null(ines.Read(new() { AddendaKey = Convert.ToHexStringLower(guess), Pseudonym = Convert.ToHexStringLower(message.AsSpan(17, 32)) }, new(message, sealedText)));
        Assert.Equal(-1, world.BytesOf("vault").AsSpan().IndexOf("what happened"u8));

        Assert.Null(await ines.VerifyAsync(one, Cancel));
        Assert.Null(await ana.Client.ConsentAsync(ana.Visit, ana.FilingId, Cancel));
        await Eventually.HoldsAsync(async () => (await ines.OpenAsync(one.CaseId, Cancel)).Case?.State == "released", "the account is released");
        var read = (await ines.OpenRoomAsync(one.CaseId, 9, Cancel)).Reading!;
        Assert.Equal("what happened next", ines.Read(ines.Read<AccountContent>(read.Account)!, Assert.Single(read.Addenda))!.Text);
    }

    private static async Task<(byte[] Message, byte[] SealedText)> AddendumAsync(World world)
    {
        using var vault = Database.Open($"Data Source={Path.Combine(world.Folder, "vault", "vault.db")}");
        return await vault.ReadAsync(session => session.QueryOne<(byte[], byte[])>("SELECT message, sealed_text FROM addenda"), Cancel);
    }

    private static async Task<(byte[] Message, byte[] Contact, byte[] Account)> IntakeAsync(World world, string filingId)
    {
        using var vault = Database.Open($"Data Source={Path.Combine(world.Folder, "vault", "vault.db")}");
        return await vault.ReadAsync(
            session => session.QueryOne<(byte[], byte[], byte[])>(
                "SELECT message, contact, account FROM filings WHERE filing_id = @filing_id", new { filing_id = Convert.FromHexString(filingId) }),
            Cancel);
    }
}
