using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>A teacher marks free answers. What a mark earns is given as for an answer that was right by itself.</summary>
public sealed class Marking(PortalDbContext db, Submissions submissions, Catalogue catalogue, TimeProvider time)
{
    const int MaximumRounds = 4;

    /// <summary>The last answers of a class that wait for a mark, in <see cref="WaitingAnswer.Order"/>.</summary>
    public async Task<IReadOnlyList<WaitingAnswer>> WaitingAsync(int classId, CancellationToken cancellationToken) =>
        [.. (await Listed(Waiting(classId)).ToListAsync(cancellationToken)).Order(WaitingAnswer.Order)];

    public Task<int> CountAsync(int classId, CancellationToken cancellationToken) => Waiting(classId).CountAsync(cancellationToken);

    /// <summary>An answer as it stands in the list, or stood before it was marked; null when it has gone with its pupil.</summary>
    public Task<WaitingAnswer?> PlaceAsync(long attemptId, CancellationToken cancellationToken) =>
        Listed(db.Attempts.Where(a => a.Id == attemptId)).SingleOrDefaultAsync(cancellationToken);

    IQueryable<Attempt> Waiting(int classId) =>
        from m in db.ClassMembers
        where m.ClassId == classId
        join p in db.ExerciseProgress on m.UserId equals p.UserId
        where p.LastOutcome == Outcome.Waiting
        join a in db.Attempts on new { UserId = (int?)p.UserId, p.ExerciseId, Number = p.Tries } equals new { a.UserId, a.ExerciseId, a.Number }
        where a.Outcome == Outcome.Waiting && a.Exercise.Number > 0
        select a;

    IQueryable<WaitingAnswer> Listed(IQueryable<Attempt> attempts) =>
        from a in attempts
        join u in db.Users on a.UserId equals (int?)u.Id
        let chapter = a.Exercise.Chapter
        select new WaitingAnswer(a.Id, u.Nickname, a.Exercise.Title, chapter.Title, a.At, chapter.Course.Position, chapter.CourseId, chapter.Position, chapter.Id, a.Exercise.Number);

    /// <param name="attempt">A free answer of a pupil's.</param>
    /// <param name="seen">What the marker had before their eyes: see <see cref="StateOf"/>.</param>
    /// <param name="score">From 0 to what the answer is worth.</param>
    /// <param name="comment">For the pupil.</param>
    /// <param name="teacherId">Who marks.</param>
    /// <param name="cancellationToken">Cancels before the commit, never after.</param>
    /// <returns>False when somebody else has marked it meanwhile: nothing was changed.</returns>
    public async Task<bool> MarkAsync(Attempt attempt, string seen, double score, string? comment, int teacherId, CancellationToken cancellationToken)
    {
        var (id, userId) = (attempt.Id, attempt.UserId!.Value);
        for (var round = 1; ; round++)
        {
            try
            {
                return await TryAsync(attempt, userId, seen, score, comment, teacherId, cancellationToken);
            }
            catch (Exception fault) when (round < MaximumRounds && (fault is DbUpdateConcurrencyException || fault.IsOfDeadlock))
            {
                // The pupil has opened a hint meanwhile: again, from what stands now.
                db.ChangeTracker.Clear();
                if (await db.Attempts.Include(a => a.Exercise).SingleOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } again) return false;
                attempt = again;
            }
        }
    }

    async Task<bool> TryAsync(Attempt attempt, int userId, string seen, double score, string? comment, int teacherId, CancellationToken cancellationToken)
    {
        var exerciseId = attempt.ExerciseId;
        var chapters = await catalogue.ChaptersAsync(cancellationToken);
        var done = false;
        await db.InTransactionAsync(async () =>
        {
            // The pupil may be answering, and a colleague marking: each sees what the other has done.
            await db.LockUserAsync(userId, cancellationToken);
            await db.Entry(attempt).ReloadAsync(cancellationToken);
            if (db.Entry(attempt).State == EntityState.Detached || attempt.UserId != userId || StateOf(attempt) != seen) return;
            attempt.Mark(score, comment, teacherId);
            var all = await db.ExerciseProgress.Where(p => p.UserId == userId).ToListAsync(cancellationToken);
            var mine = all.Single(p => p.ExerciseId == exerciseId);
            var others = await db.Attempts.Where(a => a.UserId == userId && a.ExerciseId == exerciseId && a.Id != attempt.Id).MaxAsync(a => (double?)a.Score, cancellationToken);
            var solved = mine.Mark(attempt, Math.Max(score, others ?? 0));
            await submissions.GiveAsync(userId, attempt.Exercise, all, solved, tries: 0, chapters, time.GetUtcNow(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            done = true;
        }, cancellationToken);
        return done;
    }

    /// <summary>Tells two states of a mark apart.</summary>
    public static string StateOf(Attempt attempt) =>
        FormattableString.Invariant($"{attempt.Outcome} {attempt.Score} {attempt.MarkedById} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(attempt.Comment ?? "")))}");
}

/// <param name="CoursePosition">With the four that follow, where its exercise stands in the catalogue.</param>
public sealed record WaitingAnswer(
    long AttemptId, string Nickname, string Exercise, string Chapter, DateTimeOffset At, int CoursePosition, int CourseId, int ChapterPosition, int ChapterId, int Number)
{
    /// <summary>One exercise after the other, and each for the whole class in a row: who has just read an answer marks the next one alike.</summary>
    public static Comparer<WaitingAnswer> Order { get; } = Comparer<WaitingAnswer>.Create((one, other) =>
    {
        var exercises = one.Place.CompareTo(other.Place);
        if (exercises != 0) return exercises;
        var pupils = Domain.People.Nickname.Collation.Compare(one.Nickname, other.Nickname);
        return pupils != 0 ? pupils : one.AttemptId.CompareTo(other.AttemptId);
    });

    (int, int, int, int, int) Place => (CoursePosition, CourseId, ChapterPosition, ChapterId, Number);
}
