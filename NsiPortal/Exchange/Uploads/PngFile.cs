using System.Buffers.Binary;

namespace NsiPortal.Exchange.Uploads;

/// <summary>A PNG: of its chunks, those that draw. Texts, dates, Exif, and whatever stands behind the end are left out.</summary>
static class PngFile
{
    public static ReadOnlySpan<byte> Start => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    static readonly HashSet<string> Kept =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "hIST", "cICP", "acTL", "fcTL", "fdAT"];

    public static byte[] Clean(byte[] file)
    {
        var reader = new ByteReader(file, "PNG");
        if (!reader.Take(Start.Length).SequenceEqual(Start)) throw reader.Broken();
        var clean = new MemoryStream(file.Length);
        clean.Write(Start);
        var (chunks, drawn) = (0, false);
        while (true)
        {
            var start = reader.Position;
            var length = reader.BigInteger();
            var type = reader.Take(4);
            var data = reader.Take(length);
            var crc = reader.BigInteger();
            if (crc != Crc(file.AsSpan(start + 4, (int)length + 4))) throw reader.Broken();
            if (!IsName(type)) throw reader.Broken();
            var name = System.Text.Encoding.ASCII.GetString(type);
            if (chunks++ == 0 != (name == "IHDR")) throw reader.Broken();
            if (name == "IHDR") CheckHeader(data, reader);
            drawn |= name == "IDAT" && length > 0;
            // A chunk whose name begins with a capital is needed to draw.
            if (Kept.Contains(name)) clean.Write(reader.Since(start));
            else if (char.IsAsciiLetterUpper(name[0])) throw reader.Broken();
            if (name != "IEND") continue;
            return drawn && length == 0 ? clean.ToArray() : throw reader.Broken();
        }
    }

    static bool IsName(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
            if (!char.IsAsciiLetter((char)letter)) return false;
        return true;
    }

    static void CheckHeader(ReadOnlySpan<byte> header, ByteReader reader)
    {
        if (header.Length != 13) throw reader.Broken();
        ImageSize.Check(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        var (depth, colour, compression, filter, interlace) = (header[8], header[9], header[10], header[11], header[12]);
        if (depth is not (1 or 2 or 4 or 8 or 16) || colour is not (0 or 2 or 3 or 4 or 6) || compression != 0 || filter != 0 || interlace > 1) throw reader.Broken();
    }

    static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = Remainders[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }
}
