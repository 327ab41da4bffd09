using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace NsiPortal.Caching.Pages;

/// <summary>The encodings that pages are kept in. What a client accepts is brought down to one of these, so that its wording makes no new entry.</summary>
enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

static class ContentCodings
{
    /// <summary>The best coding that the client's <c>Accept-Encoding</c> allows.</summary>
    public static ContentCoding Negotiate(HttpRequest request)
    {
        var header = request.Headers.AcceptEncoding;
        if (header.Count == 0) return ContentCoding.Identity;
        if (header.Count == 1 && header[0] is "br" or "gzip, deflate, br" or "gzip, deflate, br, zstd") return ContentCoding.Brotli;
        if (!StringWithQualityHeaderValue.TryParseList(header, out var accepted)) return ContentCoding.Identity;
        if (Accepts(accepted, "br")) return ContentCoding.Brotli;
        return Accepts(accepted, "gzip") ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    /// <summary>The value of <c>Content-Encoding</c>; null for the bytes as they are.</summary>
    public static string? Name(this ContentCoding coding) => coding switch
    {
        ContentCoding.Identity => null,
        ContentCoding.Gzip => "gzip",
        ContentCoding.Brotli => "br",
    };

    public static byte[] Encode(this ContentCoding coding, ReadOnlySpan<byte> bytes)
    {
        if (coding == ContentCoding.Identity) return bytes.ToArray();
        using var encoded = new MemoryStream(bytes.Length / 3);
        // Quality 5 is where brotli's size stops falling faster than its cost rises.
        using (Stream encoder = coding == ContentCoding.Brotli
                   ? new BrotliStream(encoded, new BrotliCompressionOptions { Quality = 5 }, leaveOpen: true)
                   : new GZipStream(encoded, CompressionLevel.Optimal, leaveOpen: true))
            encoder.Write(bytes);
        return encoded.ToArray();
    }

    static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string coding) =>
        accepted.Any(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && value.Quality is null or > 0);
}
