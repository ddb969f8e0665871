using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>What a counselor asks of two filings of a match. The numbers are part of the protocol.</summary>
public enum FindingQuestion
{
    /// <summary>Did two people write them?</summary>
    Authors = 1,

    /// <summary>Do they mean the same person?</summary>
    Named = 2,
}

/// <summary>What a counselor found. The numbers are part of the protocol.</summary>
public enum FindingAnswer
{
    /// <summary>Yes: two people wrote them; the same person is meant.</summary>
    Yes = 1,

    /// <summary>No: one person wrote both, and uses this one now; or different people are meant.</summary>
    No = 2,

    /// <summary>It cannot be told so far.</summary>
    CannotTell = 3,

    /// <summary>One person wrote both, and uses the other one now. Of <see cref="FindingQuestion.Authors"/> only.</summary>
    NoLongerThis = 4,
}

/// <summary>A counselor compared their author's filing with another of its match, and says what they found. WEP-1, section 9.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Counselor">The counselor's signing key, 32 bytes.</param>
/// <param name="FilingId">Their author's filing, 16 bytes.</param>
/// <param name="OtherId">The filing that it was compared with, 16 bytes.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">What was found.</param>
/// <param name="Day">When it was signed.</param>
public sealed record FindingMessage(
    ReadOnlyMemory<byte> Bytes,
    ReadOnlyMemory<byte> Deployment,
    ReadOnlyMemory<byte> Counselor,
    ReadOnlyMemory<byte> FilingId,
    ReadOnlyMemory<byte> OtherId,
    FindingQuestion Question,
    FindingAnswer Answer,
    uint Day)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 151;

    /// <summary>Reads the message.</summary>
    /// <returns>The finding, or <see langword="null"/> when the form is wrong, a filing is compared with itself, or the answer is none to the question.</returns>
    public static FindingMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, counselor) = (reader.Bytes(Limits.IdSize), reader.Bytes(32));
        var (filingId, otherId) = (reader.Bytes(Limits.IdSize), reader.Bytes(Limits.IdSize));
        var question = (FindingQuestion)reader.U8((byte)FindingQuestion.Authors, (byte)FindingQuestion.Named);
        var most = question == FindingQuestion.Authors ? FindingAnswer.NoLongerThis : FindingAnswer.CannotTell;
        var answer = (FindingAnswer)reader.U8((byte)FindingAnswer.Yes, (byte)most);
        var day = reader.U32();
        reader.Bytes(Ed25519.SignatureSize);
        reader.Require(!filingId.Span.SequenceEqual(otherId.Span));
        return reader.Done ? new(bytes, deployment, counselor, filingId, otherId, question, answer, day) : null;
    }

    /// <summary>Checks that the counselor signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<FindingPurpose>(Counselor.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, ReadOnlySpan<byte> otherId, FindingQuestion question, FindingAnswer answer, uint day, SigningKey counselor)
    {
        ArgumentNullException.ThrowIfNull(counselor);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(counselor.PublicKey.Span).Bytes(filingId).Bytes(otherId)
            .U8((byte)question).U8((byte)answer).U32(day).SignedBy<FindingPurpose>(counselor);
    }
}

/// <summary>Two findings about the same two filings, one from each side, that agree that these do not count together. WEP-1, section 9.1.</summary>
/// <param name="Pseudonym">Of the filing that the first finding is about, 32 bytes.</param>
/// <param name="First">One side.</param>
/// <param name="OtherPseudonym">Of the other filing, 32 bytes.</param>
/// <param name="Second">The other side.</param>
public sealed record ApartMessage(ReadOnlyMemory<byte> Pseudonym, FindingMessage First, ReadOnlyMemory<byte> OtherPseudonym, FindingMessage Second)
{
    /// <summary>Whether one person wrote both: then the second filing counts no more.</summary>
    public bool IsOneAuthor => First.Question == FindingQuestion.Authors;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong or the two findings do not answer each other.</returns>
    public static ApartMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var pseudonym = reader.Bytes(32);
        var first = FindingMessage.TryParse(reader.Bytes(FindingMessage.Size));
        var otherPseudonym = reader.Bytes(32);
        var second = FindingMessage.TryParse(reader.Bytes(FindingMessage.Size));
        return reader.Done && first is not null && second is not null && Agree(first, second) ? new(pseudonym, first, otherPseudonym, second) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes() =>
        new WireWriter().U8(Limits.Version).Bytes(Pseudonym.Span).Bytes(First.Bytes.Span).Bytes(OtherPseudonym.Span).Bytes(Second.Bytes.Span).ToArray();

    private static bool Agree(FindingMessage first, FindingMessage second) =>
        first.Deployment.Span.SequenceEqual(second.Deployment.Span)
        && first.FilingId.Span.SequenceEqual(second.OtherId.Span)
        && first.OtherId.Span.SequenceEqual(second.FilingId.Span)
        && first.Question == second.Question
        && first.Answer == FindingAnswer.No
        && second.Answer == (first.Question == FindingQuestion.Authors ? FindingAnswer.NoLongerThis : FindingAnswer.No);
}
