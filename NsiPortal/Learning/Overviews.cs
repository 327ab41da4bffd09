using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>How far somebody is, read for a page of theirs.</summary>
public sealed class Overviews(PortalDbContext db, Catalogue catalogue, TimeProvider time)
{
    public async Task<Overview> OfAsync(int userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = Period.DayOf(now);
        var progress = await db.ExerciseProgress.AsNoTracking().Where(p => p.UserId == userId).ToListAsync(cancellationToken);
        var days = await db.DailyActivity.AsNoTracking().Where(a => a.UserId == userId).OrderBy(a => a.Day).ToListAsync(cancellationToken);
        var badges = await db.EarnedBadges.AsNoTracking().Where(b => b.UserId == userId).OrderByDescending(b => b.At).ToListAsync(cancellationToken);
        var chapters = await catalogue.ChaptersAsync(cancellationToken);
        // On others, only what was tried before was graded again.
        var active = days.Where(d => d.Tries > 0).Select(d => d.Day).ToList();
        return new Overview(now, days, badges, progress.ToDictionary(p => p.ExerciseId), chapters,
            Submissions.LearnerOf(progress, active, chapters, today), Streak.Of(active, today, SchoolCalendar.France));
    }

    /// <summary>The latest answers of somebody to exercises that readers still see.</summary>
    public async Task<IReadOnlyList<RecentAttempt>> RecentAsync(int userId, int count, CancellationToken cancellationToken) =>
        await db.Attempts.Where(a => a.UserId == userId && a.Exercise.Number > 0 && a.Exercise.Chapter.Published && a.Exercise.Chapter.Course.Published).OrderByDescending(a => a.At).Take(count)
            .Select(a => new RecentAttempt(
                a.Exercise.Title, "/cours/" + a.Exercise.Chapter.Course.Slug + "/" + a.Exercise.Chapter.Slug + "/exercices/" + a.Exercise.Number, a.Exercise.Chapter.Title,
                a.Outcome, a.Score, a.Points, a.At, a.Regraded)).ToListAsync(cancellationToken);
}

public sealed record RecentAttempt(string Title, string Address, string ChapterTitle, Outcome Outcome, double Score, int Points, DateTimeOffset At, bool Regraded);

/// <param name="Days">In their order.</param>
/// <param name="Progress">By exercise.</param>
/// <param name="Chapters">All that readers see.</param>
public sealed record Overview(
    DateTimeOffset Now, IReadOnlyList<DailyActivity> Days, IReadOnlyList<EarnedBadge> Badges, IReadOnlyDictionary<int, ExerciseProgress> Progress, IReadOnlyList<CatalogueChapter> Chapters,
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
