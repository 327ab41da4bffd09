using System.Text.Json.Serialization;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Learning;

/// <summary>How far a pupil is with an exercise: what their pages and badges see of <see cref="ExerciseProgress"/>, and what may be kept of it.</summary>
public sealed record ExerciseState(
    int ExerciseId, int Tries, int TriesToSolve, Outcome? LastOutcome, DateTimeOffset? FirstAt, DateTimeOffset? SolvedAt, DateTimeOffset? LastAt, DateTimeOffset? LastRightAt, int HintsSeen)
{
    /// <summary>What was right so long ago is to be reviewed.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(60);

    [JsonIgnore]
    public bool IsSolved => SolvedAt is not null;

    public bool IsToReview(DateTimeOffset now) => IsSolved && (LastOutcome is Outcome.Wrong or Outcome.Partial || LastRightAt + Fresh < now);

    /// <summary>As badges see it.</summary>
    public LearnerExercise ToLearner(int chapterId, int courseId, ExerciseKind kind) => new(
        ExerciseId, chapterId, courseId, kind, Tries, TriesToSolve, HintsSeen, Day(FirstAt!.Value), SolvedAt is { } solved ? Day(solved) : null, LastRightAt is { } right ? Day(right) : null);

    static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(ParisTime.FromInstant(at));
}
