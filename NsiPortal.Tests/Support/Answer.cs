using System.IO.Compression;
using System.Net;
using System.Text;

namespace NsiPortal.Support;

/// <summary>A response read to its end, decoded.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, string CacheStatus, string? ETag, string? Encoding, HttpResponseMessage Message)
{
    public bool Hit => CacheStatus.StartsWith("NsiPortal; hit", StringComparison.Ordinal);

    public bool Stored => CacheStatus.EndsWith("; stored", StringComparison.Ordinal);

    public int SqlCount => int.Parse(Header("X-Sql-Count")!);

    public string? Header(string name) =>
        Message.Headers.NonValidated.TryGetValues(name, out var values) || Message.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString() : null;

    public static async Task<Answer> FromAsync(HttpResponseMessage message, CancellationToken cancellationToken = default)
    {
        var encoding = message.Content.Headers.ContentEncoding.SingleOrDefault();
        var bytes = await message.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Answer(message.StatusCode, Decode(bytes, encoding),
            message.Headers.TryGetValues("Cache-Status", out var status) ? status.Single() : "", message.Headers.ETag?.Tag, encoding, message);
    }

    static string Decode(byte[] bytes, string? encoding)
    {
        using Stream stream = encoding switch
        {
            "br" when bytes.Length > 0 => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "gzip" when bytes.Length > 0 => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _ => new MemoryStream(bytes),
        };
        return new StreamReader(stream, System.Text.Encoding.UTF8).ReadToEnd();
    }
}

public static class HttpClientExtensions
{
    /// <summary>Asks for a page, with the headers given as « Name: value ».</summary>
    public static async Task<Answer> AskAsync(this HttpClient client, string path, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return await Answer.FromAsync(await client.SendAsync(request));
    }
}
