namespace NsiPortal.Caching.Routes;

/// <summary>The slugs of one moment and the ids they stand for, drafts and old addresses included, so that a cached page and an unknown address cost no SQL.</summary>
/// <param name="databaseId">The random id of the database the table was read from.</param>
public sealed class RouteTable(
    string databaseId, IEnumerable<CourseRoute> courses, IEnumerable<ChapterRoute> chapters, IEnumerable<OldRoute> oldRoutes)
{
    readonly Dictionary<int, CourseRoute> coursesById = courses.ToDictionary(c => c.Id);
    readonly Dictionary<int, ChapterRoute> chaptersById = chapters.ToDictionary(c => c.Id);
    readonly Dictionary<string, CourseRoute> coursesBySlug = courses.ToDictionary(c => c.Slug);
    readonly Dictionary<(int, string), ChapterRoute> chaptersBySlug = chapters.ToDictionary(c => (c.CourseId, c.Slug));

    // The same address may have been left twice; the last one to leave it is whom readers look for.
    readonly Dictionary<string, int> oldCourses = oldRoutes.Where(o => o.ChapterId is null)
        .OrderBy(o => o.Id).GroupBy(o => o.Slug).ToDictionary(g => g.Key, g => g.Last().CourseId);
    readonly Dictionary<(int, string), int> oldChapters = oldRoutes.Where(o => o.ChapterId is not null)
        .OrderBy(o => o.Id).GroupBy(o => (o.CourseId, o.Slug)).ToDictionary(g => g.Key, g => g.Last().ChapterId!.Value);

    public string DatabaseId { get; } = databaseId;

    /// <summary>What the slugs of an address stand for. A null <paramref name="chapterSlug"/> asks for the course alone.</summary>
    public RouteTarget Resolve(string courseSlug, string? chapterSlug)
    {
        var moved = false;
        if (!coursesBySlug.TryGetValue(courseSlug, out var course))
        {
            if (!oldCourses.TryGetValue(courseSlug, out var id) || !coursesById.TryGetValue(id, out course)) return RouteTarget.Unknown;
            moved = true;
        }

        if (chapterSlug is null) return moved ? RouteTarget.Moved(course, null) : RouteTarget.Found(course, null);

        if (!chaptersBySlug.TryGetValue((course.Id, chapterSlug), out var chapter))
        {
            if (!oldChapters.TryGetValue((course.Id, chapterSlug), out var id) || !chaptersById.TryGetValue(id, out chapter)) return RouteTarget.Unknown;
            moved = true;
        }

        if (!moved) return RouteTarget.Found(course, chapter);
        // The statements that filled the table may stand on both sides of a change; its label tells, and it is read again.
        return coursesById.TryGetValue(chapter.CourseId, out var present) ? RouteTarget.Moved(present, chapter) : RouteTarget.Unknown;
    }
}

public sealed record CourseRoute(int Id, string Slug)
{
    /// <summary>The name of its tag, made once for all the requests that carry it.</summary>
    public string Tag { get; } = Tags.OfCourse(Id);
}

public sealed record ChapterRoute(int Id, int CourseId, string Slug)
{
    /// <inheritdoc cref="CourseRoute.Tag"/>
    public string Tag { get; } = Tags.OfChapter(Id);
}

/// <summary>An address that was left; <see cref="CourseId"/> is where it stood, <see cref="ChapterId"/> is null for a course's own.</summary>
public sealed record OldRoute(int Id, string Slug, int CourseId, int? ChapterId);

public enum RouteOutcome
{
    Unknown,
    Found,
    Moved,
}

/// <summary>What the slugs of an address stand for; when it has moved, the course and chapter whose present slugs make the new address.</summary>
public sealed record RouteTarget(RouteOutcome Outcome, CourseRoute? Course, ChapterRoute? Chapter)
{
    public static RouteTarget Unknown { get; } = new(RouteOutcome.Unknown, null, null);

    public static RouteTarget Found(CourseRoute course, ChapterRoute? chapter) => new(RouteOutcome.Found, course, chapter);

    public static RouteTarget Moved(CourseRoute course, ChapterRoute? chapter) => new(RouteOutcome.Moved, course, chapter);
}
