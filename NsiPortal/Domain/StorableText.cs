using System.Text;

namespace NsiPortal.Domain;

/// <summary>Databases refuse the null character and halves of surrogate pairs, and escapes of YAML and JSON can write both.</summary>
public static class StorableText
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool Is(string text)
    {
        try
        {
            return !text.Contains('\0') && StrictUtf8.GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
