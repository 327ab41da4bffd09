using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>Each gap is worth the same.</summary>
sealed class GapsGrader(Gaps exercise, int points)
{
    public Verdict Grade(Answer answer)
    {
        answer.Expect([.. exercise.Items.Select((_, index) => Gaps.FieldOf(index + 1))]);
        var filled = exercise.Items.Select((gap, index) => (Gap: gap, Field: Gaps.FieldOf(index + 1), Typed: Typed(gap, answer.Single(Gaps.FieldOf(index + 1))))).ToList();
        if (filled.TrueForAll(gap => gap.Typed.IsBlank)) return Verdicts.Blank;

        var fields = filled.Select(gap => Judge(gap.Gap, gap.Field, gap.Typed)).ToList();
        return Verdicts.Of(fields.Count(field => field.Right == true), fields.Count, points, fields);
    }

    TypedAnswer Typed(Gap gap, string value)
    {
        if (gap.Options.Count > 0 && !string.IsNullOrWhiteSpace(value) && !gap.Options.Contains(value))
            throw new UnusableAnswerException("La réponse remplit un trou avec ce que sa liste ne propose pas.");
        return new TypedAnswer(value, exercise.Language);
    }

    static FieldFeedback Judge(Gap gap, string field, TypedAnswer typed)
    {
        // Nothing is said of what was not tried.
        if (typed.IsBlank) return new FieldFeedback(field, false, null);
        var right = gap.Accepted.Any(typed.Is);
        return new FieldFeedback(field, right, right ? null : gap.Feedback?.Html);
    }
}
