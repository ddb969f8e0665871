using System.Text;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Oprf;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>The vault passes authors' messages on, changes nothing, and says nothing of who sent them. WEP-1, sections 3 and 4.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task An_evaluation_through_the_vault_is_the_keepers_own_answer()
    {
        await using var set = await VaultSet.StartAsync();
        var blinded = Author.Blinded();
        var request = new Author(set.Keyset.Keyset).Request(blinded: blinded);

        foreach (var keeper in set.Keyset.Keyset.Keepers)
        {
            var (bytes, refusal) = await set.SendAsync(HttpMethod.Post, $"/v1/keepers/{keeper.Index}/evaluations", request);
            Assert.Null(refusal);
            var reply = EvaluateReply.TryParse(bytes)!;
            Assert.Equal(keeper.Index, reply.KeeperIndex);
            Assert.True(Dleq.Verify(DleqContext.Evaluate, keeper.Y, blinded, [.. reply.Evaluated], reply.Proof));
        }
    }

    [Fact]
    public async Task A_keepers_refusal_comes_through_and_one_out_of_reach_is_named_as_that()
    {
        await using var set = await VaultSet.StartAsync();
        var author = new Author(set.Keyset.Keyset);
        await set.Keepers.Keepers[1].StopAsync();

        Assert.Equal(Refusal.WrongEpoch, await set.PostAsync("/v1/keepers/1/evaluations", author.Request(epoch: 7)));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/keepers/1/evaluations", [1]));
        Assert.Equal(Refusal.KeeperUnreachable, await set.PostAsync("/v1/keepers/2/evaluations", author.Request()));
        Assert.Equal(Refusal.KeeperUnreachable, await set.PostAsync("/v1/keepers/9/evaluations", author.Request()));
        Assert.Equal(Refusal.MessageTooLarge, await set.PostAsync("/v1/keepers/1/evaluations", new byte[EvaluateRequest.Size + 1]));
        Assert.Equal(Refusal.NotFound, await set.PostAsync("/v1/keepers/one/evaluations", author.Request()));
    }

    [Fact]
    public async Task A_keeper_hears_nothing_of_the_author_but_the_message()
    {
        await using var keeper = await LyingKeeper.StartAsync();
        await using var set = await VaultSet.StartAsync(new()
        {
            Settings = options =>
            {
                keeper.Truth = options.Keepers[0].Url!;
                options.Keepers[0].Url = keeper.Address;
            },
        });
        set.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Somebody's browser");
        set.Client.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", "a=b");
        set.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        set.Client.DefaultRequestHeaders.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        Assert.Null(await set.PostAsync("/v1/keepers/1/evaluations", new Author(set.Keyset.Keyset).Request()));

        Assert.Equal(["Content-Length", "Content-Type", "Host"], keeper.Headers);
    }

    [Fact]
    public async Task Without_a_registrar_the_rest_works_and_credentials_wait()
    {
        await using var set = await VaultSet.StartAsync();

        Assert.Equal(Refusal.ServiceUnavailable, await set.PostAsync("/v1/credentials", Encoding.UTF8.GetBytes("{}")));
        Assert.Equal(Refusal.ServiceUnavailable, (await set.SendAsync(HttpMethod.Get, "/v1/registrar", [])).Refusal);
        Assert.Null(await set.PostAsync("/v1/filings", new TestFiling(set).Bytes));
    }
}
