using System.Text;
using System.Text.Json;
using WeToo.Core.Receipts;
using WeToo.Core.Signing;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary>What of an account is dated, and by whose key it is shown: to the byte as the pages have it.</summary>
public sealed class DatedFormTests
{
    private static readonly JsonElement s_vectors = Vectors.Read("evidence.json").RootElement;

    [Fact]
    public void An_account_has_the_dated_form_of_the_vectors() =>
        Assert.Equal(Text("dated"), Encoding.UTF8.GetString(DatedForm.Of(s_vectors.GetProperty("account"))));

    [Fact]
    public void A_receipt_gives_the_signer_of_the_vectors_which_signs_lists_alone()
    {
        using var receipt = Receipt.TryParse(Text("receipt"))!;
        using var signer = receipt.Signer(Convert.FromHexString(Text("deployment")));
        var (list, signature) = (Encoding.UTF8.GetBytes(Text("list")), Convert.FromHexString(Text("signature")));

        Assert.Equal(Text("signer"), Convert.ToHexStringLower(signer.PublicKey.Span));
        Assert.Equal(signature, signer.Sign<ManifestPurpose>(list));
        Assert.True(Ed25519.Verify<ManifestPurpose>(signer.PublicKey.Span, list, signature));
        Assert.False(Ed25519.Verify<KeysetPurpose>(signer.PublicKey.Span, list, signature));
    }

    private static string Text(string name) => s_vectors.GetProperty(name).GetString()!;
}
