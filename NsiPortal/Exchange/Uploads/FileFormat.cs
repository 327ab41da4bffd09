namespace NsiPortal.Exchange.Uploads;

/// <summary>What the first bytes of a file say that it is.</summary>
enum Signature
{
    /// <summary>Nothing that is known: a text perhaps.</summary>
    None,
    Png,
    Jpeg,
    Gif,
    Webp,
    Pdf,
    Zip,
    Executable,
    Other,
}

/// <summary>A kind of file that a course may have.</summary>
/// <param name="Clean">Gives the file without what it does not need, or refuses it.</param>
sealed record FileFormat(Signature Signature, string[] Extensions, Func<byte[], byte[]> Clean)
{
    // No archive, which hides what it holds, and nothing that a browser would run.
    public static IReadOnlyList<FileFormat> All { get; } =
    [
        new(Signature.Png, [".png"], PngFile.Clean),
        new(Signature.Jpeg, [".jpg", ".jpeg"], JpegFile.Clean),
        new(Signature.Gif, [".gif"], GifFile.Clean),
        new(Signature.Webp, [".webp"], WebpFile.Clean),
        new(Signature.None, [".svg"], SvgFile.Clean),
        new(Signature.Pdf, [".pdf"], PdfFile.Clean),
        new(Signature.None, [".csv", ".txt", ".py", ".sql"], TextFile.Clean),
        new(Signature.None, [".json"], TextFile.CleanJson),
    ];

    public static FileFormat? Named(string extension) => All.FirstOrDefault(format => format.Extensions.Contains(extension));

    public static Signature Sniffed(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(PngFile.Start) ? Signature.Png
        : bytes.StartsWith(JpegFile.Start) ? Signature.Jpeg
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? Signature.Gif
        : bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 ? (bytes[8..].StartsWith("WEBP"u8) ? Signature.Webp : Signature.Other)
        : bytes.StartsWith("%PDF-"u8) ? Signature.Pdf
        : bytes.StartsWith("PK"u8) && bytes.Length > 4 && bytes[2] < 9 ? Signature.Zip
        : bytes.StartsWith("MZ"u8) && bytes.Contains((byte)0) || bytes.StartsWith("\u007FELF"u8) ? Signature.Executable
        : Signature.None;
}
