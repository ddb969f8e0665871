using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Age;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>An author writes to counselors at once, without waiting for a match. WEP-1, section 7.1.</summary>
/// <param name="Signed">The signed part of the message, without what is sealed.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="FilingId">The filing's id, 16 bytes.</param>
/// <param name="Credential">Who writes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Counselors">The signing keys of those it is sealed to, 32 bytes each.</param>
/// <param name="ContactSha256">SHA-256 of <paramref name="Contact"/>, 32 bytes.</param>
/// <param name="AccountSha256">SHA-256 of <paramref name="Account"/>, 32 bytes.</param>
/// <param name="Contact">An age file for those counselors.</param>
/// <param name="Account">Another.</param>
public sealed record DirectMessage(
    ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> Deployment,
    ReadOnlyMemory<byte> FilingId,
    Credential Credential,
    uint Day,
    IReadOnlyList<ReadOnlyMemory<byte>> Counselors,
    ReadOnlyMemory<byte> ContactSha256,
    ReadOnlyMemory<byte> AccountSha256,
    ReadOnlyMemory<byte> Contact,
    ReadOnlyMemory<byte> Account)
{
    /// <summary>Counselors of one filing, at most.</summary>
    public const byte CounselorCount = 200;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong or it names no counselor.</returns>
    public static DirectMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var whole = new WireReader(bytes);
        var signedPart = whole.Vec32(Limits.OtherBytes);
        var (contact, account) = (whole.Vec32(Limits.SubmissionBytes), whole.Vec32(Limits.SubmissionBytes));
        if (!whole.Done) return null;

        var reader = new WireReader(signedPart);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, filingId, credential, day) = (reader.Bytes(Limits.IdSize), reader.Bytes(Limits.IdSize), Credential.Read(ref reader), reader.U32());
        var counselors = new ReadOnlyMemory<byte>[reader.U8(least: 1, most: CounselorCount)];
        for (var j = 0; j < counselors.Length; j++) counselors[j] = reader.Bytes(32);
        var message = new DirectMessage(
            signedPart, deployment, filingId, credential, day, counselors, reader.Bytes(32), reader.Bytes(32), contact, account);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks what can be checked without a key: sizes, the signature, and that it is for exactly what is sealed.</summary>
    /// <returns>
    /// <see langword="null"/>, <see cref="Refusal.SizeClassUnknown"/>, <see cref="Refusal.SignatureInvalid"/>, or <see cref="Refusal.MalformedMessage"/>
    /// when a hash differs.
    /// </returns>
    public Refusal? Check()
    {
        if (Contact.Length != SealedSize(Sealing.SizeClass.Contact) || !Sealing.SizeClass.Account.Any(size => Account.Length == SealedSize(size)))
            return Refusal.SizeClassUnknown;

        return Ed25519.CheckTail<DirectPurpose>(Credential.Pseudonym.Span, Signed.Span)
            ?? (Names(ContactSha256, Contact) && Names(AccountSha256, Account) ? null : Refusal.MalformedMessage);
    }

    /// <summary>Seals a JSON text with spaces up to the smallest class that holds it.</summary>
    /// <param name="recipients">Whom it is for, <c>age1…</c>.</param>
    /// <param name="json">The text.</param>
    /// <param name="classes">The sizes that it may have, ascending.</param>
    /// <param name="random">For the age file.</param>
    /// <returns>The age file, or <see langword="null"/> when the text is longer than the largest class, or a recipient is none.</returns>
    public static byte[]? Seal(IReadOnlyList<string> recipients, string json, IReadOnlyList<int> classes, RandomBytes random)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var size = classes.FirstOrDefault(candidate => candidate >= text.Length);
        if (size == 0) return null;

        var padded = new byte[size];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        var sealedText = AgeFile.Encrypt(recipients, padded, random);
        CryptographicOperations.ZeroMemory(padded);
        return sealedText;
    }

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, Credential credential, uint day, IReadOnlyList<ReadOnlyMemory<byte>> counselors,
        ReadOnlySpan<byte> contact, ReadOnlySpan<byte> account, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(counselors);
        var head = credential.WriteTo(new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(filingId)).U32(day).U8(checked((byte)counselors.Count));
        foreach (var counselor in counselors) head.Bytes(counselor.Span);
        var signedPart = head.Bytes(SHA256.HashData(contact)).Bytes(SHA256.HashData(account)).SignedBy<DirectPurpose>(pseudonym);
        return new WireWriter().Vec32(signedPart).Vec32(contact).Vec32(account).ToArray();
    }

    private static bool Names(ReadOnlyMemory<byte> sha256, ReadOnlyMemory<byte> file) => SHA256.HashData(file.Span).AsSpan().SequenceEqual(sha256.Span);

    private int SealedSize(int size) => AgeFile.SizeOf(Counselors.Count, size);
}
