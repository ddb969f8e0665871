using WeToo.Core.Log;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>What an author says of the box in which others may leave notes for them.</summary>
public enum NoteBoxAct : byte
{
    /// <summary>It takes notes, under a note key; one before takes none any more.</summary>
    Take = 1,

    /// <summary>It takes no more.</summary>
    Close = 2,

    /// <summary>A note is thrown away.</summary>
    Drop = 3,
}

/// <summary>An author asks others for notes, asks no more, or throws one away. WEP-1, section 19.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Pseudonym">Whose box, 32 bytes.</param>
/// <param name="FilingId">A filing of theirs that lives, 16 bytes.</param>
/// <param name="Act">What they do.</param>
/// <param name="Subject">The note key, or the commitment of the note that is thrown away; 32 bytes.</param>
public sealed record NoteBoxMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, NoteBoxAct Act, ReadOnlyMemory<byte> Subject)
    : IAuthorMessage<NoteBoxMessage>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 166;

    /// <summary>Notes that wait for an author, at most.</summary>
    public const int MostNotes = 5;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static NoteBoxMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new NoteBoxMessage(
            bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize),
            (NoteBoxAct)reader.U8((byte)NoteBoxAct.Take, (byte)NoteBoxAct.Drop), reader.Bytes(32));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<NoteBoxPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, NoteBoxAct act, ReadOnlySpan<byte> subject, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(pseudonym.PublicKey.Span).Bytes(filingId).U8((byte)act).Bytes(subject)
            .SignedBy<NoteBoxPurpose>(pseudonym);
    }
}

/// <summary>
/// A note that somebody leaves for an author who asked them. It is signed by the key that everybody has who has the code: it shows that the sender has it, and not who they are. WEP-1, section 19.
/// </summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="NoteKey">Which box: the public half of the key that a code gives, 32 bytes.</param>
/// <param name="Entry">What dates it: of kind <see cref="EntryKind.Note"/>.</param>
/// <param name="Sealed">What only the author opens.</param>
public sealed record NoteMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> NoteKey, LogEntry Entry, ReadOnlyMemory<byte> Sealed)
    : IAuthorMessage<NoteMessage>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 8391;

    /// <summary>Length of what is sealed, in bytes: a salt, a JSON text, and spaces.</summary>
    public const int ContentSize = 8192;

    /// <summary>Length of the sealed part, in bytes.</summary>
    public const int SealedSize = ContentSize + SealedBox.Overhead;

    /// <summary>Derives the X25519 secret to which notes are sealed.</summary>
    /// <param name="boxKey">The author's box key, which this key does not tell.</param>
    /// <param name="round">How often they have asked anew, from 1.</param>
    /// <returns>32 bytes: HKDF with <c>"wetoo/v1/note-box" ‖ u32 round</c>.</returns>
    public static SecretBytes SecretFor(SecretBytes boxKey, uint round)
    {
        ArgumentNullException.ThrowIfNull(boxKey);
        return boxKey.Derive(new WireWriter().Bytes("wetoo/v1/note-box"u8).U32(round).ToArray(), SealedBox.KeySize);
    }

    /// <summary>Derives the note key of a box. Whoever has the code has it, and nobody else: the vault knows its public half alone, and so can seal no note.</summary>
    /// <param name="recipient">The public half of <see cref="SecretFor"/>, 32 bytes: what a code says.</param>
    public static SigningKey KeyOf(ReadOnlySpan<byte> recipient)
    {
        using var secret = SecretBytes.Take(recipient.ToArray());
        using var seed = secret.Derive("wetoo/v1/note"u8, SigningKey.SeedSize);
        return SigningKey.FromSeed(seed.Span);
    }

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static NoteMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, day, noteKey, entry, box) = (reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(LogEntry.Size), reader.Bytes(SealedSize));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done && LogEntry.TryParse(entry) is { Kind: EntryKind.Note } dated ? new(bytes, deployment, day, noteKey, dated, box) : null;
    }

    /// <summary>Checks that the note key signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<NotePurpose>(NoteKey.Span, Bytes.Span);

    /// <summary>Seals, writes and signs a note.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <param name="day">Today.</param>
    /// <param name="recipient">What the code says, 32 bytes.</param>
    /// <param name="salt">32 random bytes: with the note itself they give what dates it.</param>
    /// <param name="json">The note, at most 8160 bytes.</param>
    /// <param name="random">For the sealed box.</param>
    /// <returns>The message, or <see langword="null"/> when the note is too long or the recipient is none.</returns>
    public static byte[]? Write(ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> json, RandomBytes random)
    {
        if (json.Length > ContentSize - LogEntry.SaltSize) return null;
        var content = new byte[ContentSize];
        content.AsSpan().Fill((byte)' ');
        salt.CopyTo(content);
        json.CopyTo(content.AsSpan(LogEntry.SaltSize));
        if (SealedBox.Seal(recipient, content, random) is not { } box) return null;

        using var key = KeyOf(recipient);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(key.PublicKey.Span).Bytes(LogEntry.Of(EntryKind.Note, salt, json).ToBytes()).Bytes(box).SignedBy<NotePurpose>(key);
    }
}
