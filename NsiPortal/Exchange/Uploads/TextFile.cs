using System.Text;
using System.Text.Json;

namespace NsiPortal.Exchange.Uploads;

/// <summary>Data and programs that pupils read or run at home: any text in UTF-8. Whatever it says, it is served as a text.</summary>
static class TextFile
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Clean(byte[] file)
    {
        _ = Text(file);
        return file;
    }

    public static byte[] CleanJson(byte[] file)
    {
        try
        {
            using var _ = JsonDocument.Parse(Text(file).TrimStart('\uFEFF'));
            return file;
        }
        catch (JsonException fault)
        {
            throw new RefusedFileException("NotJson", (fault.LineNumber ?? 0) + 1);
        }
    }

    static string Text(byte[] file)
    {
        try
        {
            var text = StrictUtf8.GetString(file);
            return text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f')) ? throw new RefusedFileException("NotText") : text;
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedFileException("NotUtf8");
        }
    }
}
