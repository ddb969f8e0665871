using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Store;
using WeToo.Tests.Story;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>A thief with the matcher's real database, pepper and keys.</summary>
public sealed class MatcherAloneTests : IAsyncLifetime
{
    private const string Named = "email:boss@example.org";

    private World _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await World.BeginAsync();
        using var ines = await _world.JoinAsync("Inès");
        _ = await _world.FileAsync("first account", 4, Named);
        _ = await _world.FileAsync("second account", 4, "email:somebody.else@example.org");
        await _world.SettleAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task It_has_no_word_of_any_account_contact_or_identifier()
    {
        var bytes = _world.BytesOf("matcher");
        var slips = await SlipsAsync();

        Assert.Equal(2, slips.Count);
        foreach (var known in slips.Select(one => one.Bytes.ToArray()).Append(bytes))
        {
            Assert.Equal(-1, known.AsSpan().IndexOf("account"u8));
            Assert.Equal(-1, known.AsSpan().IndexOf("boss@example.org"u8));
            Assert.Equal(-1, known.AsSpan().IndexOf(World.InputOf(Named)));
        }
    }

    [Fact]
    public async Task Without_keepers_a_right_guess_at_who_is_named_looks_like_a_wrong_one()
    {
        // All it can do with a guess is the author's own computation under keys it makes up: no tag comes out.
        var tags = (await SlipsAsync()).SelectMany(one => one.Slips).Select(slip => Convert.ToHexString(slip.Tag.Span)).ToHashSet(StringComparer.Ordinal);
        foreach (var input in (byte[][])[World.InputOf(Named), World.InputOf("email:wrong@example.org")])
        {
            for (var attempt = 0; attempt < 50; attempt++)
            {
                using var key = Scalar.Random(System.Security.Cryptography.RandomNumberGenerator.Fill);
                var start = Chain.Start(OprfClient.Finalize(input, OprfClient.Blind(input, key)));
                Assert.DoesNotContain(Convert.ToHexString(Chain.Tag(Chain.Climb(start, 0, 3))), tags);
            }
        }
    }

    [Fact]
    public async Task It_cannot_open_the_seeds_it_keeps()
    {
        var z = _world.Deployment.FirstKeyset.Keyset.Z;
        foreach (var slips in await SlipsAsync())
        {
            for (byte rung = 0; rung < 3; rung++)
            {
                var seed = slips.Seed(0, rung);
                foreach (var point in (Element[])[z, seed.Header.U, _world.Deployment.FirstKeyset.Keyset.Y])
                    Assert.Null(Tdh2.Open(point, seed.Header, slips.SeedLabel(0, rung), seed.Ciphertext.Span));
            }
        }
    }

    [Fact]
    public async Task Its_database_without_its_key_file_shows_no_pseudonym_and_no_tag()
    {
        var slips = await SlipsAsync();
        var database = await File.ReadAllBytesAsync(Path.Combine(_world.Folder, "matcher", "matcher.db"), Cancel);

        foreach (var one in slips)
        {
            Assert.Equal(-1, database.AsSpan().IndexOf(one.Credential.Pseudonym.Span));
            Assert.Equal(-1, database.AsSpan().IndexOf(one.FilingId.Span));
            Assert.All(one.Slips, slip => Assert.Equal(-1, database.AsSpan().IndexOf(slip.Tag.Span)));
        }
    }

    private async Task<IReadOnlyList<SlipsMessage>> SlipsAsync()
    {
        using var keys = new MatcherKeys(Path.Combine(_world.Folder, "matcher", "matcher.key"));
        using var database = Database.Open($"Data Source={Path.Combine(_world.Folder, "matcher", "matcher.db")}");
        var rows = await database.ReadAsync(session => session.Query<(byte[] Name, byte[] Message)>("SELECT name, message FROM filings"), Cancel);
        return [.. rows.Select(row => SlipsMessage.TryParse(keys.Open(row.Message, row.Name))!)];
    }
}
