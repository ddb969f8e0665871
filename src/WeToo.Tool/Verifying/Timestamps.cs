using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WeToo.Core.Evidence;

namespace WeToo.Tool.Verifying;

/// <summary>RFC 3161 tokens, read by the framework.</summary>
/// <param name="authorities">Certificates that somebody believes; null to take those that stand in a token, which shows only that it holds together.</param>
internal sealed class Timestamps(X509Certificate2Collection? authorities)
{
    /// <summary>The token, when it is of this text, its signature and its certificate's purpose hold, and it leads to an authority that is believed.</summary>
    internal TimestampToken? Read(ReadOnlyMemory<byte> token, string text)
    {
        try
        {
            if (!Rfc3161TimestampToken.TryDecode(token, out var read, out var size) || size != token.Length) return null;
            if (!read.VerifySignatureForData(Encoding.UTF8.GetBytes(text), out var certificate)) return null;

            using (certificate)
            {
                var at = read.TokenInfo.Timestamp;
                var isValid = certificate.NotBefore.ToUniversalTime() <= at && at <= certificate.NotAfter.ToUniversalTime() && IsBelieved(certificate, read, at);
                return isValid ? new(at.ToUnixTimeSeconds(), NameOf(certificate)) : null;
            }
        }
        catch (CryptographicException)
        {
            return null; // The framework throws for what is no certificate.
        }
    }

    private bool IsBelieved(X509Certificate2 certificate, Rfc3161TimestampToken token, DateTimeOffset at)
    {
        if (authorities is null) return true;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // It would ask the network.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        return chain.Build(certificate);
    }

    private static string NameOf(X509Certificate2 certificate)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return string.Concat(name.Where(sign => !char.IsControl(sign)));
    }
}
