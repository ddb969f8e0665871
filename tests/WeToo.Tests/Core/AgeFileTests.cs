using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Age;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class AgeFileTests
{
    private static readonly AgeIdentity s_identity = AgeIdentity.Random(RandomNumberGenerator.Fill);

    /// <summary>All of C2SP/CCTV's files but those with armor, with a passphrase or with post-quantum recipients, which we do not read.</summary>
    public static TheoryData<string> PublishedFiles =>
        [.. Directory.EnumerateFiles(Path.Combine(Vectors.Root(), "spec", "vectors", "age-cctv")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(PublishedFiles))]
    public void A_published_file_opens_exactly_when_it_must(string name)
    {
        var (fields, file) = Read(name);
        using var identity = fields.TryGetValue("identity", out var text) ? AgeIdentity.TryParse(text)! : AgeIdentity.Random(RandomNumberGenerator.Fill);

        var plaintext = AgeFile.TryDecrypt(identity, file);

        if (fields["expect"] == "success") Assert.Equal(fields["payload"], Convert.ToHexStringLower(SHA256.HashData(plaintext!)));
        else Assert.Null(plaintext);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(131072)]
    public void What_is_sealed_to_several_opens_for_each(int length)
    {
        using var other = AgeIdentity.Random(RandomNumberGenerator.Fill);
        var plaintext = RandomNumberGenerator.GetBytes(length);

        var file = AgeFile.Encrypt([s_identity.Recipient, other.Recipient], plaintext, RandomNumberGenerator.Fill)!;

        Assert.Equal(plaintext, AgeFile.TryDecrypt(s_identity, file));
        Assert.Equal(plaintext, AgeFile.TryDecrypt(other, file));
    }

    [Fact]
    public void It_opens_for_nobody_else()
    {
        using var other = AgeIdentity.Random(RandomNumberGenerator.Fill);
        var file = AgeFile.Encrypt([s_identity.Recipient], "to one"u8, RandomNumberGenerator.Fill)!;

        Assert.Null(AgeFile.TryDecrypt(other, file));
    }

    [Fact]
    public void Every_altered_byte_is_noticed()
    {
        var file = AgeFile.Encrypt([s_identity.Recipient], "a short text"u8, RandomNumberGenerator.Fill)!;
        for (var at = 0; at < file.Length; at++)
        {
            var altered = file.ToArray();
            altered[at] ^= 1;
            Assert.Null(AgeFile.TryDecrypt(s_identity, altered));
        }
    }

    [Fact]
    public void An_identity_survives_being_written_down()
    {
        using var read = AgeIdentity.TryParse(s_identity.Export())!;

        Assert.Equal(s_identity.Recipient, read.Recipient);
        Assert.True(AgeRecipient.IsValid(read.Recipient));
        Assert.False(AgeRecipient.IsValid(read.Recipient[..^1] + (read.Recipient[^1] == 'q' ? 'p' : 'q')));
    }

    /// <summary>
    /// So that none is lost without anybody noticing. 143 files are published; 75 are left out, since nobody seals to us that way and such a file
    /// is refused: 33 with armor, 24 with nothing but a passphrase, 18 with post-quantum recipients.
    /// </summary>
    [Fact]
    public void All_published_files_within_our_scope_are_here()
    {
        Assert.Equal(143 - 33 - 24 - 18, PublishedFiles.Count);
        Assert.DoesNotContain(PublishedFiles, row => row.Data.StartsWith("armor_", StringComparison.Ordinal) || row.Data.StartsWith("hybrid", StringComparison.Ordinal));
    }

    [Fact]
    public void The_age_program_opens_what_we_seal_and_we_open_what_it_seals()
    {
        Assert.SkipUnless(Path.Exists("/usr/bin/age"), "The program age (Debian package age) is not installed here.");
        var folder = Directory.CreateTempSubdirectory().FullName;
        var (key, ours, theirs) = (Path.Combine(folder, "key"), Path.Combine(folder, "ours"), Path.Combine(folder, "theirs"));
        var plaintext = RandomNumberGenerator.GetBytes(150_000);
        File.WriteAllText(key, s_identity.Export() + "\n");

        File.WriteAllBytes(ours, AgeFile.Encrypt([s_identity.Recipient], plaintext, RandomNumberGenerator.Fill)!);
        Run("--decrypt", "--identity", key, "--output", ours + ".opened", ours);
        Assert.Equal(plaintext, File.ReadAllBytes(ours + ".opened"));

        Run("--encrypt", "--recipient", s_identity.Recipient, "--output", theirs, ours + ".opened");
        Assert.Equal(plaintext, AgeFile.TryDecrypt(s_identity, File.ReadAllBytes(theirs)));
        Directory.Delete(folder, recursive: true);
    }

    private static void Run(params string[] arguments)
    {
        using var age = Process.Start("/usr/bin/age", arguments);
        age.WaitForExit();
        Assert.Equal(0, age.ExitCode);
    }

    private static (Dictionary<string, string> Fields, byte[] File) Read(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Vectors.Root(), "spec", "vectors", "age-cctv", name));
        var end = bytes.AsSpan().IndexOf("\n\n"u8);
        var fields = Encoding.UTF8.GetString(bytes, 0, end).Split('\n').Select(line => line.Split(": ", 2))
            .GroupBy(field => field[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        var file = bytes[(end + 2)..];
        return (fields, fields.ContainsKey("compressed") ? Inflate(file) : file);
    }

    private static byte[] Inflate(byte[] compressed)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }
}
