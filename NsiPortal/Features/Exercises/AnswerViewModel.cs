using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Grading;
using NsiPortal.Learning;

namespace NsiPortal.Features.Exercises;

/// <summary>An exercise and where it stands.</summary>
/// <param name="Released">The teacher of one of the reader's classes shows the correction.</param>
public sealed record AskedExercise(Exercise Exercise, string ChapterSlug, string ChapterTitle, string CourseSlug, string CourseTitle, bool Released)
{
    public string CourseAddress => $"/cours/{CourseSlug}";

    public string ChapterAddress => $"{CourseAddress}/{ChapterSlug}";

    public string Address => $"{ChapterAddress}/exercices/{Exercise.Number}";
}

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
    AskedExercise Asked, Question Question, Answer Entered, Judged? Judged, bool Open, bool Solved, int Tries, IReadOnlyList<RichText> Hints, bool MoreHints, RichText? Correction,
    Guid Key, int? UserId, int Xp, IReadOnlyList<Badge> Badges)
{
    /// <summary>A teacher will mark it: there is nothing to say of tries.</summary>
    public bool Sent => !Open && Judged?.Outcome == Outcome.Waiting;

    public string NoTryText => Solved ? "Tries.Solved" : Correction is not null ? "Tries.None" : SignedIn || Asked.Exercise.Content.Correction is null ? "Tries.Spent" : "Tries.SpentVisitor";

    public bool SignedIn => UserId is not null;

    /// <summary>Whose what the browser keeps is: on a shared computer nobody finds what somebody else has entered.</summary>
    public string Reader => UserId is { } id ? $"{id}:" : "";

    public string Address => $"{Asked.Address}/reponse";

    public int Points => Asked.Exercise.Points;

    public int? MaximumTries => Asked.Exercise.MaximumTries;

    public static AnswerViewModel Of(AskedExercise asked, AnswerState state, Answer? entered, Judged? judged, Guid key, int? userId, int xp, IReadOnlyList<Badge> badges)
    {
        var exercise = asked.Exercise;
        var solved = state.Progress?.IsSolved ?? state.Last?.Outcome == Outcome.Right;
        var open = exercise.MaximumTries is not { } most || (state.Tries < most && !solved);
        // What a visitor spends is given back by forgetting a cookie: where tries are counted, the correction is for those who have an account.
        var mayKnow = state.Released || ((!open || solved) && (userId is not null || exercise.MaximumTries is null));
        return new AnswerViewModel(
            asked, Question.Of(exercise, seed: userId ?? 0), entered ?? Answer.Of(), judged, open, solved, state.Tries,
            [.. exercise.Content.Hints.Take(state.HintsSeen)], state.HintsSeen < exercise.Content.Hints.Count, mayKnow ? exercise.Content.Correction : null,
            key, userId, xp, badges);
    }
}
