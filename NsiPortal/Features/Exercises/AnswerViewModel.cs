using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Grading;
using NsiPortal.Learning;

namespace NsiPortal.Features.Exercises;

/// <summary>What is known of somebody and an exercise.</summary>
/// <param name="Draft">What was entered and not submitted.</param>
/// <param name="Last">The last answer that was graded.</param>
/// <param name="Released">A teacher shows the correction.</param>
public sealed record AnswerState(ExerciseProgress? Progress, Answer? Draft, Judged? Last, bool Released)
{
    public Trial? Visitor { get; init; }

    public int HintsSeen => Progress?.HintsSeen ?? Visitor?.HintsSeen ?? 0;

    public int Tries => Progress?.Tries ?? Visitor?.Tries ?? 0;
}

/// <summary>An answer and what was thought of it.</summary>
/// <param name="Regraded">It was graded before, by a former version, and its author does not know yet.</param>
public sealed record Judged(Answer Answer, Outcome Outcome, double Score, int Points, IReadOnlyList<FieldFeedback> Feedback, string? Comment, bool Regraded)
{
    public static Judged Of(Attempt attempt, bool regraded) =>
        new(Answer.FromJson(attempt.Answer), attempt.Outcome, attempt.Score, attempt.Points, attempt.Feedback, attempt.Comment, regraded);

    /// <summary>A visitor's, graded anew each time it is shown.</summary>
    public static Judged? Of(Exercise exercise, Answer answer)
    {
        try
        {
            var verdict = Grader.Grade(exercise.Content, exercise.Points, answer);
            return new Judged(answer, verdict.Outcome, verdict.Score, exercise.Points, verdict.Fields, null, false);
        }
        catch (UnusableAnswerException)
        {
            return null;
        }
    }

    public FieldFeedback? On(string field) => Feedback.FirstOrDefault(said => said.Field == field);
}

/// <summary>The form as its reader may see it: of what is right, only what the verdict on the reader's own answer says.</summary>
/// <param name="Key">Names the next submission.</param>
/// <param name="Hints">Those that were asked for.</param>
/// <param name="Correction">Null when the reader may not see it yet, or there is none.</param>
public sealed record AnswerViewModel(
    string Address, string ExerciseAddress, string ChapterAddress, string ChapterTitle, string CourseTitle, string CourseAddress, int Number, string Title, int Points, string StatementHtml,
    Question Question, Answer Entered, Judged? Judged, bool Open, int Tries, int? MaximumTries, IReadOnlyList<RichText> Hints, bool MoreHints, RichText? Correction,
    Guid Key, bool SignedIn, int Xp, IReadOnlyList<Badge> Badges)
{
    public static AnswerViewModel Of(Exercise exercise, AnswerState state, Answer? entered, Judged? judged, int seed, byte[] key, bool signedIn, int xp, IReadOnlyList<Badge> badges)
    {
        var chapter = $"/cours/{exercise.Chapter.Course.Slug}/{exercise.Chapter.Slug}";
        var solved = state.Progress?.IsSolved ?? state.Last?.Outcome == Outcome.Right;
        var open = exercise.MaximumTries is not { } most || (state.Tries < most && !solved);
        var mayKnow = state.Released || !open || solved;
        return new AnswerViewModel(
            $"{chapter}/exercices/{exercise.Number}/reponse", $"{chapter}/exercices/{exercise.Number}", chapter, exercise.Chapter.Title, exercise.Chapter.Course.Title, $"/cours/{exercise.Chapter.Course.Slug}",
            exercise.Number, exercise.Title, exercise.Points, exercise.Content.Statement.Html,
            Question.Of(exercise, seed), entered ?? Answer.Of(), judged, open, state.Tries, exercise.MaximumTries,
            [.. exercise.Content.Hints.Take(state.HintsSeen)], state.HintsSeen < exercise.Content.Hints.Count, mayKnow ? exercise.Content.Correction : null,
            new Guid(key), signedIn, xp, badges);
    }
}
