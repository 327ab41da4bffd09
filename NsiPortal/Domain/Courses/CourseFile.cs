using System.Security.Cryptography;

namespace NsiPortal.Domain.Courses;

/// <summary>A figure or a file that the chapters of one course show or link to, by its name.</summary>
public sealed class CourseFile
{
    public const int MaxNameLength = 160;
    public const int MaxAlternativeLength = 500;

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

    /// <summary>What an image says to who does not see it: empty when it says nothing, null as long as nobody has said.</summary>
    public string? Alternative { get; private set; }

    public bool IsImage => IsImageType(MediaType);

    public static bool IsImageType(string mediaType) => mediaType.StartsWith("image/", StringComparison.Ordinal);

    public void Describe(string? alternative) => Alternative = alternative is null ? null : Guard.OptionalText(alternative, MaxAlternativeLength);

    internal void Replace(string mediaType, byte[] content)
    {
        var hash = HashOf(content);
        if (hash == Hash && mediaType == MediaType) return;
        (MediaType, Content, Hash) = (mediaType, content, hash);
    }

    /// <summary>The <see cref="Hash"/> that a file of this content has.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
