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
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var exercise = await db.Exercises.SingleAsync(e => e.Id == exerciseId, cancellationToken);
        if (exercise.Kind == ExerciseKind.FreeAnswer) return 0;
        var progress = await db.ExerciseProgress.Where(p => p.ExerciseId == exerciseId && users.Contains(p.UserId) && p.SolvedAt == null).ToListAsync(cancellationToken);
        var attempts = (await db.Attempts.Where(a => a.ExerciseId == exerciseId && a.UserId != null && users.Contains(a.UserId.Value)).ToListAsync(cancellationToken))
            .GroupBy(a => a.UserId!.Value).ToDictionary(mine => mine.Key, mine => mine.MaxBy(a => a.Id)!);
        var (now, count) = (time.GetUtcNow(), 0);
        await db.InTransactionAsync(async () =>
        {
            foreach (var mine in progress)
            {
                if (!attempts.TryGetValue(mine.UserId, out var last) || last.Version == exercise.Version) continue;
                var again = last.Again(exercise, VerdictOn(exercise, last), now);
                db.Attempts.Add(again);
                var solved = mine.Add(again);
                var xp = solved ? exercise.Points * Xp.PerPoint : 0;
                if (solved) db.XpEvents.Add(new XpEvent(mine.UserId, XpKind.ExerciseSolved, exerciseId, xp, now));
                if (solved) await db.AddAsync(mine.UserId, exerciseId, tries: 0, 1, xp, now, cancellationToken);
                count++;
            }

            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return count;
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
