using System.Security.Cryptography;

namespace NsiPortal.Domain.Courses;

/// <summary>A figure or a file that the chapters of one course show or link to, by its name.</summary>
public sealed class CourseFile
{
    CourseFile() { }

    internal CourseFile(string name, string mediaType, byte[] content)
    {
        Name = name;
        MediaType = mediaType;
        Content = content;
        Hash = HashOf(content);
    }

    public int Id { get; private set; }
    public int CourseId { get; private set; }
    public string Name { get; private set; } = "";
    public string MediaType { get; private set; } = "";

    /// <summary>SHA-256 of <see cref="Content"/>, in lower-case hexadecimal.</summary>
    public string Hash { get; private set; } = "";
    public byte[] Content { get; private set; } = [];

    internal void Replace(string mediaType, byte[] content)
    {
        var hash = HashOf(content);
        if (hash == Hash && mediaType == MediaType) return;
        (MediaType, Content, Hash) = (mediaType, content, hash);
    }

    /// <summary>The <see cref="Hash"/> that a file of this content has.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
