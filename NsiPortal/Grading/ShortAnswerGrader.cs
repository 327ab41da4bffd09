using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>What is accepted goes before what was foreseen as wrong.</summary>
sealed class ShortAnswerGrader(ShortAnswer exercise, int points)
{
    public Verdict Grade(Answer answer)
    {
        answer.Expect(ShortAnswer.Field);
        var typed = new TypedAnswer(answer.Single(ShortAnswer.Field));
        if (typed.IsBlank) return Verdicts.Blank;

        var right = exercise.Accepted.Any(typed.Is);
        var feedback = right ? null : exercise.Foreseen.FirstOrDefault(foreseen => typed.Is(foreseen.Answer))?.Feedback;
        return Verdicts.Of(right, points, [new FieldFeedback(ShortAnswer.Field, right, feedback?.Html)]);
    }
}
