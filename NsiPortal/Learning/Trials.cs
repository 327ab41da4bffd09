using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>What a visitor has tried without an account: kept in the session, and for good once there is one.</summary>
public sealed class Trials(PortalDbContext db, Submissions submissions, ILogger<Trials> log)
{
    /// <summary>The latest answers stay.</summary>
    const int Maximum = 60;

    const string Key = "essais";

    public static Trial? Find(ISession session, int exerciseId) => Read(session).FindLast(trial => trial.ExerciseId == exerciseId);

    public static void Add(ISession session, Trial trial)
    {
        var trials = Read(session);
        trials.RemoveAll(t => t.ExerciseId == trial.ExerciseId);
        trials.Add(trial);
        if (trials.Count > Maximum) trials.RemoveRange(0, trials.Count - Maximum);
        session.Set(Key, JsonSerializer.SerializeToUtf8Bytes(trials));
    }

    /// <summary>
    /// Submits what was tried in this session for somebody who has just signed in, in the order in which it was tried. They are in whatever comes of it; what
    /// could not be submitted stays in the session.
    /// </summary>
    public async Task KeepAsync(HttpContext http, int userId, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var trial in Read(http.Session).Where(trial => trial.Key is not null))
            {
                var exercise = await db.Exercises.AsNoTracking().SingleOrDefaultAsync(e => e.Id == trial.ExerciseId && e.Number > 0 && e.Chapter.Published && e.Chapter.Course.Published, cancellationToken);
                if (exercise is null) continue;
                await SeeHintsAsync(userId, trial, cancellationToken);
                await submissions.SubmitAsync(userId, exercise, trial.Key!.Value, Answer.FromJson(trial.Answer), cancellationToken);
            }

            http.Session.Remove(Key);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            log.LogWarning(fault, "What a visitor had tried could not be kept for them");
        }
    }

    async Task SeeHintsAsync(int userId, Trial trial, CancellationToken cancellationToken)
    {
        if (trial.HintsSeen == 0) return;
        var progress = await db.ExerciseProgress.SingleOrDefaultAsync(p => p.UserId == userId && p.ExerciseId == trial.ExerciseId, cancellationToken);
        if (progress is null) db.ExerciseProgress.Add(progress = new ExerciseProgress(userId, trial.ExerciseId));
        progress.SeeHint(trial.HintsSeen);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    static List<Trial> Read(ISession session)
    {
        try
        {
            return session.TryGetValue(Key, out var json) ? JsonSerializer.Deserialize<List<Trial>>(json) ?? [] : [];
        }
        catch (JsonException)
        {
            // Of another build.
            return [];
        }
    }
}

/// <param name="Key">Of its last submission; null when only hints were seen.</param>
/// <param name="Answer">JSON; see <see cref="Domain.Exercises.Answer"/>.</param>
/// <param name="Tries">How many there were.</param>
/// <param name="HintsSeen">How many.</param>
public sealed record Trial(int ExerciseId, Guid? Key, string Answer, int Tries, int HintsSeen);
