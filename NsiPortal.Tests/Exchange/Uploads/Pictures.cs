using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NsiPortal.Exchange.Uploads;

/// <summary>Small valid files of each kind, with what photographs and programs add to them.</summary>
public static class Pictures
{
    public const string Secret = "GPS 48.8584 N 2.2945 E, par Zoé";

    static readonly byte[] SecretBytes = Encoding.UTF8.GetBytes(Secret);

    /// <summary>An image that browsers show, of one colour.</summary>
    public static byte[] Png(uint width = 8, uint height = 8, byte grey = 128, params byte[][] more)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            for (var line = 0; line < Math.Min(height, 64); line++) zlib.Write([0, .. Enumerable.Repeat(grey, (int)Math.Min(width, 64))]);
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [.. PngFile.Start, .. Chunk("IHDR", header), .. more.SelectMany(chunk => chunk), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] TalkativePng() => [.. Png(more: [Chunk("tEXt", SecretBytes), Chunk("eXIf", SecretBytes), Chunk("iTXt", SecretBytes), Chunk("prVt", SecretBytes)]), .. SecretBytes];

    public static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), PngFile.Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    /// <summary>The structure of a photograph that was taken upright, with where and by whom.</summary>
    public static byte[] Jpeg(ushort width = 640, ushort height = 480) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"u8]),
        // Orientation 6, then the secret.
        .. Segment(0xE1, [.. "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"u8, .. SecretBytes]),
        .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. SecretBytes]),
        .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. SecretBytes]),
        .. Segment(0xFE, SecretBytes),
        .. Segment(0xDB, new byte[65]),
        .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xC4, new byte[20]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78,
        0xFF, 0xD9,
        .. "PK\x03\x04"u8, .. SecretBytes,
    ];

    static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    public static byte[] Gif(ushort width = 2, ushort height = 2) =>
    [
        .. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x21, 0xFE, (byte)SecretBytes.Length, .. SecretBytes, 0,
        0x21, 0xFF, 11, .. "XMP DataXMP"u8, (byte)SecretBytes.Length, .. SecretBytes, 0,
        0x21, 0xF9, 4, 0, 0, 0, 0, 0,
        0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x84, 0x8F, 0x05, 0, 0x3B, .. SecretBytes,
    ];

    public static byte[] Webp(int width = 16, int height = 16) => Riff(
    [
        .. Part("VP8X", [0x0C, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), (byte)((width - 1) >> 16), (byte)(height - 1), (byte)((height - 1) >> 8), (byte)((height - 1) >> 16)]),
        .. Part("VP8L", [0x2F, 15, 0xC0, 0x03, 0, 0, 0, 0]),
        .. Part("EXIF", SecretBytes),
        .. Part("XMP ", SecretBytes),
    ]);

    static byte[] Part(string name, byte[] data) => [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length % 2]];

    static byte[] Riff(byte[] parts) => [.. "RIFF"u8, .. BitConverter.GetBytes(parts.Length + 4), .. "WEBP"u8, .. parts, .. SecretBytes];

    public static byte[] Svg(string inside, string attributes = "") =>
        Encoding.UTF8.GetBytes($"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10" {attributes}>{inside}</svg>""");
}
