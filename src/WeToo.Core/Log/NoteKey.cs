using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Signing;

namespace WeToo.Core.Log;

/// <summary>What a key of a note signs, and how. C2SP signed-note.</summary>
#pragma warning disable CA1027 // Numbers of a registry, not bits.
public enum NoteKeyKind : byte
{
    /// <summary>Ed25519 over the text: a log's own signature.</summary>
    Log = 1,

    /// <summary>Ed25519 over a time and the text: a witness's. C2SP tlog-cosignature.</summary>
    Witness = 4,
}
#pragma warning restore CA1027

/// <summary>A public key by which a note is verified.</summary>
/// <param name="Name">Whose it is: not empty, without white space and plus.</param>
/// <param name="Kind">What it signs.</param>
/// <param name="PublicKey">The Ed25519 key, 32 bytes.</param>
public sealed record NoteKey(string Name, NoteKeyKind Kind, ReadOnlyMemory<byte> PublicKey)
{
    /// <summary>The first four bytes of SHA-256(name ‖ newline ‖ kind ‖ public key).</summary>
    public uint Id => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', (byte)Kind, .. PublicKey.Span]));

    /// <summary>Reads <c>name+id+base64</c>.</summary>
    /// <returns>The key, or <see langword="null"/> when the form is wrong, the id is not its own, or the kind is not one of ours.</returns>
    public static NoteKey? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('+', 3) is not [var name, var id, var encoded] || !IsName(name)) return null;

        var material = new byte[1 + Ed25519.PublicKeySize];
        if (encoded.Length != 44 || !Convert.TryFromBase64String(encoded, material, out var length) || length != material.Length) return null;
        if (!Enum.IsDefined((NoteKeyKind)material[0])) return null;

        var key = new NoteKey(name, (NoteKeyKind)material[0], material.AsMemory(1));
        return id == key.Id.ToString("x8", CultureInfo.InvariantCulture) ? key : null;
    }

    /// <summary>As <c>name+id+base64</c>.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Kind, .. PublicKey.Span])}");

    /// <summary>Whether a name may stand in a note.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && !name.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || sign == '+');
    }
}
