using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>The teacher marks it; a blank one does not wait for anybody.</summary>
sealed class FreeAnswerGrader(FreeAnswer exercise)
{
    public Verdict Grade(Answer answer)
    {
        answer.Expect(FreeAnswer.Field);
        var text = answer.Single(FreeAnswer.Field);
        // A form sends two characters for the end of a line, and counts one while it is filled.
        if (text.ReplaceLineEndings("\n").Length > exercise.MaximumLength) throw new UnusableAnswerException($"La réponse dépasse {exercise.MaximumLength} caractères.");
        return string.IsNullOrWhiteSpace(text) ? Verdicts.Blank : new Verdict(Outcome.Waiting, 0, []);
    }
}
