using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>An author leaves a withdrawal that only their stop code opens. WEP-1, section 10.1.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Pseudonym">Who leaves it, 32 bytes.</param>
/// <param name="FilingId">What it would withdraw, 16 bytes.</param>
/// <param name="StopKey">The public key by which the stop code finds it, 32 bytes.</param>
/// <param name="Box">The signed withdrawal, sealed to the stop code.</param>
public sealed record StopPut(
    ReadOnlyMemory<byte> Bytes,
    ReadOnlyMemory<byte> Deployment,
    uint Day,
    ReadOnlyMemory<byte> Pseudonym,
    ReadOnlyMemory<byte> FilingId,
    ReadOnlyMemory<byte> StopKey,
    ReadOnlyMemory<byte> Box)
    : IAuthorMessage<StopPut>, IFresh
{
    /// <summary>Length of a sealed withdrawal, in bytes.</summary>
    public const int BoxSize = WithdrawalMessage.Size + SealedBox.Overhead;

    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 1 + 16 + 4 + 32 + 16 + 32 + BoxSize + 64;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static StopPut? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new StopPut(
            bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(BoxSize));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<StopPutPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Signs a withdrawal, seals it to a stop code, and writes and signs the message.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <param name="filingId">The filing, 16 bytes.</param>
    /// <param name="day">Today.</param>
    /// <param name="stopKey">The stop code's public signing key.</param>
    /// <param name="boxKey">The stop code's X25519 key.</param>
    /// <param name="pseudonym">Who signs.</param>
    /// <param name="random">For the sealing.</param>
    /// <returns>The message, or <see langword="null"/> when <paramref name="boxKey"/> is no key.</returns>
    public static byte[]? Write(
        ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, ReadOnlySpan<byte> stopKey, ReadOnlySpan<byte> boxKey, SigningKey pseudonym, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return SealedBox.Seal(boxKey, WithdrawalMessage.Write(deployment, filingId, day, pseudonym), random) is not { } box
            ? null
            : new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(pseudonym.PublicKey.Span).Bytes(filingId).Bytes(stopKey).Bytes(box)
                .SignedBy<StopPutPurpose>(pseudonym);
    }
}

/// <summary>A stop code asks for what was sealed to it. WEP-1, section 10.1.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="StopKey">Who asks, 32 bytes.</param>
public sealed record StopRequest(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> StopKey)
    : IAuthorMessage<StopRequest>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 133;

    /// <summary>How many boxes an answer has, whatever there is.</summary>
    public const int BoxCount = 8;

    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static StopRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new StopRequest(bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32));
        reader.Bytes(Limits.IdSize);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the stop key signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<StopPurpose>(StopKey.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> nonce, SigningKey stop)
    {
        ArgumentNullException.ThrowIfNull(stop);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(stop.PublicKey.Span).Bytes(nonce).SignedBy<StopPurpose>(stop);
    }
}

/// <summary>An author, or their stop code, stops contact; only the author lets it go on. WEP-1, section 10.2.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Signer">The pseudonym or the stop key, 32 bytes.</param>
/// <param name="FilingId">Which filing, 16 bytes.</param>
/// <param name="Freezes">Whether contact stops, or goes on.</param>
public sealed record FreezeMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Signer, ReadOnlyMemory<byte> FilingId, bool Freezes)
    : IAuthorMessage<FreezeMessage>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 150;

    private const byte Stop = 1;
    private const byte GoOn = 2;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static FreezeMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new FreezeMessage(
            bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.U8(Stop, GoOn) == Stop);
        reader.Bytes(Limits.IdSize);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that its signer signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<FreezePurpose>(Signer.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, bool freezes, ReadOnlySpan<byte> nonce, SigningKey signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(signer.PublicKey.Span).Bytes(filingId).U8(freezes ? Stop : GoOn).Bytes(nonce)
            .SignedBy<FreezePurpose>(signer);
    }
}

/// <summary>An author takes back the consent to the reading of an account. WEP-1, section 9.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Pseudonym">Who takes it back, 32 bytes.</param>
/// <param name="FilingId">For what, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
public sealed record RevocationMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, uint Day)
    : IAuthorMessage<RevocationMessage>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 150;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong or the field is not the account.</returns>
    public static RevocationMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, pseudonym, filingId) = (reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(Limits.IdSize));
        reader.U8((byte)PackageField.Account, (byte)PackageField.Account);
        var day = reader.U32();
        reader.Bytes(Limits.IdSize);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? new(bytes, deployment, pseudonym, filingId, day) : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<RevocationPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, ReadOnlySpan<byte> nonce, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(pseudonym.PublicKey.Span).Bytes(filingId)
            .U8((byte)PackageField.Account).U32(day).Bytes(nonce).SignedBy<RevocationPurpose>(pseudonym);
    }
}
