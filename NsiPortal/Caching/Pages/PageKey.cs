using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// The part of a page's key that the address does not hold: a digest of everything else the page is made from. Each part is written with
/// its length, so that no two different lists of parts give the same bytes.
/// </summary>
static class PageKey
{
    public static string Digest(
        BuildIdentity build, string databaseId, ContentCoding coding, TokenReading reading, int tagCount, string? userId, IEnumerable<string?> query)
    {
        var parts = new ArrayBufferWriter<byte>(256);
        parts.Write(build.Hash);
        Write(parts, databaseId);
        Write(parts, CultureInfo.CurrentUICulture.Name);
        parts.Write([(byte)coding]);
        Write(parts, reading.Epoch);
        for (var i = 0; i < tagCount; i++) Write(parts, reading.Tokens[i]);
        Write(parts, userId);
        foreach (var value in query) Write(parts, value);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(parts.WrittenSpan, digest);
        return Convert.ToHexStringLower(digest[..16]);
    }

    /// <summary>Up to a twentieth less than the duration, the same for all who have the key: what was made together does not end together.</summary>
    public static TimeSpan Spread(TimeSpan duration, string digest) => duration * (1 - (byte.Parse(digest.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 256.0 / 20));

    static void Write(ArrayBufferWriter<byte> parts, Guid token)
    {
        token.TryWriteBytes(parts.GetSpan(16));
        parts.Advance(16);
    }

    static void Write(ArrayBufferWriter<byte> parts, string? text)
    {
        BitConverter.TryWriteBytes(parts.GetSpan(4), text?.Length ?? -1);
        parts.Advance(4);
        if (text is not null) Encoding.UTF8.GetBytes(text, parts);
    }
}
