using NsiPortal.Domain.Courses;

namespace NsiPortal.Exchange.Uploads;

/// <summary>
/// A file that somebody sent, made fit to be shown to pupils: it is what its name says, it does nothing by itself, and it tells nothing of where and by
/// whom it was made.
/// </summary>
/// <param name="Name">Safe in an address; not yet unique.</param>
public sealed record Upload(string Name, string MediaType, byte[] Content)
{
    public const int MaximumBytes = 5 * 1024 * 1024;

    /// <summary>Of all the files of a course.</summary>
    public const int MaximumCourseBytes = 100 * 1024 * 1024;

    /// <summary>What a browser takes to show an image is in proportion to its pixels, not to its bytes.</summary>
    public const int MaximumPixels = 40_000_000;

    /// <summary>Their extensions, as a file chooser wants them.</summary>
    public static string Accepted { get; } = string.Join(',', FileFormat.All.SelectMany(format => format.Extensions));

    /// <param name="fileName">As its sender called it. It decides nothing but between kinds of text.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="RefusedFileException">It is not taken.</exception>
    public static Upload Read(string fileName, byte[] bytes)
    {
        if (bytes.Length == 0) throw new RefusedFileException("Empty");
        if (bytes.Length > MaximumBytes) throw new RefusedFileException("TooLarge", MaximumBytes / 1024 / 1024) { TooLarge = true };
        var extension = Path.GetExtension(LastPart(fileName)).ToLowerInvariant();
        var named = FileFormat.Named(extension)
            ?? throw new RefusedFileException("Type", string.Join(", ", FileFormat.All.SelectMany(f => f.Extensions).Select(e => e[1..])));
        if (FileFormat.Sniffed(bytes) is var sniffed && sniffed != named.Signature)
            throw new RefusedFileException("Misnamed", extension, Faults.Say($"Signature.{sniffed}"));
        return new Upload(SafeName(fileName, extension), FolderLayout.MediaTypeOf($"x{extension}")!, named.Clean(bytes));
    }

    /// <summary>A name that is none of <paramref name="taken"/>: <c>schema-2.png</c> beside <c>schema.png</c>.</summary>
    public string NameBeside(IReadOnlySet<string> taken)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(Name), Path.GetExtension(Name));
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? Name : $"{stem}-{number}{extension}").First(name => !taken.Contains(name));
    }

    /// <summary>How a chapter shows it, or links to it.</summary>
    public static string MarkdownOf(string name, string mediaType, string? alternative) => CourseFile.IsImageType(mediaType)
        ? $"![{Escaped(alternative ?? "")}]({FolderLayout.Figures}/{name})"
        : $"[{name}]({Served}/{name})";

    /// <summary>Whether a text in Markdown shows it, or links to it.</summary>
    public static bool IsIn(string markdown, string name) =>
        markdown.Contains($"{FolderLayout.Figures}/{name}", StringComparison.Ordinal) || markdown.Contains($"{Served}/{name}", StringComparison.Ordinal);

    const string Served = "fichiers";

    static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).ReplaceLineEndings(" ");

    static string SafeName(string fileName, string extension) => Slug.From(Path.GetFileNameWithoutExtension(LastPart(fileName))) is { Length: > 0 } stem ? stem + extension : "fichier" + extension;

    /// <summary>Some browsers once sent the whole path, with the separators of their system.</summary>
    static string LastPart(string fileName) => fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
}
