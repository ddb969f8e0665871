using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using WeToo.Core.Signing;

namespace WeToo.Core.Log;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Whose it says it is.</param>
/// <param name="KeyId">Which key it says it is of.</param>
/// <param name="Signature">The bytes after the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>As a line, with its newline.</summary>
    public string ToLine()
    {
        var bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes.AsMemory(4));
        return $"— {Name} {Convert.ToBase64String(bytes)}\n";
    }
}

/// <summary>A text with signatures below it. C2SP signed-note. Signatures of keys that nobody asked for say nothing.</summary>
/// <param name="Text">What is signed, ending with a newline.</param>
/// <param name="Signatures">The lines below it.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The longest note that is read, in characters.</summary>
    public const int LongestNote = 64 * 1024;

    /// <summary>How many signatures a note may have.</summary>
    public const int MostSignatures = 100;

    private const string Separator = "\n\n";
    private const string Dash = "— ";
    private const int TimeSize = 8;

    /// <summary>Reads a note. Nothing is verified yet.</summary>
    /// <returns>The note, or <see langword="null"/> when the form is wrong.</returns>
    public static SignedNote? TryParse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (note.Length > LongestNote || !note.EndsWith('\n') || note.Any(sign => sign is (< ' ' and not '\n') or '\ufffd')) return null;

        var end = note.LastIndexOf(Separator, StringComparison.Ordinal);
        if (end < 0 || end + Separator.Length == note.Length) return null;

        var lines = note[(end + Separator.Length)..^1].Split('\n');
        if (lines.Length > MostSignatures) return null;
        var signatures = lines.Select(ReadLine).ToList();
        return signatures.Contains(null) ? null : new(note[..(end + 1)], signatures!);
    }

    /// <summary>As text.</summary>
    public string ToText() => Text + "\n" + string.Concat(Signatures.Select(line => line.ToLine()));

    /// <summary>Checks a log's own signature.</summary>
    /// <param name="key">The log's key.</param>
    /// <returns>Whether a line is of this key, and every line of this key verifies.</returns>
    public bool IsSignedBy(NoteKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var own = Of(key).ToList();
        return key.Kind == NoteKeyKind.Log && own.Count > 0 && own.All(line => Ed25519.VerifyNote(key.PublicKey.Span, Encoding.UTF8.GetBytes(Text), line.Signature.Span));
    }

    /// <summary>Checks a witness's cosignature.</summary>
    /// <param name="key">The witness's key.</param>
    /// <returns>When the witness saw the checkpoint, in seconds since 1970; <see langword="null"/> when no line is of this key, or one of them does not verify.</returns>
    public ulong? CosignedAt(NoteKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var own = Of(key).ToList();
        if (key.Kind != NoteKeyKind.Witness || own.Count == 0 || !own.All(line => IsCosignature(key, line))) return null;
        return own.Max(TimeOf);
    }

    /// <summary>Signs a text as a log.</summary>
    /// <param name="text">The text, ending with a newline.</param>
    /// <param name="name">The log's name.</param>
    /// <param name="key">The log's key, which signs nothing else.</param>
    /// <exception cref="ArgumentException">The text does not end with a newline, or the name may not stand in a note.</exception>
    public static SignedNote Sign(string text, string name, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        if (!text.EndsWith('\n')) throw new ArgumentException("A note's text ends with a newline.", nameof(text));
        if (!NoteKey.IsName(name)) throw new ArgumentException("This may not stand in a note.", nameof(name));

        var id = new NoteKey(name, NoteKeyKind.Log, key.PublicKey).Id;
        return new(text, [new(name, id, key.SignNote(Encoding.UTF8.GetBytes(text)))]);
    }

    /// <summary>Signs the note's text as a witness.</summary>
    /// <param name="name">The witness's name.</param>
    /// <param name="atSeconds">When, in seconds since 1970, below 2⁶³.</param>
    /// <param name="key">The witness's key, which signs nothing else.</param>
    /// <returns>The line.</returns>
    public NoteSignature Cosign(string name, ulong atSeconds, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atSeconds, (ulong)long.MaxValue);
        if (!NoteKey.IsName(name)) throw new ArgumentException("This may not stand in a note.", nameof(name));

        var signature = new byte[TimeSize + Ed25519.SignatureSize];
        BinaryPrimitives.WriteUInt64BigEndian(signature, atSeconds);
        key.SignNote(Cosigned(atSeconds)).CopyTo(signature, TimeSize);
        return new(name, new NoteKey(name, NoteKeyKind.Witness, key.PublicKey).Id, signature);
    }

    private static NoteSignature? ReadLine(string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var encoded] || !NoteKey.IsName(name)) return null;

        var bytes = new byte[encoded.Length];
        if (encoded.Length % 4 != 0 || !Convert.TryFromBase64String(encoded, bytes, out var length) || length <= 4) return null;
        // One way to write it only: no other text has the same bytes.
        return Convert.ToBase64String(bytes, 0, length) == encoded ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4, length - 4)) : null;
    }

    private IEnumerable<NoteSignature> Of(NoteKey key) => Signatures.Where(line => line.Name == key.Name && line.KeyId == key.Id);

    private bool IsCosignature(NoteKey key, NoteSignature line) =>
        line.Signature.Length == TimeSize + Ed25519.SignatureSize && TimeOf(line) <= long.MaxValue
        && Ed25519.VerifyNote(key.PublicKey.Span, Cosigned(TimeOf(line)), line.Signature.Span[TimeSize..]);

    private static ulong TimeOf(NoteSignature line) => BinaryPrimitives.ReadUInt64BigEndian(line.Signature.Span);

    private byte[] Cosigned(ulong atSeconds) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {atSeconds}\n{Text}"));
}
