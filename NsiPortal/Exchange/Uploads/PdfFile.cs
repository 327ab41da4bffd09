namespace NsiPortal.Exchange.Uploads;

/// <summary>A PDF is kept as it is, and given to be saved, never opened in the portal's name.</summary>
static class PdfFile
{
    public static byte[] Clean(byte[] file) =>
        file.AsSpan(Math.Max(0, file.Length - 2048)).IndexOf("%%EOF"u8) >= 0 ? file : throw new RefusedFileException("BrokenPdf");
}
