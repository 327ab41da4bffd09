using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Rendering;

namespace NsiPortal.Exchange;

/// <summary>Loads a course that was read from a folder. The one importer: the demo content passes through it too.</summary>
public sealed class CourseImporter(MarkdownRenderer renderer)
{
    /// <summary>Adds a course that the database does not have yet; the caller saves.</summary>
    public async Task<Course> AddAsync(PortalDbContext db, CourseFolderReading reading, CancellationToken cancellationToken)
    {
        var source = reading.Course ?? throw new ArgumentException("The folder holds no course.", nameof(reading));
        var programme = await db.ProgrammeContents.ToDictionaryAsync(c => c.Code, cancellationToken);
        var course = new Course(source.Slug, source.Title, source.Level);
        course.Describe(source.Title, source.Summary, source.Level, source.Position, source.Author, source.Licence);
        if (source.Published) course.Publish();

        foreach (var file in reading.Files) course.Attach(file.Name, file.MediaType, file.Content);
        foreach (var chapterSource in reading.Chapters)
        {
            var chapter = course.AddChapter(chapterSource.Slug, chapterSource.Title);
            chapter.Describe(chapterSource.Title, chapterSource.Summary, chapterSource.Position);
            chapter.Write(chapterSource.Markdown, renderer.Render(chapterSource.Markdown));
            chapter.Cover(chapterSource.Contents.Select(code => programme[code]));
            if (chapterSource.Published) chapter.Publish();
        }

        db.Courses.Add(course);
        return course;
    }
}
