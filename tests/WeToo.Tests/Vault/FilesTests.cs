using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Sealed files: stored in parts, fetched by their author, and by a counselor only once the account is released. WEP-1, section 15.</summary>
public sealed class FilesTests
{
    private const string Files = "/v1/files";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Parts_are_stored_in_order_once_each_and_fetched_by_their_author_alone(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var file = new TestFile(set, 3);

        Assert.Equal(Refusal.FilePartOutOfOrder, await file.PutAsync(1));
        Assert.Null(await file.PutAsync(0));
        Assert.Null(await file.PutAsync(0));
        Assert.Equal(Refusal.FilePartOutOfOrder, await file.PutAsync(2));
        Assert.Equal($$"""{"files":[{"file_id":"{{file.IdText}}","parts":3,"have":1}]}""", await file.ListAsync());
        Assert.Null(await file.PutAsync(1));
        Assert.Null(await file.PutAsync(2));

        for (var n = 0; n < 3; n++) Assert.Equal(file.Parts[n], (await file.FetchAsync(n)).Bytes);
        Assert.Equal(Refusal.NotFound, (await file.FetchAsync(3)).Refusal);
        var stranger = new TestFile(set, 1);
        Assert.Equal("""{"files":[]}""", await stranger.ListAsync());
        Assert.Equal(Refusal.NotFound, (await stranger.FetchAsync(0, file.IdText)).Refusal);
        Assert.Equal(Refusal.NotFound, (await stranger.FetchAsync(0, "none")).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Nobody_writes_into_anothers_file_nor_changes_a_part(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var file = new TestFile(set, 2);
        Assert.Null(await file.PutAsync(0));

        Assert.Equal(Refusal.FileIdReused, await file.PutAsync(1, by: new Author(set.Keyset.Keyset)));
        Assert.Equal(Refusal.FileIdReused, await file.PutAsync(0, by: new Author(set.Keyset.Keyset)));
        Assert.Equal(Refusal.FileIdReused, await file.PutAsync(0, bytes: [1, 2, 3]));
        Assert.Equal(Refusal.FileIdReused, await file.PutAsync(1, count: 3));
        Assert.Equal(Refusal.FileIdReused, await file.PutAsync(1, filingId: RandomNumberGenerator.GetBytes(16)));
        Assert.Equal(1, await set.CountAsync("file_parts"));
    }

    [Fact]
    public async Task A_part_needs_a_credential_a_fresh_signature_and_its_own_bytes()
    {
        await using var set = await VaultSet.StartAsync();
        var file = new TestFile(set, 1);
        var unsigned = file.Message(0);
        unsigned[FilePart.SignedSize - 1] ^= 1;
        var altered = file.Message(0);
        altered[^1] ^= 1;

        Assert.Equal(Refusal.SignatureInvalid, await PutAsync(set, unsigned));
        Assert.Equal(Refusal.MalformedMessage, await PutAsync(set, altered));
        Assert.Equal(Refusal.MalformedMessage, await PutAsync(set, file.Message(0, count: Limits.FilePartCount + 1)));
        Assert.Equal(Refusal.MalformedMessage, await PutAsync(set, file.Message(0, bytes: [])));
        Assert.Equal(Refusal.RequestExpired, await PutAsync(set, file.Message(0, day: set.Today - 2)));
        Assert.Equal(Refusal.DeploymentForeign, await PutAsync(set, file.Message(0, deployment: new byte[16])));
        Assert.Equal(Refusal.CredentialForeign, await PutAsync(set, file.Message(0, by: new Author(set.Keyset.Keyset, new TestRegistrar(100_000)))));
        Assert.Equal(Refusal.MessageTooLarge, await PutAsync(set, new byte[FilePart.SignedSize + 4 + Limits.FilePartBytes + 1]));
        Assert.Equal(0, await set.CountAsync("files"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_author_has_so_much_room_over_all_files(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Settings = options => options.FilesBytesPerAuthor = 5_000 });
        var author = new Author(set.Keyset.Keyset);
        var (first, second) = (new TestFile(set, 2, author, size: 2_000), new TestFile(set, 1, author, size: 1_001));

        Assert.Null(await first.PutAsync(0));
        Assert.Null(await first.PutAsync(1));
        Assert.Equal(Refusal.StorageFull, await second.PutAsync(0));
        Assert.Null(await new TestFile(set, 1, author, size: 1_000).PutAsync(0));
        Assert.Null(await new TestFile(set, 1, size: 5_000).PutAsync(0));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_withdrawal_erases_the_files_of_that_filing_and_takes_no_more(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        var (its, other) = (new TestFile(set, 1, filing.Author, filing.Id), new TestFile(set, 1, filing.Author));
        Assert.Null(await its.PutAsync(0));
        Assert.Null(await other.PutAsync(0));

        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        Assert.Equal((1, 1), (await set.CountAsync("files"), await set.CountAsync("file_parts")));
        Assert.Equal(Refusal.NotFound, (await its.FetchAsync(0)).Refusal);
        Assert.Equal(other.Parts[0], (await other.FetchAsync(0)).Bytes);
        Assert.Equal(Refusal.FilingWithdrawn, await its.PutAsync(0));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_counselor_fetches_a_file_once_its_account_is_released_and_never_anothers(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (ines, other) = (set.Counselors[0], set.Counselors[1]);
        var filing = new TestFiling(set, counselors: [ines]);
        var file = new TestFile(set, 1, filing.Author, filing.Id);
        Assert.Null(await file.PutAsync(0));
        await TestMatch.MatchedAsync(set, filing, new TestFiling(set, counselors: [ines]));
        var theirs = (await ines.CasesAsync(set)).First(one => one.GetProperty("filing_id").GetString() == filing.IdText);
        var path = $"/v1/desk/cases/{theirs.GetProperty("case_id").GetString()}/files/{file.IdText}/0";

        Assert.Equal(Refusal.CaseUnknown, (await AskAsync(ines, path)).Refusal);
        Assert.Null(await set.PostAsync("/v1/consents", filing.Consent));
        Assert.Equal(Refusal.CaseUnknown, (await AskAsync(ines, path)).Refusal);
        Assert.Null(await ines.VerifyAsync(set, theirs));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filing) == "released");
        Assert.Null((await ines.OpenRoomAsync(set, theirs.GetProperty("case_id").GetString()!, 5)).Refusal);
        Assert.Equal(Refusal.CaseUnknown, (await AskAsync(ines, path)).Refusal); // Not before it is recorded that files were opened.
        Assert.Null((await ines.OpenRoomAsync(set, theirs.GetProperty("case_id").GetString()!, 8)).Refusal);
        Assert.Equal(file.Parts[0], (await AskAsync(ines, path)).Bytes);
        Assert.Equal(Refusal.CaseUnknown, (await AskAsync(other, path)).Refusal);
        Assert.Equal(Refusal.CaseUnknown, (await AskAsync(ines, path[..^1] + "1")).Refusal);

        // While contact is stopped there is no file either.
        Assert.Null(await set.PostAsync("/v1/freezes", FreezeOf(freezes: true)));
        Assert.Equal(Refusal.CaseUnknown, (await AskAsync(ines, path)).Refusal);
        Assert.Null(await set.PostAsync("/v1/freezes", FreezeOf(freezes: false)));
        Assert.Equal(file.Parts[0], (await AskAsync(ines, path)).Bytes);

        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        Assert.Equal(Refusal.CaseUnknown, (await AskAsync(ines, path)).Refusal);

        byte[] FreezeOf(bool freezes) => FreezeMessage.Write(
            set.Keyset.Keyset.Deployment.Span, filing.Id, set.Today, freezes, RandomNumberGenerator.GetBytes(16), filing.Author.Pseudonym);

        Task<(byte[] Bytes, Refusal? Refusal)> AskAsync(TestCounselor who, string where) =>
            set.SendAsync(HttpMethod.Get, where, [], DeskSignature.Header, who.Header(set, HttpMethod.Get, where, []));
    }

    [Fact]
    public async Task Three_hundred_megabytes_pass_through_without_staying_in_memory()
    {
        await using var set = await VaultSet.StartAsync();
        const int Count = 300;
        var bytes = RandomNumberGenerator.GetBytes(Limits.FilePartBytes);
        var file = new TestFile(set, Count, bytes: bytes);
        for (var n = 0; n < 10; n++) Assert.Null(await file.PutAsync(n));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        for (var n = 10; n < Count; n++)
        {
            Assert.Null(await file.PutAsync(n));
            if (n % 50 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.True(most < 20_000_000, $"{most} bytes more stay after a collection");
        Assert.Equal(Count, await set.CountAsync("file_parts"));
    }

    private static async Task<Refusal?> PutAsync(VaultSet set, byte[] message) => (await set.SendAsync(HttpMethod.Put, Files, message)).Refusal;

    /// <summary>Somebody's file, in parts that stand for ciphertext.</summary>
    private sealed class TestFile(VaultSet set, int count, Author? author = null, byte[]? filingId = null, int size = 100, byte[]? bytes = null)
    {
        private readonly Author _author = author ?? new Author(set.Keyset.Keyset);
        private readonly byte[] _filingId = filingId ?? RandomNumberGenerator.GetBytes(16);
        private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);

        internal string IdText => Convert.ToHexStringLower(_id);

        internal IReadOnlyList<byte[]> Parts { get; } = [.. Enumerable.Range(0, count).Select(_ => bytes ?? RandomNumberGenerator.GetBytes(size))];

        internal byte[] Message(int number, Author? by = null, byte[]? bytes = null, uint? count = null, byte[]? filingId = null, uint? day = null, byte[]? deployment = null) => FilePart.Write(
            deployment ?? set.Keyset.Keyset.Deployment.Span, day ?? set.Today, filingId ?? _filingId, _id, (uint)number, count ?? (uint)Parts.Count,
            (by ?? _author).Credential, bytes ?? Parts[number], (by ?? _author).Pseudonym);

        internal Task<Refusal?> PutAsync(int number, Author? by = null, byte[]? bytes = null, uint? count = null, byte[]? filingId = null) =>
            FilesTests.PutAsync(set, Message(number, by, bytes, count, filingId));

        internal async Task<string> ListAsync() => Encoding.UTF8.GetString((await set.SendAsync(HttpMethod.Post, Files, Asking())).Bytes);

        internal Task<(byte[] Bytes, Refusal? Refusal)> FetchAsync(int number, string? id = null) =>
            set.SendAsync(HttpMethod.Post, $"{Files}/{id ?? IdText}/{number}", Asking());

        private byte[] Asking() => StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, RandomNumberGenerator.GetBytes(16), _author.Pseudonym);
    }
}
