using System.Globalization;
using System.Text;

namespace NsiPortal.Redis;

/// <summary>One argument of a command, as the bytes that are sent.</summary>
public readonly struct RedisArgument
{
    RedisArgument(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    internal ReadOnlyMemory<byte> Bytes { get; }

    public static implicit operator RedisArgument(string text) => new(Encoding.UTF8.GetBytes(text));

    public static implicit operator RedisArgument(byte[] bytes) => new(bytes);

    public static implicit operator RedisArgument(ReadOnlyMemory<byte> bytes) => new(bytes);

    public static implicit operator RedisArgument(long number) => number.ToString(CultureInfo.InvariantCulture);
}
