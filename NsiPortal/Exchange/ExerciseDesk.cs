using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Rendering;

namespace NsiPortal.Exchange;

/// <summary>Where authors write exercises one by one: by the rules of the sheets that are imported, and into the same rows.</summary>
public sealed class ExerciseDesk(MarkdownRenderer renderer)
{
    /// <summary>Reads the text of one exercise of a sheet.</summary>
    /// <param name="yaml">A list with one item.</param>
    /// <param name="fault">What is wrong.</param>
    /// <returns>Null when something is.</returns>
    public ExerciseSource? Read(string yaml, out SheetFault? fault)
    {
        var faults = new List<SheetFault>();
        var read = ExerciseSheet.Read(yaml, markdown => new RichText(markdown, renderer.Render(markdown).Html), faults);
        fault = faults.Count > 0 ? faults[0]
            : read.Count == 0 ? SheetFault.Of(Faults.Of(1, "NoExercise"))
            : read.Count > 1 ? SheetFault.Of(Faults.Of(1 + read[0].Yaml.Count(c => c == '\n'), "SecondExercise"))
            : null;
        return fault is null ? read[0] : null;
    }

    /// <summary>Writes an exercise, or adds it at the end of the chapter.</summary>
    /// <param name="db">A context.</param>
    /// <param name="chapterId">The chapter.</param>
    /// <param name="exerciseId">Null for a new one.</param>
    /// <param name="version">The version that its author had before them.</param>
    /// <param name="source">What it says now.</param>
    /// <param name="cancellationToken">Cancels before the commit, never after.</param>
    public static async Task<ExerciseSaving> SaveAsync(PortalDbContext db, int chapterId, int? exerciseId, int version, ExerciseSource source, CancellationToken cancellationToken)
    {
        var saving = new ExerciseSaving(DeskOutcome.Gone, null);
        await ChangeAsync(db, chapterId, chapter =>
        {
            var exercise = chapter.Exercises.FirstOrDefault(e => e.Id == exerciseId);
            if (exerciseId is not null && exercise is null) return;
            if (exercise is not null && exercise.Version != version)
            {
                saving = new ExerciseSaving(DeskOutcome.ChangedMeanwhile, exercise);
                return;
            }

            if (exercise is null ? chapter.Exercises.Any(e => e.Key == source.Key) : exercise.Key != source.Key)
            {
                saving = new ExerciseSaving(DeskOutcome.KeyTaken, exercise);
                return;
            }

            if (exercise is null && chapter.Exercises.Count(e => !e.Retired) >= ExerciseSheet.MaximumExercises)
            {
                saving = new ExerciseSaving(DeskOutcome.TooMany, null);
                return;
            }

            var number = exercise?.Number ?? chapter.Exercises.Select(e => e.Number).DefaultIfEmpty().Max() + 1;
            exercise ??= chapter.AddExercise(source.Key);
            var revised = exercise.Write(number, source.Title, source.Points, source.Required, source.MaximumTries, source.Yaml, source.Content);
            saving = new ExerciseSaving(revised ? DeskOutcome.Revised : DeskOutcome.Saved, exercise);
        }, cancellationToken);
        return saving;
    }

    /// <summary>Changes the order of a chapter's exercises, or which of them are asked.</summary>
    /// <returns>Whether there is such an exercise.</returns>
    public static async Task<bool> ArrangeAsync(PortalDbContext db, int chapterId, int exerciseId, Action<Chapter, Exercise> arrange, CancellationToken cancellationToken)
    {
        var found = false;
        await ChangeAsync(db, chapterId, chapter =>
        {
            if (chapter.Exercises.FirstOrDefault(e => e.Id == exerciseId) is not { } exercise) return;
            arrange(chapter, exercise);
            found = true;
        }, cancellationToken);
        return found;
    }

    /// <summary>A name for a new exercise that no other of its chapter has, made of its title.</summary>
    public static async Task<string> KeyForAsync(PortalDbContext db, int chapterId, string? title, CancellationToken cancellationToken)
    {
        var taken = (await db.Exercises.Where(e => e.ChapterId == chapterId).Select(e => e.Key).ToListAsync(cancellationToken)).ToHashSet();
        return Slug.Free(title ?? "", "exercice", taken.Contains);
    }

    /// <summary>An import of the course, and another author, come before or after.</summary>
    static Task ChangeAsync(PortalDbContext db, int chapterId, Action<Chapter> change, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var chapters = db.Chapters.Where(c => c.Id == chapterId);
        if (await db.Courses.Where(c => c.Chapters.Any(chapter => chapter.Id == chapterId)).LockAsync(cancellationToken) == 0) return;
        change(await chapters.Include(c => c.Exercises).SingleAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }, cancellationToken);
}

/// <param name="Exercise">As it is now; null when there is none.</param>
public sealed record ExerciseSaving(DeskOutcome Outcome, Exercise? Exercise);

public enum DeskOutcome
{
    Saved,

    /// <summary>There is a new version, by which answers to the former one are to be graded again.</summary>
    Revised,
    ChangedMeanwhile,
    KeyTaken,
    TooMany,
    Gone,
}
