using System.Buffers.Binary;
using System.Text;

namespace NsiPortal.Exchange.Uploads;

/// <summary>A WebP: of its chunks, those that draw. Exif and XMP are left out, and the header no longer says that there are any.</summary>
static class WebpFile
{
    const byte Exif = 0x08;
    const byte Xmp = 0x04;

    public static byte[] Clean(byte[] file)
    {
        var reader = new ByteReader(file, "WebP");
        reader.Take(4);
        var size = reader.LittleInteger();
        if (size < 4 || size > reader.Left) throw reader.Broken();
        var body = new ByteReader(reader.Take(size), "WebP");
        body.Take(4);
        var clean = new MemoryStream(file.Length);
        clean.Write("RIFF\0\0\0\0WEBP"u8);
        var (chunks, drawn) = (0, false);
        while (body.Left > 0)
        {
            var start = body.Position;
            var name = Encoding.ASCII.GetString(body.Take(4));
            var data = body.Take(body.LittleInteger());
            if (data.Length % 2 == 1) body.Take(1);
            if (name == "VP8X" && chunks > 0) throw body.Broken();
            chunks++;
            if (name is not ("VP8X" or "VP8 " or "VP8L" or "ALPH" or "ANIM" or "ANMF" or "ICCP")) continue;
            drawn |= Check(name, data, body);
            var written = (int)clean.Length;
            clean.Write(body.Since(start));
            if (name == "VP8X") clean.GetBuffer()[written + 8] &= unchecked((byte)~(Exif | Xmp));
        }

        if (!drawn) throw body.Broken();
        var cleaned = clean.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(cleaned.AsSpan(4), cleaned.Length - 8);
        return cleaned;
    }

    /// <returns>Whether it is a picture.</returns>
    static bool Check(string name, ReadOnlySpan<byte> data, ByteReader body)
    {
        switch (name)
        {
            case "VP8X":
                if (data.Length != 10) throw body.Broken();
                ImageSize.Check(1 + Medium(data[4..]), 1 + Medium(data[7..]));
                return false;
            case "VP8 ":
                if (data.Length < 10 || !data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])) throw body.Broken();
                ImageSize.Check(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
                return true;
            case "VP8L":
                if (data.Length < 5 || data[0] != 0x2F) throw body.Broken();
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
                ImageSize.Check(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF));
                return true;
            case "ANMF":
                if (data.Length < 16 + 8) throw body.Broken();
                ImageSize.Check(1 + Medium(data[6..]), 1 + Medium(data[9..]));
                return true;
            default:
                return false;
        }
    }

    static int Medium(ReadOnlySpan<byte> at) => at[0] | at[1] << 8 | at[2] << 16;
}
