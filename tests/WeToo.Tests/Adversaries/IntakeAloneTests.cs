using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Tests.Story;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>A thief with all that lies in the vault's folder, before anything opens: nothing of whom, nothing of equality.</summary>
public sealed class IntakeAloneTests : IAsyncLifetime
{
    private const string Named = "tel:+33612345678";
    private const int Window = 16;

    private World _world = null!;
    private IReadOnlyList<Stored> _same = [];
    private Stored _other = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await World.BeginAsync();
        using var ines = await _world.JoinAsync("Inès");
        var first = await _world.FileAsync("what nobody may read", 3, Named);
        var second = await _world.FileAsync("what nobody may read", 3, Named);
        var other = await _world.FileAsync("what nobody may read", 3, "email:other@example.org");
        await _world.SettleAsync();
        _same = [await StoredAsync(first.FilingId), await StoredAsync(second.FilingId)];
        _other = await StoredAsync(other.FilingId);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void It_has_no_word_and_no_name()
    {
        var bytes = _world.BytesOf("vault");

        Assert.Equal(-1, bytes.AsSpan().IndexOf("what nobody"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("33612345678"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("other@example.org"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(World.InputOf(Named)));
    }

    [Fact]
    public void Two_filings_that_name_the_same_person_share_no_more_than_two_that_do_not()
    {
        var equal = Shared(_same[0], _same[1]);
        var different = Shared(_same[0], _other);

        Assert.Equal(different, equal);
        Assert.DoesNotContain(equal, place => place.StartsWith("sealed", StringComparison.Ordinal));
    }

    [Fact]
    public void All_parts_have_the_same_sizes_whoever_is_named()
    {
        Stored[] all = [.. _same, _other];

        Assert.Single(all.Select(one => (one.Message.Length, one.Contact.Length, one.Account.Length)).Distinct());
    }

    [Fact]
    public void No_tag_lies_there_not_even_in_what_was_carried_to_the_matcher() =>
        Assert.All(
            _same.SelectMany(one => new[] { one.Contact, one.Account }),
            part => Assert.Equal(-1, part.AsSpan().IndexOf("wetoo"u8)));

    /// <summary>Where two filings share sixteen bytes: "sealed" within what is sealed, "open" with the offset within the signed message.</summary>
    private static IReadOnlyList<string> Shared(Stored a, Stored b)
    {
        var places = new List<string>();
        places.AddRange(Windows(a.Message, b.Message).Select(at => $"open {at}"));
        places.AddRange(Windows(a.Contact, b.Contact).Concat(Windows(a.Account, b.Account)).Concat(Windows(a.Contact, b.Account)).Select(at => $"sealed {at}"));
        return places;
    }

    private static IEnumerable<int> Windows(byte[] a, byte[] b)
    {
        var there = Enumerable.Range(0, b.Length - Window + 1).Select(at => Convert.ToHexString(b, at, Window)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, a.Length - Window + 1).Where(at => there.Contains(Convert.ToHexString(a, at, Window)));
    }

    private async Task<Stored> StoredAsync(string filingId)
    {
        using var vault = Database.Open($"Data Source={Path.Combine(_world.Folder, "vault", "vault.db")}");
        var stored = await vault.ReadAsync(
            session => session.QueryOne<Stored>("SELECT message, contact, account FROM filings WHERE filing_id = @filing_id", new { filing_id = Convert.FromHexString(filingId) }), Cancel);
        Assert.Equal(FilingMessage.Size, stored!.Message.Length);
        return stored;
    }

    private sealed record Stored(byte[] Message, byte[] Contact, byte[] Account);
}
