using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Credentials;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;

namespace WeToo.Tests.Core.Twins;

/// <summary>A deployment whose secrets a test knows: three keepers, quorum two, one counselor, one registrar. Pure, no host.</summary>
internal sealed class TestDeployment
{
    internal const uint Day = 20000;

    private readonly RSA _registrar = RSA.Create(2048);

    internal TestDeployment(RandomBytes random)
    {
        Random = random;
        Deployment = Draw(16);
        (K, Z) = (Scalar.Random(random), Scalar.Random(random));
        (KShares, ZShares) = (Shamir.Split(K, 2, 3, random), Shamir.Split(Z, 2, 3, random));
        KeeperKeys = [.. Enumerable.Range(0, 3).Select(_ => SigningKey.FromSeed(Draw(32)))];
        MatcherSecret = SecretBytes.Random(32, random);
        CounselorKey = SigningKey.FromSeed(CounselorSeed = Draw(32));
        CounselorIdentity = AgeIdentity.Random(random);
        Keyset = Publish();
    }

    internal RandomBytes Random { get; }

    internal byte[] Deployment { get; }

    internal Scalar K { get; }

    internal Scalar Z { get; }

    internal IReadOnlyList<Scalar> KShares { get; }

    internal IReadOnlyList<Scalar> ZShares { get; }

    internal IReadOnlyList<SigningKey> KeeperKeys { get; }

    internal SecretBytes MatcherSecret { get; }

    internal byte[] CounselorSeed { get; }

    internal SigningKey CounselorKey { get; }

    internal AgeIdentity CounselorIdentity { get; }

    internal SignedKeyset Keyset { get; }

    internal byte[] Draw(int size)
    {
        var bytes = new byte[size];
        Random(bytes);
        return bytes;
    }

    /// <summary>A credential as the registrar would give it.</summary>
    internal Credential CredentialFor(SigningKey pseudonym)
    {
        var registrar = Keyset.Keyset.Registrars[0];
        var prepared = BlindRsa.Prepare(Credential.Message(Deployment, pseudonym.PublicKey.Span), Random);
        var blinded = BlindRsa.Blind(registrar.Spki.Span, prepared, Random, out var inverse)!;
        var signature = BlindRsa.Finalize(registrar.Spki.Span, prepared, Private(blinded), inverse)!;
        return new(pseudonym.PublicKey, registrar.KeyId, prepared.AsMemory(0, 32), signature);
    }

    private byte[] Private(byte[] blinded)
    {
        var parameters = _registrar.ExportParameters(includePrivateParameters: true);
        static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
        var signature = BigInteger.ModPow(Number(blinded), Number(parameters.D!), Number(parameters.Modulus!)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[256 - signature.Length], .. signature];
    }

    private SignedKeyset Publish()
    {
        var roster = Roster.TryParse(KeysetText.WriteRoster([new("Inès", CounselorIdentity.Recipient, CounselorKey.PublicKey)]))!;
        var keepers = Enumerable.Range(0, 3).Select(i => new KeeperEntry(
            (byte)(i + 1), $"Keeper {i + 1}", KeeperKeys[i].PublicKey, Element.FromGenerator(KShares[i]), Element.FromGenerator(ZShares[i])));
        var text = KeysetText.Write(
            Deployment, 1, 1, 2, keepers, Element.FromGenerator(K), Element.FromGenerator(Z), SealedBox.PublicKey(MatcherSecret),
            [new RegistrarKey(_registrar.ExportSubjectPublicKeyInfo(), (int)Day + 400)], SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text)), new("invitation", 20, 6, 72, false));
        var signatures = KeeperKeys.Select((key, i) => new KeysetSignature((byte)(i + 1), key.Sign<KeysetPurpose>(Encoding.UTF8.GetBytes(text))));
        return SignedKeyset.TryCreate(WeToo.Core.Keysets.Keyset.TryParse(text)!, roster, [.. signatures])!;
    }
}
