using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using static NsiPortal.Exchange.FolderLayout;

namespace NsiPortal.Exchange;

/// <summary>Writes a course as the files of a folder that <see cref="CourseFolder"/> reads as the same course. The same course gives the same bytes.</summary>
public static class CourseExporter
{
    /// <summary>The files of the course; null when there is none at the address.</summary>
    public static async Task<CourseExport?> ExportAsync(PortalDbContext db, string slug, CancellationToken cancellationToken)
    {
        await using var moment = await db.BeginSnapshotAsync(cancellationToken);
        var course = await db.Courses.AsNoTracking().Include(c => c.Files).Include(c => c.Chapters.Where(chapter => chapter.DeletedAt == null)).ThenInclude(c => c.Contents).Include(c => c.Chapters.Where(chapter => chapter.DeletedAt == null)).ThenInclude(c => c.Exercises.Where(e => e.Number > 0)).AsSplitQuery()
            .SingleOrDefaultAsync(c => c.Slug == slug && c.DeletedAt == null, cancellationToken);
        if (course is null) return null;

        // A name that no import has let pass must not become a path.
        var (files, nameless) = (course.Files.Where(CanTravel).ToList(), course.Files.Where(file => !CanTravel(file)).ToList());
        return new CourseExport(
            slug,
            [
                new ExportedFile(CourseFileName, Encoding.UTF8.GetBytes(HeaderOf(course))),
                .. Chapters(course),
                .. files.Select(file => new ExportedFile(PathOf(file), file.Content)).OrderBy(file => file.Path, StringComparer.Ordinal),
            ],
            [.. nameless.Select(file => new Problem(file.Name, 1, "ce nom ou ce type de fichier n’a pas de place dans un dossier de cours")).OrderBy(problem => problem.File, StringComparer.Ordinal)]);
    }

    static bool CanTravel(CourseFile file) => IsFileName(file.Name) && MediaTypeOf(file.Name) == file.MediaType;

    static string HeaderOf(Course course) => new HeaderWriter()
        .Text(Keys.Title, course.Title)
        .Word(Keys.Slug, course.Slug)
        .Word(Keys.Level, course.Level.Slug())
        .Text(Keys.Summary, course.Summary is "" ? null : course.Summary)
        .Number(Keys.Position, course.Position == 0 ? null : course.Position)
        .Flag(Keys.Published, course.Published)
        .Text(Keys.PublishAt, course.PublishAt is { } at ? PublicationTime.Format(at) : null)
        .Text(Keys.Author, course.Author)
        .Text(Keys.Licence, course.Licence)
        .ToString();

    /// <summary>
    /// The number of a file is the position of its chapter, unless the positions do not order them by themselves; then it is the rank, and the header
    /// says the position.
    /// </summary>
    static IEnumerable<ExportedFile> Chapters(Course course)
    {
        var chapters = course.Chapters.OrderBy(c => c.Position).ThenBy(c => c.Id).ToList();
        var byPosition = chapters.DistinctBy(c => c.Position).Count() == chapters.Count && chapters.TrueForAll(c => c.Position is >= 0 and <= MaximumNumber);
        var digits = Math.Max(2, chapters.Select((chapter, index) => NumberOf(chapter, index).ToString(CultureInfo.InvariantCulture).Length).DefaultIfEmpty().Max());
        return chapters.SelectMany((chapter, index) =>
        {
            var number = NumberOf(chapter, index);
            var name = $"{number.ToString($"D{digits}", CultureInfo.InvariantCulture)}-{chapter.Slug}.md";
            var text = new ExportedFile(name, Encoding.UTF8.GetBytes(FrontMatter.Join(HeaderOf(chapter, number), chapter.Markdown)));
            var sheet = string.Concat(chapter.Exercises.OrderBy(e => e.Number).Select(e => e.Source));
            return sheet.Length == 0 ? [text] : (IEnumerable<ExportedFile>)[text, new ExportedFile(SheetOf(name), Encoding.UTF8.GetBytes(sheet))];
        });

        int NumberOf(Chapter chapter, int index) => byPosition ? chapter.Position : index + 1;
    }

    static string HeaderOf(Chapter chapter, int number) => new HeaderWriter()
        .Text(Keys.Title, chapter.Title)
        .Text(Keys.Summary, chapter.Summary is "" ? null : chapter.Summary)
        .List(Keys.Contents, [.. chapter.Contents.OrderBy(c => c.Level).ThenBy(c => c.Position).ThenBy(c => c.Code, StringComparer.Ordinal).Select(c => c.Code)])
        .Number(Keys.Position, chapter.Position == number ? null : chapter.Position)
        .Flag(Keys.Published, chapter.Published)
        .ToString();
}

/// <summary>The files of a course, and what of it a folder cannot hold.</summary>
public sealed record CourseExport(string CourseSlug, IReadOnlyList<ExportedFile> Files, IReadOnlyList<Problem> Problems);

/// <param name="Path">Where it stands in the folder.</param>
public sealed record ExportedFile(string Path, byte[] Content);
