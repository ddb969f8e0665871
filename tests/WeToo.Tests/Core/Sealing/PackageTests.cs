using CsCheck;
using WeToo.Core.Sealing;
using Xunit;

namespace WeToo.Tests.Core.Sealing;

public sealed class PackageTests
{
    private static readonly ReadOnlyMemory<byte> s_counselor = new byte[32];

    [Fact]
    public void What_fits_comes_back_and_has_the_size_of_its_class() => Gen.Select(Gen.Byte.Array[32].Array[1, 8], Gen.Byte.Array[0, 3000]).Sample((counselors, ageFile) =>
    {
        var padded = new Package([.. counselors.Select(key => (ReadOnlyMemory<byte>)key)], ageFile).Pad(SizeClass.Contact)!;
        var read = Package.TryParse(padded)!;

        Assert.Equal(SizeClass.Contact, padded.Length);
        Assert.Equal(ageFile, read.AgeFile.ToArray());
        Assert.Equal(counselors, read.Counselors.Select(key => key.ToArray()));
    });

    [Theory]
    [InlineData(16384 - 37, 16384)]
    [InlineData(16384 - 36, 65536)]
    [InlineData(1048576 - 37, 1048576)]
    public void The_smallest_class_that_holds_it_is_taken(int length, int size) =>
        Assert.Equal(size, new Package([s_counselor], new byte[length]).Pad([.. SizeClass.Account])!.Length);

    [Fact]
    public void What_fits_into_no_class_and_what_nobody_may_read_is_refused()
    {
        Assert.Null(new Package([s_counselor], new byte[1048576 - 36]).Pad([.. SizeClass.Account]));
        Assert.Null(new Package([], new byte[10]).Pad(SizeClass.Contact));
        Assert.Null(new Package([.. Enumerable.Repeat(s_counselor, 256)], new byte[10]).Pad(1048576));
    }

    [Fact]
    public void Padding_that_is_not_zero_and_lengths_out_of_range_are_malformed()
    {
        var padded = new Package([s_counselor], new byte[100]).Pad(SizeClass.Contact)!;
        byte[] Altered(int at, byte value)
        {
            var altered = padded.ToArray();
            altered[at] = value;
            return altered;
        }

        Assert.Null(Package.TryParse(Altered(SizeClass.Contact - 1, 1)));
        Assert.Null(Package.TryParse(Altered(0, 0)));
        Assert.Null(Package.TryParse(Altered(0, 255)));
        Assert.Null(Package.TryParse(Altered(33, 255)));
        Assert.Null(Package.TryParse(default));
    }
}
