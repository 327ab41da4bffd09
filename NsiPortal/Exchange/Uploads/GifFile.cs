namespace NsiPortal.Exchange.Uploads;

/// <summary>A GIF: its pictures and how they follow each other, without comments and without what applications add.</summary>
static class GifFile
{
    const int MaximumPictures = 2000;

    public static byte[] Clean(byte[] file)
    {
        var reader = new ByteReader(file, "GIF");
        reader.Take(6);
        var (width, height) = (reader.LittleShort(), reader.LittleShort());
        ImageSize.Check(width, height);
        var packed = reader.Take(3)[0];
        reader.Take(ColoursOf(packed));
        var clean = new MemoryStream(file.Length);
        clean.Write(reader.Since(0));
        var pictures = 0;
        while (true)
        {
            var start = reader.Position;
            switch (reader.Byte())
            {
                case 0x2C:
                    if (++pictures > MaximumPictures) throw new RefusedFileException("GifPictures", MaximumPictures);
                    reader.Take(4);
                    ImageSize.Check(reader.LittleShort(), reader.LittleShort());
                    reader.Take(ColoursOf(reader.Byte()));
                    if (reader.Byte() is < 2 or > 11) throw reader.Broken();
                    Blocks(ref reader);
                    clean.Write(reader.Since(start));
                    break;
                case 0x21:
                    var label = reader.Byte();
                    var first = reader.Take(reader.Byte());
                    if (first.Length > 0) Blocks(ref reader);
                    // When the next picture comes, and how often all of them.
                    if (label == 0xF9 && first.Length == 4 || label == 0xFF && first.SequenceEqual("NETSCAPE2.0"u8)) clean.Write(reader.Since(start));
                    break;
                case 0x3B:
                    clean.WriteByte(0x3B);
                    return pictures > 0 ? clean.ToArray() : throw reader.Broken();
                default:
                    throw reader.Broken();
            }
        }
    }

    static int ColoursOf(byte packed) => (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);

    static void Blocks(ref ByteReader reader)
    {
        while (reader.Byte() is > 0 and var length) reader.Take(length);
    }
}
