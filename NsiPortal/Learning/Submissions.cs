using System.Buffers.Binary;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Grading;

namespace NsiPortal.Learning;

/// <summary>Takes answers: grades, keeps, and gives what they earn. The same submission sent again counts once and is told the same.</summary>
public sealed class Submissions(PortalDbContext db, Catalogue catalogue, TimeProvider time)
{
    /// <summary>Who submits from two windows at once is served one after the other; more than a few at once are no pupil's.</summary>
    const int MaximumRounds = 4;

    /// <param name="userId">Who submits.</param>
    /// <param name="exercise">What is answered, as readers see it now.</param>
    /// <param name="key">Names the submission. One that has named an answer to another exercise stands for another key here.</param>
    /// <param name="answer">What was entered.</param>
    /// <param name="cancellationToken">Cancels before the commit, never after.</param>
    public async Task<Submission> SubmitAsync(int userId, Exercise exercise, Guid key, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.IsTooLarge) return Submission.Refused(Refusal.TooLarge);
        for (var round = 1; ; round++)
        {
            try
            {
                if (await TryAsync(userId, exercise, key, answer, cancellationToken) is { } submission) return submission;
                // Corrected while the answer waited: it is judged by what is asked now.
                if (await db.Exercises.AsNoTracking().SingleOrDefaultAsync(e => e.Id == exercise.Id, cancellationToken) is not { } corrected) return Submission.Refused(Refusal.Gone);
                exercise = corrected;
            }
            catch (Exception fault) when (fault.IsOfReference)
            {
                db.ChangeTracker.Clear();
                return Submission.Refused(Refusal.Gone);
            }
            catch (Exception fault) when (fault is DbUpdateConcurrencyException || fault.IsOfUniqueness || fault.IsOfDeadlock)
            {
                db.ChangeTracker.Clear();
                var sent = await db.Attempts.AsNoTracking().SingleOrDefaultAsync(a => a.UserId == userId && a.Key == key, cancellationToken);
                if (sent?.ExerciseId == exercise.Id)
                    return new Submission(sent, await db.ExerciseProgress.AsNoTracking().SingleAsync(p => p.UserId == userId && p.ExerciseId == exercise.Id, cancellationToken), null, 0, []);
                if (round == MaximumRounds) throw;
                if (sent is not null) key = KeyFor(exercise, key);
            }
        }
    }

    /// <summary>The same each time, so that what is sent again still counts once.</summary>
    static Guid KeyFor(Exercise exercise, Guid key)
    {
        var bytes = key.ToByteArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, BinaryPrimitives.ReadInt32LittleEndian(bytes) ^ exercise.Id);
        return new Guid(bytes);
    }

    /// <returns>Null when there is another version of the exercise than the one that the answer was graded by.</returns>
    async Task<Submission?> TryAsync(int userId, Exercise exercise, Guid key, Answer answer, CancellationToken cancellationToken)
    {
        if (exercise.Content.IsBlank(answer)) return Submission.Refused(Refusal.Empty);
        Verdict verdict;
        try
        {
            verdict = Grader.Grade(exercise.Content, exercise.Points, answer);
        }
        catch (UnusableAnswerException)
        {
            return Submission.Refused(Refusal.Unusable);
        }

        var chapters = await catalogue.ChaptersAsync(cancellationToken);
        Submission? submission = null;
        await db.InTransactionAsync(async () => submission = await AddAsync(userId, exercise, key, answer, verdict, chapters, cancellationToken), cancellationToken);
        db.ChangeTracker.Clear();
        return submission;
    }

    /// <summary>In a transaction in which nobody else adds anything of the user's: two exercises at once may complete a chapter together.</summary>
    async Task<Submission?> AddAsync(int userId, Exercise exercise, Guid key, Answer answer, Verdict verdict, IReadOnlyList<CatalogueChapter> chapters, CancellationToken cancellationToken)
    {
        await db.LockUserAsync(userId, cancellationToken);
        if (await db.Exercises.Where(e => e.Id == exercise.Id).Select(e => e.Version).SingleOrDefaultAsync(cancellationToken) != exercise.Version) return null;
        var now = time.GetUtcNow();
        var all = await db.ExerciseProgress.Where(p => p.UserId == userId).ToListAsync(cancellationToken);
        var mine = all.Find(p => p.ExerciseId == exercise.Id);
        if (mine is not null && !mine.IsOpen(exercise))
        {
            // Perhaps the last try that was let in, sent again.
            var sent = await db.Attempts.AsNoTracking().SingleOrDefaultAsync(a => a.UserId == userId && a.ExerciseId == exercise.Id && (a.Key == key || a.Key == KeyFor(exercise, key)), cancellationToken);
            return sent is null ? Submission.Refused(Refusal.NoTryLeft) : new Submission(sent, mine, null, 0, []);
        }

        if (mine is null)
        {
            db.ExerciseProgress.Add(mine = new ExerciseProgress(userId, exercise.Id));
            all.Add(mine);
        }

        var attempt = new Attempt(userId, exercise, key, mine.Tries + 1, answer, verdict, now);
        db.Attempts.Add(attempt);
        var (xp, badges) = await GiveAsync(userId, exercise, all, mine.Add(attempt), tries: 1, chapters, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new Submission(attempt, mine, null, xp, badges);
    }

    /// <summary>Gives what a verdict earns, in the transaction that keeps it.</summary>
    /// <param name="userId">To whom.</param>
    /// <param name="exercise">What was answered.</param>
    /// <param name="all">How far they are with everything, this verdict included.</param>
    /// <param name="solved">Whether the exercise is solved by it, for the first time.</param>
    /// <param name="tries">How many answers came with it: none when an old one was marked, which makes no day of work.</param>
    /// <param name="chapters">What progress is measured against.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<(int Xp, IReadOnlyList<Badge> Badges)> GiveAsync(
        int userId, Exercise exercise, IReadOnlyCollection<ExerciseProgress> all, bool solved, int tries, IReadOnlyList<CatalogueChapter> chapters, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (days, has) = await DaysAndBadgesAsync(userId, cancellationToken);
        var today = Period.DayOf(now);
        if (tries > 0) days.Add(today);
        var learner = LearnerOf(all.Select(p => p.ToState()), days, chapters, today);
        var gained = solved ? await RewardAsync(userId, exercise, learner, now, cancellationToken) : [];
        // Not only what this has brought: what it is measured against may have changed, and an answer may have been graded again.
        var badges = BadgeList.All.Where(badge => !has.Contains(badge.Code) && badge.Of(learner).IsReached).ToList();
        await db.AddAsync(userId, exercise.Id, tries, gained, badges, now, cancellationToken);
        return (gained.Sum(e => e.Amount), badges);
    }

    /// <summary>The days on which somebody has worked, and the badges that they have: in one question, because each pupil who submits waits for it.</summary>
    async Task<(HashSet<DateOnly> Days, HashSet<string> Badges)> DaysAndBadgesAsync(int userId, CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<string>(
            $"""
            SELECT CAST("Day" AS TEXT) AS "Value" FROM "DailyActivity" WHERE "UserId" = {userId} AND "Tries" > 0
            UNION ALL SELECT "Code" FROM "EarnedBadges" WHERE "UserId" = {userId}
            """).ToListAsync(cancellationToken);
        var days = found.Where(text => char.IsAsciiDigit(text[0])).ToList();
        return ([.. days.Select(day => DateOnly.Parse(day, CultureInfo.InvariantCulture))], [.. found.Except(days)]);
    }

    /// <summary>The experience for an exercise that was solved, and for its chapter when it is completed by that.</summary>
    async Task<IReadOnlyList<XpEvent>> RewardAsync(int userId, Exercise exercise, Learner learner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var solved = new XpEvent(userId, XpKind.ExerciseSolved, exercise.Id, exercise.Points * Xp.PerPoint, now);
        // A chapter that got a new exercise is completed a second time.
        return learner.Chapters.Any(c => c.ChapterId == exercise.ChapterId && c.IsComplete)
            && !await db.XpEvents.AnyAsync(e => e.UserId == userId && e.Kind == XpKind.ChapterCompleted && e.SourceId == exercise.ChapterId, cancellationToken)
            ? [solved, new XpEvent(userId, XpKind.ChapterCompleted, exercise.ChapterId, Xp.ForChapter, now)] : [solved];
    }

    /// <summary>What somebody has done, as badges see it.</summary>
    internal static Learner LearnerOf(IEnumerable<ExerciseState> progress, IReadOnlyCollection<DateOnly> days, IReadOnlyList<CatalogueChapter> chapters, DateOnly today)
    {
        var places = Catalogue.PlacesOf(chapters);
        var tried = progress.Where(p => p.FirstAt is not null && places.ContainsKey(p.ExerciseId)).ToList();
        var solved = tried.Where(p => p.IsSolved).Select(p => p.ExerciseId).ToHashSet();
        return new Learner(
            [.. tried.Select(p => p.ToLearner(places[p.ExerciseId].Chapter.Id, places[p.ExerciseId].Chapter.CourseId, places[p.ExerciseId].Exercise.Kind))],
            [.. chapters.Select(chapter => chapter.For(solved)).Where(chapter => chapter.Required > 0)],
            [.. days.Order()], today);
    }
}

/// <param name="Attempt">What was kept; null when nothing was.</param>
/// <param name="Progress">How far its author is with the exercise; null when nothing was kept.</param>
/// <param name="Refusal">Why nothing was kept.</param>
/// <param name="Xp">What it brought.</param>
/// <param name="Badges">Those it earned.</param>
public sealed record Submission(Attempt? Attempt, ExerciseProgress? Progress, Refusal? Refusal, int Xp, IReadOnlyList<Badge> Badges)
{
    public static Submission Refused(Refusal refusal) => new(null, null, refusal, 0, []);
}

public enum Refusal
{
    /// <summary>The exercise, or the account, has gone meanwhile.</summary>
    Gone,

    Empty,
    TooLarge,

    /// <summary>It names a choice, a line or a field that the exercise does not have.</summary>
    Unusable,
    NoTryLeft,
}
