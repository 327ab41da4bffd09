using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>The exercises that readers see, without what they ask: what progress is measured against. Kept as pages are.</summary>
public sealed class Catalogue(TaggedCache cache)
{
    /// <summary>What a page that is made from the catalogue must carry.</summary>
    internal static IReadOnlyList<string> Carried { get; } = [Tags.Exercises, Tags.Courses];

    public async Task<IReadOnlyList<CatalogueChapter>> ChaptersAsync(CancellationToken cancellationToken) =>
        await cache.GetOrCreateAsync("catalogue", CacheTier.Long, Carried, LoadAsync, cancellationToken);

    /// <summary>Where each exercise stands, by its id.</summary>
    internal static Dictionary<int, (CatalogueChapter Chapter, CatalogueExercise Exercise)> PlacesOf(IReadOnlyList<CatalogueChapter> chapters) =>
        chapters.SelectMany(chapter => chapter.Exercises.Select(exercise => (Chapter: chapter, Exercise: exercise))).ToDictionary(place => place.Exercise.Id);

    static async Task<List<CatalogueChapter>> LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        return await db.Chapters.Where(c => c.Published && c.Course.Published).OrderBy(c => c.Course.Position).ThenBy(c => c.CourseId).ThenBy(c => c.Position).ThenBy(c => c.Id)
            .Select(c => new CatalogueChapter(
                c.Id, c.CourseId, c.Course.Slug, c.Course.Title, c.Slug, c.Title,
                c.Contents.OrderBy(content => content.Code).Select(content => content.Code).ToList(),
                c.Exercises.Where(e => e.Number > 0).OrderBy(e => e.Number).Select(e => new CatalogueExercise(e.Id, e.Number, e.Title, e.Kind, e.Points, e.Required)).ToList()))
            .AsSplitQuery().ToListAsync(cancellationToken);
    }
}

/// <param name="Contents">The codes of the programme's contents that it covers.</param>
/// <param name="Exercises">In their order.</param>
public sealed record CatalogueChapter(
    int Id, int CourseId, string CourseSlug, string CourseTitle, string Slug, string Title, IReadOnlyList<string> Contents, IReadOnlyList<CatalogueExercise> Exercises)
{
    public string Address => $"/cours/{CourseSlug}/{Slug}";

    /// <summary>How far somebody is whose solved exercises are given.</summary>
    public LearnerChapter For(IReadOnlySet<int> solved) => new(
        Id, CourseId, Exercises.Count(e => e.Required), Exercises.Count(e => e.Required && solved.Contains(e.Id)),
        [.. Contents.Select(code => code[..code.LastIndexOf('-')]).Distinct()]);
}

public sealed record CatalogueExercise(int Id, int Number, string Title, ExerciseKind Kind, int Points, bool Required);
