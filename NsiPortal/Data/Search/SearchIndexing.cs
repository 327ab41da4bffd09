using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Search;

namespace NsiPortal.Data.Search;

/// <summary>Which chapters a save makes search know anew. The database's own index follows the rows of <see cref="SearchText"/> by itself.</summary>
sealed class SearchIndexing
{
    readonly List<Chapter> chapters = [];
    readonly HashSet<int> chapterIds = [];
    readonly HashSet<int> courseIds = [];

    public bool IsNeeded => chapters.Count + chapterIds.Count + courseIds.Count > 0;

    /// <summary>What a context is about to save.</summary>
    public static SearchIndexing For(ChangeTracker changes)
    {
        var indexing = new SearchIndexing();
        foreach (var entry in changes.Entries())
        {
            switch (entry.Entity)
            {
                // An id that the database has yet to give is known after the save.
                case Chapter chapter when Changes(entry, nameof(Chapter.Title), nameof(Chapter.Html), nameof(Chapter.TableOfContents), nameof(Chapter.CourseId)):
                    indexing.chapters.Add(chapter);
                    break;
                case Exercise exercise when entry.State == EntityState.Added && exercise.Chapter is not null:
                    indexing.chapters.Add(exercise.Chapter);
                    break;
                case Exercise when entry.State == EntityState.Deleted || Changes(entry, nameof(Exercise.Number), nameof(Exercise.Title), nameof(Exercise.Content), nameof(Exercise.ChapterId)):
                    indexing.chapterIds.UnionWith([(int)entry.OriginalValues[nameof(Exercise.ChapterId)]!, (int)entry.CurrentValues[nameof(Exercise.ChapterId)]!]);
                    break;
                case Course course when entry.State == EntityState.Modified && entry.Property(nameof(Course.Title)).IsModified:
                    indexing.courseIds.Add(course.Id);
                    break;
                default: break;
            }
        }

        return indexing;
    }

    /// <summary>
    /// Before the save: whoever changes another part of the same chapters is waited for, and sees what this save has left. Courses come before chapters,
    /// as everywhere, so that no two wait for each other.
    /// </summary>
    public async Task LockAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        chapterIds.UnionWith(chapters.Where(chapter => db.Entry(chapter).State != EntityState.Added).Select(chapter => chapter.Id));
        int[] ids = [.. chapterIds], courses = [.. courseIds];
        await db.Courses.Where(c => courses.Contains(c.Id) || c.Chapters.Any(chapter => ids.Contains(chapter.Id))).LockAsync(cancellationToken);
        await Wanted(db).LockAsync(cancellationToken);
    }

    /// <summary>After it, in the same transaction.</summary>
    public async Task RunAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        chapterIds.UnionWith(chapters.Select(chapter => chapter.Id));
        await RunAsync(db, Wanted(db), cancellationToken);
    }

    /// <summary>Brings what search knows of these chapters to what they are; the caller saves.</summary>
    public static async Task RunAsync(PortalDbContext db, IQueryable<Chapter> wanted, CancellationToken cancellationToken)
    {
        var found = await wanted.AsNoTracking().Select(chapter => new { Chapter = chapter, Course = chapter.Course.Title }).ToListAsync(cancellationToken);
        var ids = found.ConvertAll(row => row.Chapter.Id);
        var exercises = (await db.Exercises.AsNoTracking().Where(e => ids.Contains(e.ChapterId) && e.Number > 0).OrderBy(e => e.Number).ToListAsync(cancellationToken)).ToLookup(e => e.ChapterId);
        var known = await db.SearchTexts.Where(t => ids.Contains(t.ChapterId)).ToDictionaryAsync(t => t.ChapterId, cancellationToken);
        foreach (var row in found)
        {
            if (!known.TryGetValue(row.Chapter.Id, out var text)) db.SearchTexts.Add(text = new SearchText(row.Chapter.Id));
            text.Read(row.Chapter, row.Course, [.. exercises[row.Chapter.Id]]);
        }
    }

    IQueryable<Chapter> Wanted(PortalDbContext db)
    {
        int[] ids = [.. chapterIds], courses = [.. courseIds];
        return db.Chapters.Where(c => ids.Contains(c.Id) || courses.Contains(c.CourseId));
    }

    static bool Changes(EntityEntry entry, params ReadOnlySpan<string> columns)
    {
        if (entry.State == EntityState.Added) return true;
        if (entry.State != EntityState.Modified) return false;
        foreach (var column in columns)
            if (entry.Property(column).IsModified) return true;
        return false;
    }
}
