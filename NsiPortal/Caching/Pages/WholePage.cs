using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

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
        if (page.Shared && !forOneReader)
        {
            headers.ETag = ETag;
            headers.CacheControl = "private, no-cache";
            headers.Vary = "Accept-Encoding, Cookie";
            if (Has(http.Request.Headers.IfNoneMatch))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        else
        {
            headers.CacheControl = "no-store";
        }

        headers.ContentType = ContentType;
        headers.ContentEncoding = Coding;
        headers.ContentLength = Body.Length;
        return http.Response.Body.WriteAsync(Body, http.RequestAborted).AsTask();
    }

    /// <summary>Whether the reader says that it has the page.</summary>
    bool Has(StringValues held)
    {
        if (held.Count == 0 || ETag is null) return false;
        if (held.Count == 1 && held[0] == ETag) return true;
        var mine = new EntityTagHeaderValue(ETag);
        return EntityTagHeaderValue.TryParseList(held, out var tags) && tags.Any(tag => tag.Compare(mine, useStrongComparison: false) || tag.Equals(EntityTagHeaderValue.Any));
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
