using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Filings;
using WeToo.Tests.Story;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>A thief with everything the registrar has, its signing key included.</summary>
public sealed class RegistrarTests
{
    [Fact]
    public async Task It_knows_that_codes_were_used_and_not_for_whom()
    {
        await using var world = await World.BeginAsync();
        var authors = new List<byte[]>();
        for (var i = 0; i < 3; i++)
        {
            var (_, visit, _) = await world.EnterAsync();
            authors.Add(visit.Pseudonym.PublicKey.ToArray());
            var credential = visit.Credential!;
            var known = world.BytesOf("registrar");

            // Nothing that names the pseudonym, and nothing of the finished credential, which the registrar never saw.
            Assert.Equal(-1, known.AsSpan().IndexOf(authors[i]));
            Assert.Equal(-1, known.AsSpan().IndexOf(SHA256.HashData(authors[i])));
            Assert.Equal(-1, known.AsSpan().IndexOf(credential.Prefix.Span));
            Assert.Equal(-1, known.AsSpan().IndexOf(credential.Signature.Span));
            Assert.Equal(-1, known.AsSpan().IndexOf(SHA256.HashData(credential.Signature.Span)));
            Assert.Equal(-1, known.AsSpan().IndexOf(SHA256.HashData(Credential.Message(visit.Keyset.Keyset.Deployment.Span, authors[i]))));
        }

        Assert.NotEqual(-1, world.BytesOf("registrar").AsSpan().IndexOf(Encoding.ASCII.GetBytes("blinded_sha256"))); // The search does find what is there.
    }
}
