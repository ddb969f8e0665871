using System.Text;
using WeToo.Core.Filings;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Nudges;

/// <summary>Somebody asks for a neutral mail now and then, changes it, or stops it. WEP-1, section 16.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="NudgeKey">Who asks, 32 bytes: a key of its own, which nobody can link to a pseudonym.</param>
/// <param name="Revision">Grows with each message of this key.</param>
/// <param name="Settings">A JSON text of <see cref="NudgeSettings"/> and spaces, <see cref="SettingsSize"/> bytes; spaces alone stop the mails.</param>
public sealed record NudgePut(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> NudgeKey, uint Revision, ReadOnlyMemory<byte> Settings)
    : IAuthorMessage<NudgePut>, IFresh
{
    /// <summary>Length of the padded settings, in bytes.</summary>
    public const int SettingsSize = 2048;

    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 1 + 16 + 4 + 32 + 4 + SettingsSize + 64;

    /// <summary>Whether it asks for no more mails.</summary>
    public bool Stops => Settings.Span.IndexOfAnyExcept((byte)' ') < 0;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong. The settings are still to be read.</returns>
    public static NudgePut? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new NudgePut(bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.U32(), reader.Bytes(SettingsSize));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that its key signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<NudgePutPurpose>(NudgeKey.Span, Bytes.Span);

    /// <summary>A text and spaces, at least <see cref="SettingsSize"/> bytes.</summary>
    public static byte[] Pad(string settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var padded = new byte[Math.Max(SettingsSize, Encoding.UTF8.GetByteCount(settings))];
        padded.AsSpan().Fill((byte)' ');
        Encoding.UTF8.GetBytes(settings, padded);
        return padded;
    }

    /// <summary>Writes and signs the message.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <param name="day">Today.</param>
    /// <param name="revision">Higher than the last.</param>
    /// <param name="settings">The JSON text; empty to stop.</param>
    /// <param name="nudge">Who signs.</param>
    /// <returns>The message, or <see langword="null"/> when the settings are too long.</returns>
    public static byte[]? Write(ReadOnlySpan<byte> deployment, uint day, uint revision, string settings, SigningKey nudge)
    {
        ArgumentNullException.ThrowIfNull(nudge);
        var padded = Pad(settings);
        return padded.Length > SettingsSize ? null : new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(nudge.PublicKey.Span).U32(revision).Bytes(padded).SignedBy<NudgePutPurpose>(nudge);
    }
}

/// <summary>Somebody asks which mails they get. WEP-1, section 16.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="NudgeKey">Who asks, 32 bytes.</param>
public sealed record NudgeRequest(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> NudgeKey)
    : IAuthorMessage<NudgeRequest>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 133;

    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static NudgeRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new NudgeRequest(bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32));
        reader.Bytes(Limits.IdSize);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that its key signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<NudgePurpose>(NudgeKey.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> nonce, SigningKey nudge)
    {
        ArgumentNullException.ThrowIfNull(nudge);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(nudge.PublicKey.Span).Bytes(nonce).SignedBy<NudgePurpose>(nudge);
    }
}
