using NsiPortal.Domain.Exercises;
using NsiPortal.Exchange;

namespace NsiPortal.Features.Exercises.Sheets;

/// <summary>An exercise as pupils get it, before anybody does: drawn by the same views, graded by the same graders, and kept nowhere.</summary>
static class SheetTrial
{
    /// <param name="tried">What its author answers; null when they only look.</param>
    public static AnswerViewModel Of(SheetChapter chapter, ExerciseSource source, Answer? tried)
    {
        var exercise = new Exercise(null!, source.Key);
        exercise.Write(1, source.Title, source.Points, source.Required, source.MaximumTries, source.Yaml, source.Content);
        var judged = tried is null ? null : Judged.Of(exercise, tried);
        var asked = new AskedExercise(exercise, chapter.Slug, chapter.Title, chapter.CourseSlug, chapter.CourseTitle, Released: true);
        var state = new AnswerState(null, null, judged, Released: true) { Visitor = new Learning.Trial(0, null, "{}", 0, source.Content.Hints.Count) };
        return AnswerViewModel.Of(asked, state, tried, judged, Guid.Empty, userId: null, xp: 0, badges: []);
    }
}
