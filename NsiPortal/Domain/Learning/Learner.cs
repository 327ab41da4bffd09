using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Learning;

/// <summary>What a pupil has done, as badges see it.</summary>
/// <param name="Exercises">Those that were tried.</param>
/// <param name="Chapters">Published chapters with at least one required exercise.</param>
/// <param name="ActiveDays">Days in Paris on which something was tried, each once.</param>
/// <param name="Today">In Paris.</param>
public sealed record Learner(
    IReadOnlyList<LearnerExercise> Exercises, IReadOnlyList<LearnerChapter> Chapters, IReadOnlyList<DateOnly> ActiveDays, DateOnly Today)
{
    public IEnumerable<LearnerExercise> Solved => Exercises.Where(exercise => exercise.SolvedOn is not null);
}

/// <param name="Tries">How many in all.</param>
/// <param name="TriesToSolve">Up to and with the first that was right; 0 when there is none.</param>
/// <param name="HintsSeen">How many.</param>
/// <param name="FirstOn">The day of the first try.</param>
/// <param name="SolvedOn">The day of the first that was right; null when there is none.</param>
/// <param name="LastRightOn">The day of the last that was right.</param>
public sealed record LearnerExercise(
    int ExerciseId, int ChapterId, int CourseId, ExerciseKind Kind, int Tries, int TriesToSolve, int HintsSeen, DateOnly FirstOn, DateOnly? SolvedOn, DateOnly? LastRightOn);

/// <param name="Required">How many of its exercises are required.</param>
/// <param name="Solved">How many of those are solved.</param>
/// <param name="Themes">The programme's themes that it covers, such as <c>T-BDD</c>.</param>
public sealed record LearnerChapter(int ChapterId, int CourseId, int Required, int Solved, IReadOnlyList<string> Themes)
{
    public bool IsComplete => Required > 0 && Solved >= Required;
}
