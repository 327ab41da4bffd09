using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>What somebody's classes give them to do.</summary>
public static class Homework
{
    /// <summary>What is done stays in sight for a week after its date.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>The chapters that are due, the most urgent first. Whether one is late is so until <see cref="SameFor"/> has passed.</summary>
    public static IReadOnlyList<WorkItem> WorkOf(this Overview overview, IEnumerable<ClassWork> classes) =>
        [.. from given in classes
            where !given.Archived
            from date in given.Dates
            let chapter = overview.Chapters.FirstOrDefault(c => c.Id == date.ChapterId)
            where chapter is not null
            let state = overview.Of(chapter)
            let done = state is { Required: > 0, IsComplete: true }
            where !done || date.DueAt + Remembered > overview.Now
            orderby date.DueAt
            select new WorkItem(given.Name, state, date, done, !done && date.DueAt <= overview.Now)];

    /// <summary>How long the work stays what it is if nobody does anything; null for ever.</summary>
    public static TimeSpan? SameFor(this Overview overview, IEnumerable<ClassWork> classes) =>
        classes.SelectMany(given => given.Dates).SelectMany(date => new[] { date.DueAt, date.DueAt + Remembered }).Where(at => at > overview.Now).Select(at => (TimeSpan?)(at - overview.Now)).Min();

    /// <summary>The courses that the classes follow, in their order.</summary>
    public static IReadOnlyList<CatalogueChapter> CoursesOf(this Overview overview, IEnumerable<ClassWork> classes)
    {
        var followed = classes.Where(given => !given.Archived).SelectMany(given => given.CourseIds).ToHashSet();
        return [.. overview.Chapters.Where(chapter => followed.Contains(chapter.CourseId)).DistinctBy(chapter => chapter.CourseId)];
    }
}

/// <param name="CourseIds">Of the courses that the class follows.</param>
public sealed record ClassWork(int ClassId, string Name, bool Archived, IReadOnlyList<int> CourseIds, IReadOnlyList<WorkDate> Dates);

/// <param name="StartsAt">Null for at once.</param>
public sealed record WorkDate(int ChapterId, DateTimeOffset? StartsAt, DateTimeOffset DueAt);

public sealed record WorkItem(string ClassName, ChapterState State, WorkDate Date, bool Done, bool Late);
