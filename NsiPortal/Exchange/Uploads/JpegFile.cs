using System.Buffers.Binary;

namespace NsiPortal.Exchange.Uploads;

/// <summary>
/// A JPEG: what draws it, byte for byte. A photograph also tells where, when and with what it was taken, and may carry others behind its end; of all that
/// only the way up is kept.
/// </summary>
static class JpegFile
{
    public static ReadOnlySpan<byte> Start => [0xFF, 0xD8, 0xFF];

    public static byte[] Clean(byte[] file)
    {
        var reader = new ByteReader(file, "JPEG");
        if (!reader.Take(2).SequenceEqual(Start[..2])) throw reader.Broken();
        var clean = new MemoryStream(file.Length);
        clean.Write(Start[..2]);
        var (framed, scanned, orientation) = (false, false, 1);
        while (true)
        {
            var marker = Marker(ref reader);
            if (marker == 0xD9)
            {
                clean.Write([0xFF, 0xD9]);
                return framed && scanned ? clean.ToArray() : throw reader.Broken();
            }

            // Markers that stand alone have no place between segments.
            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8)) throw reader.Broken();
            var length = reader.BigShort();
            if (length < 2) throw reader.Broken();
            var data = reader.Take(length - 2);
            if (marker == 0xE1 && data.StartsWith("Exif\0\0"u8)) orientation = Orientation(data[6..]);
            if (!IsKept(marker, data)) continue;
            if (IsFrame(marker))
            {
                if (framed || data.Length < 6) throw reader.Broken();
                ImageSize.Check(BinaryPrimitives.ReadUInt16BigEndian(data[3..]), BinaryPrimitives.ReadUInt16BigEndian(data[1..]));
                if (orientation != 1) clean.Write(Upright(orientation));
                framed = true;
            }

            clean.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
            clean.Write(data);
            if (marker != 0xDA) continue;
            if (!framed) throw reader.Broken();
            scanned = true;
            clean.Write(Scan(ref reader));
        }
    }

    /// <summary>After it, and after what fills up before it.</summary>
    static byte Marker(ref ByteReader reader)
    {
        if (reader.Byte() != 0xFF) throw reader.Broken();
        byte marker;
        while ((marker = reader.Byte()) == 0xFF) { }
        return marker;
    }

    /// <summary>What is drawn, up to the next marker.</summary>
    static ReadOnlySpan<byte> Scan(ref ByteReader reader)
    {
        var start = reader.Position;
        while (true)
        {
            if (reader.Byte() != 0xFF) continue;
            var next = reader.Byte();
            // A stuffed byte, or a point from which to resume.
            if (next is 0x00 or (>= 0xD0 and <= 0xD7)) continue;
            reader.Back(2);
            return reader.Since(start);
        }
    }

    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    static bool IsKept(byte marker, ReadOnlySpan<byte> data) => marker switch
    {
        0xE0 => data.StartsWith("JFIF\0"u8) && data.Length == 14,
        0xE2 => data.StartsWith("ICC_PROFILE\0"u8),
        // How the colours are to be read.
        0xEE => data.StartsWith("Adobe"u8) && data.Length == 12,
        // Other applications' and comments.
        >= 0xE0 and <= 0xEF or 0xFE => false,
        _ => true,
    };

    /// <summary>Which way is up, from 1 to 8 as Exif counts; 1 whenever it is not said properly.</summary>
    static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 10) return 1;
        var little = tiff.StartsWith("II*\0"u8);
        if (!little && !tiff.StartsWith("MM\0*"u8)) return 1;
        var directory = Integer(tiff[4..], little);
        if (directory > tiff.Length - 2) return 1;
        var count = Short(tiff[(int)directory..], little);
        for (var i = 0; i < count; i++)
        {
            var start = (int)directory + 2 + 12 * i;
            if (start + 12 > tiff.Length) return 1;
            if (Short(tiff[start..], little) == 0x0112) return Short(tiff[(start + 8)..], little) is >= 1 and <= 8 and var way ? way : 1;
        }

        return 1;

        static int Short(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

        static uint Integer(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
    }

    /// <summary>A segment of Exif that says nothing but the way up.</summary>
    static byte[] Upright(int orientation) =>
        [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\x08\0\x01"u8, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
}
