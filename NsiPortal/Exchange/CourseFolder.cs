using System.Text;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using static NsiPortal.Exchange.FolderLayout;

namespace NsiPortal.Exchange;

/// <summary>
/// A course as a folder that a teacher edits and keeps under version control: <c>cours.yml</c>, one <c>NN-slug.md</c> per chapter with YAML
/// front matter, and <c>figures/</c>. Reading is partial: a broken chapter is listed with file, line and reason, and the others are read.
/// </summary>
public sealed class CourseFolder : IDisposable
{
    const int MaximumFiles = 2000;
    const int MaximumTotalBytes = 100 * 1024 * 1024;
    const int MaximumFileBytes = 5 * 1024 * 1024;
    const int MaximumMarkdownBytes = 1024 * 1024;
    const int MaximumHeaderBytes = 16 * 1024;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly string folder;
    readonly List<Problem> problems = [];
    PinnedFolder? figures;
    long bytesLeft = MaximumTotalBytes;

    CourseFolder(string folder) => this.folder = folder;

    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be listed.</exception>
    public static async Task<CourseFolderReading> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        using var reader = new CourseFolder(folder);
        return await reader.ReadAsync(cancellationToken);
    }

    public void Dispose() => figures?.Dispose();

    async Task<CourseFolderReading> ReadAsync(CancellationToken cancellationToken)
    {
        var paths = Paths();
        var course = await TryAsync(CourseFileName, () => ReadCourseAsync(cancellationToken));
        var chapters = new List<ChapterSource>();
        foreach (var path in paths.Where(IsChapter))
            if (await TryAsync(path, () => ReadChapterAsync(path, chapters, cancellationToken)) is { } chapter) chapters.Add(chapter);

        foreach (var path in paths.Where(IsSheet))
            if (await TryAsync(path, () => ReadSheetAsync(path, cancellationToken)) is { } sheet) Attach(path, sheet, chapters);

        var files = new List<FileSource>();
        foreach (var path in paths.Where(path => path != CourseFileName && !IsChapter(path) && !IsSheet(path)))
            if (await TryAsync(path, () => ReadFileAsync(path, files, cancellationToken)) is { } file) files.Add(file);

        return new CourseFolderReading(course, chapters, files, problems);
    }

    /// <summary>Every file, relative to the folder, in the order of their names. Hidden ones belong to other programs.</summary>
    List<string> Paths()
    {
        var paths = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))
            .Concat(FigureNames().Select(name => $"{Figures}/{name}"))
            .Where(path => Path.GetFileName(path)[0] != '.')
            .Order(StringComparer.Ordinal).ToList();
        if (paths.Count <= MaximumFiles) return paths;
        problems.Add(new Problem(paths[MaximumFiles], 1, $"le dossier a plus de {MaximumFiles} fichiers : à partir de celui-ci, ils ne sont pas lus"));
        return paths[..MaximumFiles];
    }

    IReadOnlyList<string> FigureNames()
    {
        var path = Path.Combine(folder, Figures);
        try
        {
            // A link to nothing is told as well.
            if (!Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null) return [];
            figures = new PinnedFolder(path);
            return [.. Directory.EnumerateFiles(figures.Path).Select(file => Path.GetFileName(file))];
        }
        catch (UnusableFileException fault)
        {
            problems.Add(new Problem(Figures, fault.Line, fault.Message));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(Figures, 1, "ce dossier ne peut pas être lu"));
        }

        return [];
    }

    internal static bool IsChapter(string path) => Path.GetExtension(path) == ".md" && !path.Contains('/', StringComparison.Ordinal);

    async Task<T?> TryAsync<T>(string path, Func<Task<T>> read) where T : class
    {
        try
        {
            return await read();
        }
        catch (UnusableFileException fault)
        {
            problems.Add(new Problem(path, fault.Line, fault.Message));
            return null;
        }
    }

    async Task<CourseSource> ReadCourseAsync(CancellationToken cancellationToken)
    {
        var header = new Header(await ReadTextAsync(CourseFileName, cancellationToken), firstLine: 1, Keys.Title, Keys.Slug, Keys.FormerSlug, Keys.Level,
            Keys.Summary, Keys.Position, Keys.Published, Keys.PublishAt, Keys.Author, Keys.Licence);
        var level = Levels.FromSlug(header.Text(Keys.Level))
            ?? throw header.Fault(Keys.Level, $"le niveau « {header.Text(Keys.Level)} » n’est ni snt, ni premiere, ni terminale, ni autre");
        return new CourseSource(
            SlugOf(header, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))), FormerSlugOf(header),
            header.RequiredText(Keys.Title, Course.MaxTitleLength), header.Text(Keys.Summary, Course.MaxSummaryLength) ?? "", level,
            header.Number(Keys.Position) ?? 0, header.Flag(Keys.Published), PublishAtOf(header),
            header.Text(Keys.Author, Course.MaxTitleLength), header.Text(Keys.Licence, Course.MaxTitleLength));
    }

    async Task<ChapterSource> ReadChapterAsync(string path, List<ChapterSource> others, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(path, cancellationToken);
        var (yaml, markdown) = FrontMatter.Split(text) ?? throw new UnusableFileException(1, "l’en-tête YAML entre deux lignes « --- » manque");
        var snippets = new Snippets(name => ReadSnippetAsync(name, cancellationToken), MaximumMarkdownBytes);
        markdown = await snippets.ExpandAsync(path, markdown, firstLine: text.AsSpan().Count('\n') - markdown.AsSpan().Count('\n') + 1);
        if (StrictUtf8.GetByteCount(markdown) > MaximumMarkdownBytes) throw new UnusableFileException(1, "le texte dépasse 1 Mo");
        // The opening line of dashes is line 1.
        var header = new Header(yaml, firstLine: 2, Keys.Title, Keys.Slug, Keys.FormerSlug, Keys.Summary, Keys.Position, Keys.Contents, Keys.Published);
        var (number, stem) = Number(Path.GetFileNameWithoutExtension(path));
        var contents = header.List(Keys.Contents);
        if (contents.Except(Programme.Contents.Select(c => c.Code)).FirstOrDefault() is { } unknown)
            throw header.Fault(Keys.Contents, $"le programme n’a pas de contenu « {unknown} »");
        var chapter = new ChapterSource(
            path, SlugOf(header, stem), FormerSlugOf(header),
            header.RequiredText(Keys.Title, Course.MaxTitleLength), header.Text(Keys.Summary, Course.MaxSummaryLength) ?? "",
            header.Number(Keys.Position) ?? number, header.Flag(Keys.Published), contents, markdown);
        if (others.Exists(other => other.Slug == chapter.Slug)) throw header.Fault(Keys.Slug, $"un autre chapitre a déjà l’adresse « {chapter.Slug} »");
        if (chapter.FormerSlug is { } former && others.Exists(other => other.FormerSlug == former))
            throw header.Fault(Keys.FormerSlug, $"un autre chapitre a déjà l’ancienne adresse « {former} »");
        return chapter;
    }

    /// <summary>The exercises that can be read, as they are written; the others are told.</summary>
    async Task<Sheet> ReadSheetAsync(string path, CancellationToken cancellationToken)
    {
        var faults = new List<SheetFault>();
        var exercises = ExerciseSheet.Read(await ReadTextAsync(path, cancellationToken), static text => new RichText(text, ""), faults);
        problems.AddRange(faults.Select(fault => new Problem(path, fault.Line, fault.Reason)));
        return new Sheet(string.Concat(exercises.Select(exercise => exercise.Yaml)), faults.Count > 0);
    }

    void Attach(string path, Sheet sheet, List<ChapterSource> chapters)
    {
        var place = chapters.FindIndex(chapter => SheetOf(chapter.FileName) == path);
        if (place >= 0) chapters[place] = chapters[place] with { Exercises = sheet.Yaml, ExercisesBroken = sheet.Broken };
        else problems.Add(new Problem(path, 1, $"aucun chapitre lisible ne va avec cette feuille d’exercices : il s’appellerait {path[..path.IndexOf('.', StringComparison.Ordinal)]}.md"));
    }

    static string SlugOf(Header header, string name)
    {
        var slug = header.Text(Keys.Slug) ?? Slug.From(name);
        return Slug.IsValid(slug) ? slug : throw header.Fault(Keys.Slug, NoSlug(slug));
    }

    static string? FormerSlugOf(Header header) =>
        header.Text(Keys.FormerSlug) is not { } slug || Slug.IsValid(slug) ? header.Text(Keys.FormerSlug) : throw header.Fault(Keys.FormerSlug, NoSlug(slug));

    static string NoSlug(string slug) => $"« {slug} » n’est pas une adresse : minuscules, chiffres et tirets";

    static DateTimeOffset? PublishAtOf(Header header) =>
        header.Text(Keys.PublishAt) is not { } text ? null
        : PublicationTime.Parse(text) ?? throw header.Fault(Keys.PublishAt, $"« {text} » n’est pas une date et une heure de Paris, comme 2026-12-01 08:00");

    async Task<FileSource> ReadFileAsync(string path, List<FileSource> others, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        if (!IsFileName(name)) throw new UnusableFileException(1, $"un nom de fichier s’écrit en minuscules, chiffres, tirets et points, en {MaximumNameLength} caractères au plus");
        if (MediaTypeOf(name) is not { } mediaType) throw new UnusableFileException(1, "ce type de fichier n’est pas accepté");
        if (others.Exists(other => other.Name == name)) throw new UnusableFileException(1, "deux fichiers portent ce nom");
        return new FileSource(path, name, mediaType, await ReadBytesAsync(path, MaximumFileBytes, cancellationToken));
    }

    sealed record Sheet(string Yaml, bool Broken);

    async Task<string> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(path, MaximumMarkdownBytes + MaximumHeaderBytes, cancellationToken);
        if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var zero) throw new UnusableFileException(LineAt(zero), "le texte contient un caractère nul");
        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException invalid)
        {
            throw new UnusableFileException(LineAt(Math.Max(0, invalid.Index)), "le texte n’est pas en UTF-8");
        }

        int LineAt(int index) => bytes.AsSpan(0, index).Count((byte)'\n') + 1;
    }

    /// <summary>A file that a chapter includes; it may lie in a folder of its own, but no folder on the way is a link.</summary>
    async Task<string> ReadSnippetAsync(string path, CancellationToken cancellationToken)
    {
        var parts = path.Split('/');
        if (parts.Length == 1) return await ReadTextAsync(path, cancellationToken);
        var pinned = new List<PinnedFolder>();
        try
        {
            var place = folder;
            foreach (var part in parts[..^1])
            {
                pinned.Add(new PinnedFolder(Path.Combine(place, part)));
                place = pinned[^1].Path;
            }

            return await ReadTextAsync(Path.Combine(place, parts[^1]), cancellationToken);
        }
        finally
        {
            pinned.ForEach(part => part.Dispose());
        }
    }

    async Task<byte[]> ReadBytesAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        var place = figures is not null && path.StartsWith(Figures + '/', StringComparison.Ordinal) ? Path.Combine(figures.Path, Path.GetFileName(path)) : Path.Combine(folder, path);
        var bytes = await RegularFile.ReadAsync(place, maximumBytes, cancellationToken);
        if (bytes.Length > bytesLeft) throw new UnusableFileException(1, $"avec ce fichier, le dossier dépasse {MaximumTotalBytes / 1024 / 1024} Mo");
        bytesLeft -= bytes.Length;
        return bytes;
    }
}

/// <summary>What a folder holds, and what of it could not be read.</summary>
public sealed record CourseFolderReading(
    CourseSource? Course, IReadOnlyList<ChapterSource> Chapters, IReadOnlyList<FileSource> Files, IReadOnlyList<Problem> Problems);

/// <param name="FormerSlug">The address under which the database may still know it.</param>
public sealed record CourseSource(
    string Slug, string? FormerSlug, string Title, string Summary, Level Level, int Position, bool Published, DateTimeOffset? PublishAt, string? Author, string? Licence);

/// <param name="FormerSlug">The address under which the database may still know it.</param>
/// <param name="Exercises">Its sheet, see <see cref="ExerciseSheet"/>, without what could not be read; null when there is none.</param>
/// <param name="ExercisesBroken">Something of the sheet could not be read.</param>
public sealed record ChapterSource(
    string FileName, string Slug, string? FormerSlug, string Title, string Summary, int Position, bool Published, IReadOnlyList<string> Contents, string Markdown, string? Exercises = null, bool ExercisesBroken = false);

/// <param name="Path">Where it stands in the folder.</param>
public sealed record FileSource(string Path, string Name, string MediaType, byte[] Content);
