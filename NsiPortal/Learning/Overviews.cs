using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>
/// How far somebody is, for a page of theirs. What it is made from is kept among all processes: all their pages are made from it, and it takes far less
/// room than they do.
/// </summary>
public sealed class Overviews(TaggedCache cache, Catalogue catalogue, TimeProvider time)
{
    /// <summary>No more of the latest answers are told.</summary>
    public const int MaximumRecent = 50;

    public async Task<Overview> OfAsync(int userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = Period.DayOf(now);
        var work = await cache.GetOrCreateAsync($"work {userId}", CacheTier.Medium, TagsOf(userId), (services, cancellation) => WorkAsync(services.GetRequiredService<PortalDbContext>(), userId, cancellation), cancellationToken);
        var chapters = await catalogue.ChaptersAsync(cancellationToken);
        // On others, only what was tried before was graded again.
        var active = work.Days.Where(d => d.Tries > 0).Select(d => d.Day).ToList();
        return new Overview(now, work.Days, work.Badges, work.Progress.ToDictionary(p => p.ExerciseId), chapters,
            Submissions.LearnerOf(work.Progress, active, chapters, today), Streak.Of(active, today, SchoolCalendar.France));
    }

    /// <summary>The latest answers of somebody to exercises that readers still see.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="count">How many, up to <see cref="MaximumRecent"/>.</param>
    /// <param name="chapters">The catalogue, where it has been read already.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<RecentAttempt>> RecentAsync(int userId, int count, IReadOnlyList<CatalogueChapter>? chapters, CancellationToken cancellationToken)
    {
        var answers = await cache.GetOrCreateAsync($"answers {userId}", CacheTier.Short, TagsOf(userId), (services, cancellation) => AnswersAsync(services.GetRequiredService<PortalDbContext>(), userId, cancellation), cancellationToken);
        var places = Catalogue.PlacesOf(chapters ?? await catalogue.ChaptersAsync(cancellationToken));
        return [.. from answer in answers.Where(answer => places.ContainsKey(answer.ExerciseId)).Take(count)
            let place = places[answer.ExerciseId]
            select new RecentAttempt(
                place.Exercise.Title, $"{place.Chapter.Address}/exercices/{place.Exercise.Number}", place.Chapter.Title, answer.Outcome, answer.Score, answer.Points, answer.At, answer.Regraded)];
    }

    /// <summary>What was done to an exercise that has gone goes with it: that evicts it too.</summary>
    static string[] TagsOf(int userId) => [Tags.OfUser(userId), .. Catalogue.Carried];

    static async Task<Work> WorkAsync(PortalDbContext db, int userId, CancellationToken cancellationToken) => new(
        (await db.ExerciseProgress.AsNoTracking().Where(p => p.UserId == userId).ToListAsync(cancellationToken)).ConvertAll(p => p.ToState()),
        await db.DailyActivity.Where(a => a.UserId == userId).OrderBy(a => a.Day).Select(a => new WorkDay(a.Day, a.Tries, a.Xp)).ToListAsync(cancellationToken),
        await db.EarnedBadges.Where(b => b.UserId == userId).OrderByDescending(b => b.At).Select(b => new GivenBadge(b.Code, b.At)).ToListAsync(cancellationToken));

    static Task<List<GivenAnswer>> AnswersAsync(PortalDbContext db, int userId, CancellationToken cancellationToken) =>
        db.Attempts.Where(a => a.UserId == userId && a.Exercise.Number > 0 && a.Exercise.Chapter.Published && a.Exercise.Chapter.Course.Published).OrderByDescending(a => a.At).Take(MaximumRecent)
            .Select(a => new GivenAnswer(a.ExerciseId, a.Outcome, a.Score, a.Points, a.At, a.Regraded)).ToListAsync(cancellationToken);

    /// <summary>All that somebody has done, as it is kept.</summary>
    sealed record Work(IReadOnlyList<ExerciseState> Progress, IReadOnlyList<WorkDay> Days, IReadOnlyList<GivenBadge> Badges);

    /// <summary>An answer as it is kept: what was asked stands in the catalogue.</summary>
    sealed record GivenAnswer(int ExerciseId, Outcome Outcome, double Score, int Points, DateTimeOffset At, bool Regraded);
}

public sealed record RecentAttempt(string Title, string Address, string ChapterTitle, Outcome Outcome, double Score, int Points, DateTimeOffset At, bool Regraded);

/// <summary>A day of somebody's.</summary>
public sealed record WorkDay(DateOnly Day, int Tries, int Xp);

/// <param name="Code">Of the badge.</param>
/// <param name="At">When it was given.</param>
public sealed record GivenBadge(string Code, DateTimeOffset At);

/// <param name="Days">In their order.</param>
/// <param name="Progress">By exercise.</param>
/// <param name="Chapters">All that readers see.</param>
public sealed record Overview(
    DateTimeOffset Now, IReadOnlyList<WorkDay> Days, IReadOnlyList<GivenBadge> Badges, IReadOnlyDictionary<int, ExerciseState> Progress, IReadOnlyList<CatalogueChapter> Chapters,
    Learner Learner, Streak Streak)
{
    public int Xp => Days.Sum(day => day.Xp);

    public int Solved => Learner.Exercises.Count(exercise => exercise.SolvedOn is not null);

    public int Tries => Days.Sum(day => day.Tries);

    /// <summary>Where they have been, the last one first.</summary>
    public IReadOnlyList<ChapterState> Begun => field ??= [.. Chapters.Select(Of).Where(state => state.LastAt is not null).OrderByDescending(state => state.LastAt)];

    /// <summary>Where they stopped; null before the beginning.</summary>
    public ChapterState? Resume => Begun.FirstOrDefault(state => !state.IsComplete) ?? (Begun.Count > 0 ? Begun[0] : null);

    public IReadOnlyList<(CatalogueChapter Chapter, CatalogueExercise Exercise)> ToReview => field ??=
        [.. from chapter in Chapters
            from exercise in chapter.Exercises
            where Progress.TryGetValue(exercise.Id, out var mine) && mine.IsToReview(Now)
            select (chapter, exercise)];

    public ChapterState Of(CatalogueChapter chapter)
    {
        var mine = chapter.Exercises.Where(e => Progress.ContainsKey(e.Id)).Select(e => Progress[e.Id]).ToList();
        return new ChapterState(
            chapter, chapter.Exercises.Count(e => e.Required), chapter.Exercises.Count(e => e.Required && Progress.TryGetValue(e.Id, out var p) && p.IsSolved),
            mine.Max(p => p.LastAt), mine.Exists(p => p.IsToReview(Now)));
    }

    /// <summary>By content of the programme, of those that chapters with exercises cover.</summary>
    public IReadOnlyList<(string Code, int Required, int Solved)> Contents =>
        [.. Chapters.Where(c => c.Exercises.Any(e => e.Required)).SelectMany(c => c.Contents.Select(code => (code, state: Of(c)))).GroupBy(pair => pair.code)
            .Select(content => (content.Key, content.Sum(c => c.state.Required), content.Sum(c => c.state.Solved))).OrderBy(content => content.Key, StringComparer.Ordinal)];
}

/// <param name="LastAt">When something of it was last tried; null for never.</param>
/// <param name="ToReview">Something of it was solved long ago, or failed since.</param>
public sealed record ChapterState(CatalogueChapter Chapter, int Required, int Solved, DateTimeOffset? LastAt, bool ToReview)
{
    public bool IsComplete => Required > 0 && Solved >= Required;
}
