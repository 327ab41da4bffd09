using System.Buffers.Binary;

namespace NsiPortal.Exchange.Uploads;

/// <summary>Reads a file from its beginning to its end; what is not there is a reason to refuse it.</summary>
ref struct ByteReader(ReadOnlySpan<byte> bytes, string kind)
{
    readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly int Left => bytes.Length - Position;

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left) throw Broken();
        var taken = bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public void Back(int count) => Position -= count;

    public byte Byte() => Take(1)[0];

    public int BigShort() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public long BigInteger() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public int LittleShort() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public long LittleInteger() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>What was read since a position.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => bytes[start..Position];

    public readonly RefusedFileException Broken() => ImageSize.Broken(kind);
}
