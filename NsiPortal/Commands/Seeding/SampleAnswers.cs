using System.Globalization;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Commands.Seeding;

/// <summary>Answers as pupils give them, right and wrong, made from what the exercise says is right.</summary>
static class SampleAnswers
{
    public static Answer Right(ExerciseContent content) => content switch
    {
        MultipleChoice choice => Answer.Of(choice.Choices.Where(c => c.Right).Select(c => (MultipleChoice.Field, c.Key))),
        ShortAnswer answer => Answer.Of((ShortAnswer.Field, TextOf(answer.Accepted))),
        Gaps gaps => Answer.Of(gaps.Items.Select((gap, i) => (Gaps.FieldOf(i + 1), TextOf(gap.Accepted)))),
        Parsons parsons => Of(parsons, [.. parsons.Lines], parsons.Distractors),
        Matching matching => Answer.Of(matching.Pairs.Select(pair => (Matching.FieldOf(pair.Key), pair.Right.Key))),
        FreeAnswer => Answer.Of((FreeAnswer.Field, "On range chaque information une seule fois, sinon une mise à jour oubliée laisse deux versions qui se contredisent.")),
        var other => throw new InvalidOperationException($"{other.GetType().Name} has no sample."),
    };

    public static Answer Wrong(ExerciseContent content, Random random)
    {
        switch (content)
        {
            case MultipleChoice choice:
                var wrong = choice.Choices.Where(c => !c.Right).ToList();
                return Answer.Of((MultipleChoice.Field, wrong.Count > 0 ? wrong[random.Next(wrong.Count)].Key : choice.Choices[0].Key));
            case ShortAnswer { Foreseen: { Count: > 0 } foreseen }:
                var likely = foreseen[random.Next(foreseen.Count)].Answer;
                return Answer.Of((ShortAnswer.Field, likely.Pattern is null ? TextOf([likely]) : "je ne sais pas"));
            case ShortAnswer:
                return Answer.Of((ShortAnswer.Field, "je ne sais pas"));
            case Gaps gaps:
                var missed = random.Next(gaps.Items.Count);
                return Answer.Of(gaps.Items.Select((gap, i) => (Gaps.FieldOf(i + 1), i == missed ? gap.Options.FirstOrDefault(o => gap.Accepted.All(a => a.Text != o)) ?? "…" : TextOf(gap.Accepted))));
            case Parsons parsons:
                var lines = parsons.Lines.ToArray();
                var place = random.Next(lines.Length - 1);
                (lines[place], lines[place + 1]) = (lines[place + 1], lines[place]);
                return Of(parsons, lines, parsons.Distractors);
            case Matching matching:
                var shift = 1 + random.Next(matching.Pairs.Count - 1);
                return Answer.Of(matching.Pairs.Select((pair, i) => (Matching.FieldOf(pair.Key), matching.Pairs[(i + shift) % matching.Pairs.Count].Right.Key)));
            default:
                return Right(content);
        }
    }

    static Answer Of(Parsons parsons, ParsonsLine[] lines, IReadOnlyList<ParsonsLine> left)
    {
        var fields = lines.Select((line, i) => (Parsons.OrderOf(line.Key), $"{i + 1}")).Concat(left.Select(line => (Parsons.OrderOf(line.Key), "")));
        return Answer.Of(parsons.Indented ? fields.Concat(lines.Concat(left).Select(line => (Parsons.IndentOf(line.Key), $"{line.Indent}"))) : fields);
    }

    static string TextOf(IReadOnlyList<Accepted> accepted) =>
        accepted.FirstOrDefault(a => a.Text is not null)?.Text ?? accepted.FirstOrDefault(a => a.Number is not null)?.Number?.ToString(CultureInfo.InvariantCulture) ?? accepted[0].Pattern ?? "";
}
