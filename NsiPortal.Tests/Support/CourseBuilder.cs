using NsiPortal.Domain.Courses;

namespace NsiPortal.Support;

/// <summary>A published course with chapters; a test sets only what matters to it.</summary>
public sealed class CourseBuilder(string slug)
{
    readonly List<(string Slug, bool Published)> chapters = [];
    bool published = true;
    Level level = Level.Terminale;

    public CourseBuilder WithChapter(string chapterSlug, bool draft = false)
    {
        chapters.Add((chapterSlug, !draft));
        return this;
    }

    public CourseBuilder Draft()
    {
        published = false;
        return this;
    }

    public CourseBuilder At(Level courseLevel)
    {
        level = courseLevel;
        return this;
    }

    public Course Build()
    {
        var course = new Course(slug, $"Cours {slug}", level);
        if (published) course.Publish();
        foreach (var (chapterSlug, isPublished) in chapters)
        {
            var chapter = course.AddChapter(chapterSlug, $"Chapitre {chapterSlug}");
            chapter.Write("Texte.", Text.Of($"Texte de {chapterSlug}."));
            if (isPublished) chapter.Publish();
        }

        return course;
    }
}

public static class Text
{
    /// <summary>A rendered text whose only paragraph is given.</summary>
    public static RenderedText Of(string paragraph, int minutes = 3) => new($"<p>{paragraph}</p>", [], minutes, RendererVersion: int.MaxValue);
}
