using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>Speaks of the choices that were made only: the others would tell which ones are missing.</summary>
sealed class MultipleChoiceGrader(MultipleChoice exercise, int points)
{
    public Verdict Grade(Answer answer)
    {
        answer.Expect(MultipleChoice.Field);
        var chosen = Chosen([.. answer.Values(MultipleChoice.Field).Where(key => !string.IsNullOrWhiteSpace(key))]);
        if (chosen.Count == 0) return Verdicts.Blank;

        var (good, bad, wanted) = (chosen.Count(choice => choice.Right), chosen.Count(choice => !choice.Right), exercise.Choices.Count(choice => choice.Right));
        var right = good == wanted && bad == 0;
        var fields = chosen.Select(choice => new FieldFeedback($"{MultipleChoice.Field}:{choice.Key}", choice.Right, choice.Feedback?.Html)).ToList();
        return exercise.Scoring switch
        {
            ChoiceScoring.AllOrNothing => Verdicts.Of(right, points, fields),
            ChoiceScoring.Partial => Verdicts.Of(Math.Max(good - bad, 0), wanted, points, fields),
            ChoiceScoring.Examination => right ? Verdicts.Of(right, points, fields) : new Verdict(Outcome.Wrong, -points / 3.0, fields),
        };
    }

    List<Choice> Chosen(IReadOnlyList<string> keys)
    {
        if (keys.Count > 1 && !exercise.Several) throw new UnusableAnswerException("Un seul choix est possible.");
        var chosen = exercise.Choices.Where(choice => keys.Contains(choice.Key)).ToList();
        return chosen.Count == keys.Count ? chosen : throw new UnusableAnswerException("La réponse a un choix que cet exercice n’a pas, ou l’a deux fois.");
    }
}
