using System.Buffers.Binary;
using System.Security.Cryptography;
using NsiPortal.Caching.Pages;

namespace NsiPortal.Caching;

public sealed class PackedDataTests
{
    const int Maximum = 100_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Maximum)]
    public void It_comes_back_as_it_was(int length)
    {
        foreach (var data in new[] { new byte[length], RandomNumberGenerator.GetBytes(length) }) Assert.Equal(data, PackedData.Unpack(PackedData.Pack(data), Maximum));
    }

    [Fact]
    public void What_was_not_packed_so_or_is_too_large_is_nothing()
    {
        Assert.Null(PackedData.Unpack([], Maximum));
        Assert.Null(PackedData.Unpack([1, 0, 0], Maximum));
        Assert.Null(PackedData.Unpack(PackedData.Pack(new byte[Maximum + 1]), Maximum));
        foreach (var length in new[] { -1, 49, 51, int.MaxValue })
        {
            var packed = PackedData.Pack(new byte[50]);
            BinaryPrimitives.WriteInt32LittleEndian(packed, length);
            Assert.Null(PackedData.Unpack(packed, Maximum));
        }

        var torn = PackedData.Pack(RandomNumberGenerator.GetBytes(500));
        Assert.Null(PackedData.Unpack(torn.AsSpan(0, 100), Maximum));
    }
}
