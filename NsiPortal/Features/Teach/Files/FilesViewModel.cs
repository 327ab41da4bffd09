using NsiPortal.Domain.Courses;
using NsiPortal.Exchange.Uploads;

namespace NsiPortal.Features.Teach.Files;

public sealed record FilesViewModel(int CourseId, string CourseTitle, IReadOnlyList<FileRow> Files)
{
    /// <summary>What was not taken, each with the reason.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>The alternative text that was typed for a file, and was not kept.</summary>
    public (string Name, string Text)? Entered { get; init; }

    public long Size => Files.Sum(file => (long)file.Size);

    public string Address => $"/prof/cours/{CourseId}/fichiers";
}

/// <param name="Uses">The chapters that show it, or link to it.</param>
public sealed record FileRow(string Name, string MediaType, int Size, string? Alternative, IReadOnlyList<FileUse> Uses)
{
    public bool IsImage => CourseFile.IsImageType(MediaType);

    public string Markdown => Upload.MarkdownOf(Name, MediaType, Alternative);

    public string Extension => Path.GetExtension(Name);
}

public sealed record FileUse(int ChapterId, string Title);
