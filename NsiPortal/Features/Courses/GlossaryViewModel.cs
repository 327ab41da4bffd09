using System.Globalization;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Courses;

/// <summary>The abbreviations of a course in the order of a dictionary; one that chapters explain otherwise is there for each meaning.</summary>
public sealed record GlossaryViewModel(string CourseSlug, string CourseTitle, Level Level, IReadOnlyList<GlossaryViewModel.Entry> Entries)
{
    static readonly StringComparer Dictionary = StringComparer.Create(CultureInfo.GetCultureInfo("fr-FR"), ignoreCase: true);

    /// <param name="Chapters">Those that use it, in the order of the course.</param>
    public sealed record Entry(Abbreviation Abbreviation, IReadOnlyList<CourseViewModel.Chapter> Chapters);

    /// <param name="course">The course, with its published chapters.</param>
    /// <param name="texts">Their HTML, by slug; those without abbreviations may be left out.</param>
    public static GlossaryViewModel Of(CourseViewModel course, IReadOnlyDictionary<string, string> texts) => new(course.Slug, course.Title, course.Level,
        (from chapter in course.Chapters
         where texts.ContainsKey(chapter.Slug)
         from abbreviation in Abbreviation.In(texts[chapter.Slug])
         group chapter by abbreviation into chapters
         select new Entry(chapters.Key, [.. chapters]))
        .OrderBy(entry => entry.Abbreviation.Label, Dictionary).ThenBy(entry => entry.Abbreviation.Label, StringComparer.Ordinal).ThenBy(entry => entry.Abbreviation.Meaning, Dictionary).ToList());
}
