using System.Globalization;
using System.Text;
using NsiPortal.Domain.Courses;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace NsiPortal.Exchange;

/// <summary>
/// A course as a folder that a teacher edits and keeps under version control: <c>cours.yml</c>, one <c>NN-slug.md</c> per chapter with YAML
/// front matter, and <c>figures/</c>. Reading is partial: a broken chapter is listed with file, line and reason, and the others are read.
/// </summary>
public static class CourseFolder
{
    const int MaximumChapterBytes = 1024 * 1024;
    const int MaximumFileBytes = 5 * 1024 * 1024;
    const int MaximumNameLength = 160;

    static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".sql"] = "text/plain; charset=utf-8",
        [".py"] = "text/plain; charset=utf-8",
        [".csv"] = "text/csv; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
    };

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    public static async Task<CourseFolderReading> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var course = await ReadCourseAsync(Path.Combine(folder, "cours.yml"), problems, cancellationToken);
        var chapters = new List<ChapterSource>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            if (await ReadChapterAsync(path, problems, cancellationToken) is not { } chapter) continue;
            if (chapters.Exists(c => c.Slug == chapter.Slug)) problems.Add(new Problem(chapter.FileName, 1, $"un autre chapitre a déjà l’adresse « {chapter.Slug} »"));
            else chapters.Add(chapter);
        }

        return new CourseFolderReading(course, chapters, await ReadFilesAsync(folder, problems, cancellationToken), problems);
    }

    static async Task<CourseSource?> ReadCourseAsync(string path, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            problems.Add(new Problem("cours.yml", 1, "le fichier manque"));
            return null;
        }

        var name = Path.GetFileName(path);
        if (await ReadTextAsync(path, problems, cancellationToken) is not { } text || Parse<CourseHeader>(name, text, 1, problems) is not { } header) return null;
        var slug = header.Adresse ?? Slug.From(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))!);
        if (!Slug.IsValid(slug)) problems.Add(new Problem(name, 1, $"« {slug} » n’est pas une adresse : minuscules, chiffres et tirets"));
        else if (Missing(header.Titre)) problems.Add(new Problem(name, 1, "la clé « titre » manque"));
        else if (TooLong(header.Titre, header.Resume, header.Auteur, header.Licence) is { } reason) problems.Add(new Problem(name, 1, reason));
        else if (Levels.FromSlug(header.Niveau) is not { } level) problems.Add(new Problem(name, 1, $"le niveau « {header.Niveau} » n’est ni snt, ni premiere, ni terminale, ni autre"));
        else return new CourseSource(slug, header.Titre!, header.Resume ?? "", level, header.Position, header.Publie, header.Auteur, header.Licence);
        return null;
    }

    static async Task<ChapterSource?> ReadChapterAsync(string path, List<Problem> problems, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        if (await ReadTextAsync(path, problems, cancellationToken) is not { } text) return null;
        if (FrontMatter.Split(text) is not { } parts)
        {
            problems.Add(new Problem(name, 1, "l’en-tête YAML entre deux lignes « --- » manque"));
            return null;
        }

        // The opening line of dashes is line 1.
        if (Parse<ChapterHeader>(name, parts.Yaml, 2, problems) is not { } header) return null;
        var (number, stem) = Number(Path.GetFileNameWithoutExtension(path));
        var slug = header.Adresse ?? Slug.From(stem);
        var unknown = (header.Contenus ?? []).Except(Programme.Contents.Select(c => c.Code)).ToList();
        if (!Slug.IsValid(slug)) problems.Add(new Problem(name, 1, $"« {slug} » n’est pas une adresse : minuscules, chiffres et tirets"));
        else if (Missing(header.Titre)) problems.Add(new Problem(name, 1, "la clé « titre » manque"));
        else if (TooLong(header.Titre, header.Resume) is { } reason) problems.Add(new Problem(name, 1, reason));
        else if (unknown.Count > 0) problems.Add(new Problem(name, 1, $"le programme n’a pas de contenu « {unknown[0]} »"));
        else return new ChapterSource(name, slug, header.Titre!, header.Resume ?? "", number, header.Publie, header.Contenus ?? [], parts.Markdown);
        return null;
    }

    static async Task<List<FileSource>> ReadFilesAsync(string folder, List<Problem> problems, CancellationToken cancellationToken)
    {
        var files = new List<FileSource>();
        var paths = Directory.EnumerateFiles(folder);
        var figures = new DirectoryInfo(Path.Combine(folder, "figures"));
        if (figures.LinkTarget is not null) problems.Add(new Problem(figures.Name, 1, Link));
        else if (figures.Exists) paths = paths.Concat(Directory.EnumerateFiles(figures.FullName));
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name == "cours.yml" || Path.GetExtension(path) == ".md") continue;
            if (IsLink(path)) problems.Add(new Problem(name, 1, Link));
            else if (!IsPlain(name)) problems.Add(new Problem(name, 1, $"un nom de fichier s’écrit en minuscules, chiffres, tirets et points, en {MaximumNameLength} caractères au plus"));
            else if (!MediaTypes.TryGetValue(Path.GetExtension(path), out var mediaType)) problems.Add(new Problem(name, 1, "ce type de fichier n’est pas accepté"));
            else if (new FileInfo(path).Length > MaximumFileBytes) problems.Add(new Problem(name, 1, "le fichier dépasse 5 Mo"));
            else if (files.Exists(f => f.Name == name)) problems.Add(new Problem(name, 1, "deux fichiers portent ce nom"));
            else files.Add(new FileSource(name, mediaType, await File.ReadAllBytesAsync(path, cancellationToken)));
        }

        return files;
    }

    static async Task<string?> ReadTextAsync(string path, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (IsLink(path))
        {
            problems.Add(new Problem(Path.GetFileName(path), 1, Link));
            return null;
        }

        if (new FileInfo(path).Length > MaximumChapterBytes)
        {
            problems.Add(new Problem(Path.GetFileName(path), 1, "le fichier dépasse 1 Mo"));
            return null;
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException invalid)
        {
            var line = bytes.AsSpan(0, Math.Max(0, invalid.Index)).Count((byte)'\n') + 1;
            problems.Add(new Problem(Path.GetFileName(path), line, "le texte n’est pas en UTF-8"));
            return null;
        }
    }

    /// <param name="firstLine">The line of the file on which <paramref name="yaml"/> begins.</param>
    static T? Parse<T>(string name, string yaml, int firstLine, List<Problem> problems) where T : class, new()
    {
        try
        {
            return Yaml.Deserialize<T>(yaml) ?? new T();
        }
        catch (YamlException broken)
        {
            var reason = broken.InnerException?.Message ?? broken.Message;
            problems.Add(new Problem(name, firstLine + (int)Math.Max(broken.Start.Line - 1, 0), $"en-tête YAML illisible : {reason}"));
            return null;
        }
    }

    const string Link = "c’est un lien vers un autre fichier, et les liens ne sont pas suivis";

    // What a link points to may lie outside the folder, and is none of the course's business.
    static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    // It becomes the last part of a URL, and URLs are in lower case.
    static bool IsPlain(string name) =>
        name.Length <= MaximumNameLength && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => c is '-' or '_' or '.' || char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));

    static bool Missing(string? text) => string.IsNullOrWhiteSpace(text);

    static string? TooLong(string? title, string? summary, string? author = null, string? licence = null) =>
        title?.Length > Course.MaxTitleLength ? $"le titre dépasse {Course.MaxTitleLength} caractères"
        : author?.Length > Course.MaxTitleLength ? $"l’auteur dépasse {Course.MaxTitleLength} caractères"
        : licence?.Length > Course.MaxTitleLength ? $"la licence dépasse {Course.MaxTitleLength} caractères"
        : summary?.Length > Course.MaxSummaryLength ? $"le résumé dépasse {Course.MaxSummaryLength} caractères"
        : null;

    /// <summary>« 03-jointures » is chapter 3, « jointures ».</summary>
    static (int Number, string Stem) Number(string fileName)
    {
        var digits = fileName.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 6 && fileName.Length > digits && fileName[digits] is '-' or '_'
            ? (int.Parse(fileName.AsSpan(0, digits), CultureInfo.InvariantCulture), fileName[(digits + 1)..])
            : (0, fileName);
    }

    sealed class CourseHeader
    {
        public string? Titre { get; set; }
        public string? Adresse { get; set; }
        public string? Niveau { get; set; }
        public string? Resume { get; set; }
        public int Position { get; set; }
        public bool Publie { get; set; }
        public string? Auteur { get; set; }
        public string? Licence { get; set; }
    }

    sealed class ChapterHeader
    {
        public string? Titre { get; set; }
        public string? Adresse { get; set; }
        public string? Resume { get; set; }
        public List<string>? Contenus { get; set; }
        public bool Publie { get; set; }
    }
}

/// <summary>What a folder holds, and what of it could not be read.</summary>
public sealed record CourseFolderReading(
    CourseSource? Course, IReadOnlyList<ChapterSource> Chapters, IReadOnlyList<FileSource> Files, IReadOnlyList<Problem> Problems);

public sealed record CourseSource(
    string Slug, string Title, string Summary, Level Level, int Position, bool Published, string? Author, string? Licence);

public sealed record ChapterSource(
    string FileName, string Slug, string Title, string Summary, int Position, bool Published, IReadOnlyList<string> Contents, string Markdown);

public sealed record FileSource(string Name, string MediaType, byte[] Content);

/// <summary>Something that was left out, where, and why, in the author's language.</summary>
public sealed record Problem(string File, int Line, string Reason)
{
    public override string ToString() => $"{File}:{Line} : {Reason}";
}
