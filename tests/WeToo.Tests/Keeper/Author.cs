using System.Net;
using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Hosting;
using Xunit;

namespace WeToo.Tests.Keeper;

/// <summary>A person with a credential, who asks keepers as an author's app does.</summary>
internal sealed class Author
{
    private readonly Keyset _keyset;

    internal Author(Keyset keyset, TestRegistrar? registrar = null)
    {
        _keyset = keyset;
        Pseudonym = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        Credential = (registrar ?? TestRegistrar.Shared).Issue(Pseudonym, keyset.Deployment.Span);
    }

    internal SigningKey Pseudonym { get; }

    internal Credential Credential { get; }

    /// <summary>Four blinded elements, as for random inputs.</summary>
    internal static Element[] Blinded() => [.. Enumerable.Range(0, Limits.SlipCount).Select(_ =>
        OprfClient.Blind(RandomNumberGenerator.GetBytes(32), Scalar.Random(RandomNumberGenerator.Fill)))];

    internal static uint Today(TimeProvider time) => (uint)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);

    /// <summary>A request that a keeper answers, but for what is given otherwise.</summary>
    internal byte[] Request(
        byte[]? id = null, Element[]? blinded = null, uint? day = null, uint? epoch = null, byte[]? deployment = null, TimeProvider? time = null) =>
        EvaluateRequest.Write(
            deployment ?? _keyset.Deployment.Span, epoch ?? _keyset.Epoch, day ?? Today(time ?? TimeProvider.System),
            id ?? RandomNumberGenerator.GetBytes(16), Credential, blinded ?? Blinded(), Pseudonym);
}

/// <summary>Asking a host for bytes.</summary>
internal static class Asking
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Posts a message.</summary>
    /// <returns>The answer's bytes, or why not.</returns>
    internal static async Task<(byte[] Bytes, Refusal? Refusal)> AskAsync(this HttpClient client, string path, byte[] message)
    {
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(message), Cancel);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent
            ? (bytes, null)
            : ([], Problems.TryRead(bytes) ?? throw new InvalidDataException($"{answer.StatusCode} is no problem we know."));
    }
}
