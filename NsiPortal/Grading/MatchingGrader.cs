using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>Each pair is worth the same. Options that read the same stand for each other.</summary>
sealed class MatchingGrader(Matching exercise, int points)
{
    public Verdict Grade(Answer answer)
    {
        answer.Expect([.. exercise.Pairs.Select(pair => Matching.FieldOf(pair.Key))]);
        var chosen = exercise.Pairs.Select(pair => (Pair: pair, Option: Option(answer.Single(Matching.FieldOf(pair.Key))))).ToList();
        if (chosen.TrueForAll(pair => pair.Option is null)) return Verdicts.Blank;

        var fields = chosen.Select(pair => Judge(pair.Pair, pair.Option)).ToList();
        return Verdicts.Of(fields.Count(field => field.Right == true), fields.Count, points, fields);
    }

    MatchingOption? Option(string key) =>
        string.IsNullOrWhiteSpace(key) ? null
        : exercise.Pairs.Select(pair => pair.Right).Concat(exercise.Intruders).FirstOrDefault(option => option.Key == key)
            ?? throw new UnusableAnswerException("La réponse associe ce que cet exercice ne propose pas.");

    static FieldFeedback Judge(MatchingPair pair, MatchingOption? option)
    {
        var right = option?.Text == pair.Right.Text;
        // Nothing is said of what was not tried.
        return new FieldFeedback(Matching.FieldOf(pair.Key), right, right || option is null ? null : pair.Feedback?.Html);
    }
}
