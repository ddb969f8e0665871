using System.Text;
using CsCheck;
using WeToo.Core.Log;
using WeToo.Core.Signing;
using Xunit;

namespace WeToo.Tests.Core.Log;

/// <summary>Notes, checkpoints and cosignatures: the examples of the specifications, and what is refused.</summary>
public sealed class SignedNoteTests : IDisposable
{
    private const string Example = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private readonly SigningKey _log = SigningKey.FromSeed(Enumerable.Repeat((byte)1, 32).ToArray());
    private readonly SigningKey _witness = SigningKey.FromSeed(Enumerable.Repeat((byte)2, 32).ToArray());

    private NoteKey LogKey => new("log.example", NoteKeyKind.Log, _log.PublicKey);

    private NoteKey WitnessKey => new("witness.example/w", NoteKeyKind.Witness, _witness.PublicKey);

    public void Dispose()
    {
        _log.Dispose();
        _witness.Dispose();
    }

    [Fact]
    public void The_example_of_the_specification_verifies()
    {
        var key = NoteKey.TryParse(ExampleKey)!;
        Assert.True(SignedNote.TryParse(Example)!.IsSignedBy(key));
        Assert.Equal((0x530d903au, ExampleKey), (key.Id, key.ToText()));
        Assert.Equal(Example, SignedNote.TryParse(Example)!.ToText());
    }

    [Fact]
    public void A_note_with_one_character_changed_is_signed_by_nobody() => Gen.Select(Gen.Int[0, Example.Length - 1], Gen.Char[' ', '~']).Sample((at, sign) =>
    {
        var altered = Example[..at] + sign + Example[(at + 1)..];
        Assert.Equal(altered == Example, SignedNote.TryParse(altered)?.IsSignedBy(NoteKey.TryParse(ExampleKey)!) == true);
    });

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— na+me AAAAAAAA\n")]
    [InlineData("text\n\n- name AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAAAA")]
    [InlineData("text\n\n— name AAAAAB==\n")] // Loose bits: another way to write the same.
    [InlineData("te\txt\n\n— name AAAAAAAA\n")]
    public void What_is_no_note_is_refused(string text) => Assert.Null(SignedNote.TryParse(text));

    [Theory]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")] // The id of another.
    [InlineData("example.com/fo +530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2")]
    [InlineData("example.com/foo")]
    public void What_is_no_key_is_refused(string text) => Assert.Null(NoteKey.TryParse(text));

    [Fact]
    public void A_log_signs_a_checkpoint_and_a_witness_says_when_it_saw_it()
    {
        var checkpoint = new Checkpoint("log.example", 42, Merkle.EmptyRoot);
        var note = SignedNote.Sign(checkpoint.ToText(), "log.example", _log);
        var seen = note with { Signatures = [.. note.Signatures, note.Cosign("witness.example/w", 1_795_000_000, _witness)] };
        var read = SignedNote.TryParse(seen.ToText())!;

        Assert.True(read.IsSignedBy(LogKey));
        Assert.Equal(1_795_000_000UL, read.CosignedAt(WitnessKey));
        Assert.Equal((checkpoint.Origin, checkpoint.Size), (Checkpoint.TryParse(read.Text)!.Origin, Checkpoint.TryParse(read.Text)!.Size));
    }

    [Fact]
    public void A_log_is_no_witness_and_neither_speaks_for_another_text()
    {
        var note = SignedNote.Sign("a\n1\nAAAA\n", "log.example", _log);
        var line = note.Cosign("witness.example/w", 7, _witness);

        Assert.False((note with { Text = "b\n1\nAAAA\n" }).IsSignedBy(LogKey));
        Assert.Null((note with { Text = "b\n1\nAAAA\n", Signatures = [line] }).CosignedAt(WitnessKey));
        Assert.Null((note with { Signatures = [line] }).CosignedAt(WitnessKey with { Kind = NoteKeyKind.Log }));
        Assert.False((note with { Signatures = [line] }).IsSignedBy(WitnessKey));
        var later = line.Signature.ToArray();
        later[7]++;
        Assert.Null((note with { Signatures = [line with { Signature = later }] }).CosignedAt(WitnessKey));
    }

    [Fact]
    public void One_wrong_line_of_a_known_key_spoils_the_note_and_a_strangers_does_not()
    {
        var note = SignedNote.Sign("text\n", "log.example", _log);
        var wrong = note.Signatures[0] with { Signature = new byte[64] };

        Assert.False((note with { Signatures = [.. note.Signatures, wrong] }).IsSignedBy(LogKey));
        Assert.True((note with { Signatures = [.. note.Signatures, wrong with { Name = "somebody.else" }] }).IsSignedBy(LogKey));
    }

    [Theory]
    [InlineData("log\n1\nAAAA\n")]
    [InlineData("log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log\n18446744073709551616\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    public void What_is_no_checkpoint_is_refused(string text) => Assert.Null(Checkpoint.TryParse(text));

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.OneOf(Gen.String, Gen.String.Select(text => Example + text)).Sample(text =>
    {
        var note = SignedNote.TryParse(text);
        if (note is not null) Assert.Equal(text, note.ToText());
        _ = Checkpoint.TryParse(text);
        _ = NoteKey.TryParse(text);
        Assert.True(Encoding.UTF8.GetByteCount(text) >= 0);
    });
}
