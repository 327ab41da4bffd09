using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>An exercise of each kind, as small as it may be and still be wrong in every way.</summary>
static class Samples
{
    public static RichText Rich(string text) => new(text, $"<p>{text}</p>");

    /// <summary>Right: a and b; with <paramref name="several"/> false, only a.</summary>
    public static MultipleChoice Choices(bool several = true, ChoiceScoring scoring = ChoiceScoring.AllOrNothing) => new(
        [new("a", Rich("A"), true, Rich("Oui.")), new("b", Rich("B"), several, null), new("c", Rich("C"), false, Rich("Non.")), new("d", Rich("D"), false, null)],
        several, Shuffled: true, scoring) { Statement = Rich("Lesquels ?") };

    public static ShortAnswer Short(params IReadOnlyList<Accepted> accepted) => new(accepted, [], Unit: null) { Statement = Rich("Combien ?") };

    public static Gaps Code(string? language, params IReadOnlyList<string> answers) =>
        new(string.Join(' ', answers.Select((_, index) => $"[[{index + 1}]]")), language, [.. answers.Select(answer => new Gap([new(answer)], [], Rich("Cherchez encore.")))])
        { Statement = Rich("Complétez.") };

    /// <summary>Lines a, b, c, d in that order; c is indented once; x belongs nowhere.</summary>
    public static Parsons Lines(bool indented = false) => new(
        "python", indented, [new("a", "a = 0", 0), new("b", "for i in t:", 0), new("c", "a += i", 1), new("d", "print(a)", 0)],
        [new("x", "a == i", 1, Rich("== compare.")), new("y", "end", 0)]) { Statement = Rich("Rangez.") };

    /// <summary>a with 1, b with 2, c with 3; 4 goes with nothing.</summary>
    public static Matching Pairs() => new(
        [new("a", Rich("A"), new("1", "un"), Rich("Relisez A.")), new("b", Rich("B"), new("2", "deux"), null), new("c", Rich("C"), new("3", "trois"), Rich("Relisez C."))],
        [new("4", "quatre")]) { Statement = Rich("Associez.") };

    public static FreeAnswer Free(int maximumLength = 20) => new(maximumLength, Criteria: Rich("Clarté.")) { Statement = Rich("Expliquez.") };

    /// <summary>« abc » puts a first; a digit behind a line is how far it is indented.</summary>
    public static Answer Order(Parsons exercise, string order)
    {
        var fields = new List<(string, string)>();
        var place = 0;
        foreach (var c in order)
        {
            if (char.IsAsciiDigit(c)) fields.Add((Parsons.IndentOf(order[order.IndexOf(c, StringComparison.Ordinal) - 1].ToString()), c.ToString()));
            else fields.Add((Parsons.OrderOf(c.ToString()), (++place).ToString()));
        }

        fields.AddRange(exercise.Lines.Concat(exercise.Distractors).Where(line => !order.Contains(line.Key, StringComparison.Ordinal)).Select(line => (Parsons.OrderOf(line.Key), "")));
        return Answer.Of(fields);
    }

    public static void IsUnusable(ExerciseContent exercise, params IEnumerable<(string, string)> answer) =>
        Assert.Throws<UnusableAnswerException>(() => Grader.Grade(exercise, 3, Answer.Of(answer)));
}
