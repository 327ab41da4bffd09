using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Support;

/// <summary>A pupil who has done only what a test says, from the first day of a school year on.</summary>
public sealed class LearnerBuilder
{
    /// <summary>A Monday.</summary>
    public static readonly DateOnly FirstDay = new(2025, 9, 1);

    readonly List<LearnerExercise> exercises = [];
    readonly List<LearnerChapter> chapters = [];
    readonly SortedSet<DateOnly> activeDays = [];

    /// <param name="daysLater">From the first try to the one that is right.</param>
    /// <param name="rightAgainAfter">Days from the first right try to the last.</param>
    public LearnerBuilder Solves(
        int count = 1, ExerciseKind kind = ExerciseKind.MultipleChoice, int chapter = 1, int course = 1, int failures = 0, int hints = 0, int daysLater = 0, int rightAgainAfter = 0)
    {
        failures = daysLater == 0 ? failures : Math.Max(failures, 1);
        var solvedOn = FirstDay.AddDays(daysLater);
        var lastRightOn = solvedOn.AddDays(rightAgainAfter);
        for (var i = 0; i < count; i++)
        {
            var tries = failures + (rightAgainAfter == 0 ? 1 : 2);
            exercises.Add(new LearnerExercise(exercises.Count + 1, chapter, course, kind, tries, failures + 1, hints, FirstDay, solvedOn, lastRightOn));
        }

        return Works(FirstDay, solvedOn, lastRightOn);
    }

    public LearnerBuilder Fails(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            exercises.Add(new LearnerExercise(exercises.Count + 1, 1, 1, ExerciseKind.MultipleChoice, Tries: 9, TriesToSolve: 0, HintsSeen: 2, FirstDay, null, null));
        }

        return Works(FirstDay);
    }

    public LearnerBuilder Completes(int count = 1, int course = 1, params string[] themes) => Meets(count, course, solved: 4, themes);

    /// <summary>All the required exercises of a chapter but one.</summary>
    public LearnerBuilder AlmostCompletes(int count = 1, int course = 1, params string[] themes) => Meets(count, course, solved: 3, themes);

    LearnerBuilder Meets(int count, int course, int solved, string[] themes)
    {
        for (var i = 0; i < count; i++) chapters.Add(new LearnerChapter(chapters.Count + 1, course, Required: 4, solved, themes));
        return this;
    }

    public LearnerBuilder Works(params IEnumerable<DateOnly> days)
    {
        activeDays.UnionWith(days);
        return this;
    }

    public LearnerBuilder WorksOnSchoolDays(int count) =>
        Works(Enumerable.Range(0, 365).Select(FirstDay.AddDays).Where(SchoolCalendar.France.IsSchoolDay).Take(count));

    /// <summary>On the last day of work.</summary>
    public Learner Build() => new(exercises, chapters, [.. activeDays], activeDays.Count == 0 ? FirstDay : activeDays.Max);
}
