using System.Buffers.Text;
using System.Security.Cryptography;

namespace NsiPortal.Caching.Pages;

/// <summary>A page from its first byte to its last, encoded, with the headers that go with it.</summary>
sealed record WholePage(string? ContentType, string? Coding, string? ETag, byte[] Body)
{
    public static WholePage From(HttpResponse response, ReadOnlyMemory<byte> body, PageRequest page)
    {
        var coding = IsText(response.ContentType) ? page.Coding : ContentCoding.Identity;
        var encoded = coding.Encode(body.Span);
        return new WholePage(response.ContentType, coding.Name(), page.Shared ? TagOf(encoded) : null, encoded);
    }

    public Task WriteAsync(HttpContext http, PageRequest page, bool forOneReader = false)
    {
        var headers = http.Response.Headers;
        headers.ContentType = ContentType;
        headers.ContentEncoding = Coding;
        headers.ContentLength = Body.Length;
        if (page.Shared && !forOneReader)
        {
            headers.ETag = ETag;
            headers.CacheControl = "private, no-cache";
            headers.Vary = "Accept-Encoding, Cookie";
        }
        else
        {
            headers.CacheControl = "no-store";
        }

        return http.Response.Body.WriteAsync(Body, http.RequestAborted).AsTask();
    }

    static string TagOf(byte[] encoded)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(encoded, hash);
        return $"\"{Base64Url.EncodeToString(hash[..16])}\"";
    }

    static bool IsText(string? contentType) =>
        contentType is not null && (contentType.StartsWith("text/", StringComparison.Ordinal) || contentType.Contains("xml", StringComparison.Ordinal));
}
