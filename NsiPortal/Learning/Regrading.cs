using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Grading;

namespace NsiPortal.Learning;

/// <summary>
/// An exercise was corrected: the last answer of each pupil who has not solved it is graded again. The former verdict stays, the pupil is told, and nothing
/// that was earned is taken back.
/// </summary>
public sealed class Regrading(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    const int Together = 100;
    const int MaximumRounds = 4;

    /// <returns>How many answers were graded again.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<int> exerciseIds, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var exerciseId in exerciseIds)
        {
            List<int> users;
            await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
                users = await db.ExerciseProgress.Where(p => p.ExerciseId == exerciseId && p.SolvedAt == null && p.Tries > 0).Select(p => p.UserId).ToListAsync(cancellationToken);
            foreach (var some in users.Chunk(Together)) count += await RunAsync(exerciseId, some, cancellationToken);
        }

        return count;
    }

    async Task<int> RunAsync(int exerciseId, int[] users, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await TryAsync(exerciseId, users, cancellationToken);
            }
            catch (Exception fault) when (round < MaximumRounds && (fault is DbUpdateConcurrencyException || fault.IsOfDeadlock))
            {
                // A pupil has opened a hint meanwhile: again, from what stands now.
            }
        }
    }

    async Task<int> TryAsync(int exerciseId, int[] users, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var count = 0;
        await db.InTransactionAsync(async () =>
        {
            // All in the same order, so that no two wait for each other.
            foreach (var user in users.Order()) await db.LockUserAsync(user, cancellationToken);
            count = await GradeAsync(db, await db.Exercises.SingleAsync(e => e.Id == exerciseId, cancellationToken), users, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return count;
    }

    async Task<int> GradeAsync(PortalDbContext db, Exercise exercise, int[] users, CancellationToken cancellationToken)
    {
        if (exercise.Kind == ExerciseKind.FreeAnswer) return 0;
        var progress = await db.ExerciseProgress.Where(p => p.ExerciseId == exercise.Id && users.Contains(p.UserId) && p.SolvedAt == null).ToListAsync(cancellationToken);
        var attempts = (await db.Attempts.Where(a => a.ExerciseId == exercise.Id && a.UserId != null && users.Contains(a.UserId.Value)).ToListAsync(cancellationToken))
            .GroupBy(a => a.UserId!.Value).ToDictionary(mine => mine.Key, mine => mine.MaxBy(a => a.Id)!);
        var complete = await CompletersAsync(db, exercise, users, cancellationToken);
        var (now, count) = (time.GetUtcNow(), 0);
        foreach (var mine in progress)
        {
            if (!attempts.TryGetValue(mine.UserId, out var last) || last.Version == exercise.Version) continue;
            count++;
            var again = last.Again(exercise, VerdictOn(exercise, last), now);
            db.Attempts.Add(again);
            if (!mine.Add(again)) continue;
            var gained = new List<XpEvent> { new(mine.UserId, XpKind.ExerciseSolved, exercise.Id, exercise.Points * Xp.PerPoint, now) };
            if (complete.Contains(mine.UserId)) gained.Add(new XpEvent(mine.UserId, XpKind.ChapterCompleted, exercise.ChapterId, Xp.ForChapter, now));
            await db.AddAsync(mine.UserId, exercise.Id, tries: 0, gained, [], now, cancellationToken);
        }

        return count;
    }

    /// <summary>Those for whom the exercise is the last of its chapter, which they have not completed before.</summary>
    static async Task<HashSet<int>> CompletersAsync(PortalDbContext db, Exercise exercise, int[] users, CancellationToken cancellationToken)
    {
        var others = db.Exercises.Where(e => e.ChapterId == exercise.ChapterId && e.Id != exercise.Id && e.Number > 0 && e.Required);
        return [.. await db.Users.Where(u => users.Contains(u.Id)
            && (exercise.Required || others.Any()) && others.All(e => db.ExerciseProgress.Any(p => p.UserId == u.Id && p.ExerciseId == e.Id && p.SolvedAt != null))
            && !db.XpEvents.Any(x => x.UserId == u.Id && x.Kind == XpKind.ChapterCompleted && x.SourceId == exercise.ChapterId)).Select(u => u.Id).ToListAsync(cancellationToken)];
    }

    static Verdict VerdictOn(Exercise exercise, Attempt last)
    {
        try
        {
            return Grader.Grade(exercise.Content, exercise.Points, Answer.FromJson(last.Answer));
        }
        catch (UnusableAnswerException)
        {
            // It chose what is there no more.
            return new Verdict(Outcome.Wrong, 0, []);
        }
    }
}
