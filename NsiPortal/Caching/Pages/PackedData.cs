using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;

namespace NsiPortal.Caching.Pages;

/// <summary>Data as Redis keeps it: compressed, behind its length. Pages come compressed as their readers take them.</summary>
static class PackedData
{
    const int Quality = 5;
    const int Window = 22;

    public static byte[] Pack(ReadOnlySpan<byte> data)
    {
        var packed = new byte[sizeof(int) + BrotliEncoder.GetMaxCompressedLength(data.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(packed, data.Length);
        return BrotliEncoder.TryCompress(data, packed.AsSpan(sizeof(int)), out var length, Quality, Window) ? packed[..(sizeof(int) + length)] : throw new UnreachableException();
    }

    /// <returns>Null for what was not packed so, or is larger than <paramref name="maximum"/>.</returns>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed, int maximum)
    {
        if (packed.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(packed) is var length && (length < 0 || length > maximum)) return null;
        var data = new byte[length];
        return BrotliDecoder.TryDecompress(packed[sizeof(int)..], data, out var written) && written == length ? data : null;
    }
}
