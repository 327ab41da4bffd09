using System.Diagnostics;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>Grades an answer. The same exercise and answer always give the same verdict, which never tells what would have been right.</summary>
public static class Grader
{
    /// <exception cref="UnusableAnswerException">It is no answer to this exercise.</exception>
    public static Verdict Grade(ExerciseContent content, int points, Answer answer) => content switch
    {
        MultipleChoice exercise => new MultipleChoiceGrader(exercise, points).Grade(answer),
        ShortAnswer exercise => new ShortAnswerGrader(exercise, points).Grade(answer),
        Gaps exercise => new GapsGrader(exercise, points).Grade(answer),
        Parsons exercise => new ParsonsGrader(exercise, points).Grade(answer),
        Matching exercise => new MatchingGrader(exercise, points).Grade(answer),
        FreeAnswer exercise => new FreeAnswerGrader(exercise).Grade(answer),
        _ => throw new UnreachableException($"No grader for {content.GetType().Name}."),
    };
}
