using System.Globalization;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>
/// All the points for the right lines in the right order, and rightly indented where that counts. From half of it on, a share of the points: the
/// longest run of lines that already follow each other as they should (others may stand between them), out of all the lines and the distractors used.
/// </summary>
sealed class ParsonsGrader(Parsons exercise, int points)
{
    const int MaximumIndent = 20;

    public Verdict Grade(Answer answer)
    {
        IReadOnlyList<ParsonsLine> all = [.. exercise.Lines, .. exercise.Distractors];
        answer.Expect([.. all.Select(line => Parsons.OrderOf(line.Key)), .. exercise.Indented ? all.Select(line => Parsons.IndentOf(line.Key)) : []]);
        var placed = Placed(all, answer);
        if (placed.Count == 0) return Verdicts.Blank;

        var used = placed.Where(line => exercise.Distractors.Contains(line.Line)).ToList();
        var lines = placed.Except(used).ToList();
        var (right, parts) = (LongestCommonSubsequence(lines), exercise.Lines.Count + used.Count);
        List<FieldFeedback> fields = [.. FirstOutOfPlace(lines), .. used.Select(line => new FieldFeedback(Parsons.OrderOf(line.Line.Key), false, line.Line.Feedback?.Html))];
        return Verdicts.Of(right * 2 < parts ? 0 : right, parts, points, fields);
    }

    /// <summary>The lines that were used, in the pupil's order.</summary>
    List<PlacedLine> Placed(IReadOnlyList<ParsonsLine> all, Answer answer)
    {
        var placed = new SortedDictionary<int, PlacedLine>();
        foreach (var line in all)
        {
            var indent = exercise.Indented ? Number(answer.Single(Parsons.IndentOf(line.Key)), 0, MaximumIndent) ?? 0 : 0;
            if (Number(answer.Single(Parsons.OrderOf(line.Key)), 1, all.Count) is { } order && !placed.TryAdd(order, new PlacedLine(line, indent)))
                throw new UnusableAnswerException("La réponse met deux lignes à la même place.");
        }

        return [.. placed.Values];
    }

    static int? Number(string value, int least, int greatest) =>
        string.IsNullOrWhiteSpace(value) ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest ? number
        : throw new UnusableAnswerException("La réponse met une ligne à une place qui n’existe pas.");

    /// <summary>Only the first: it is where to look, and to tell them all would be to tell the order.</summary>
    IEnumerable<FieldFeedback> FirstOutOfPlace(List<PlacedLine> lines) => lines.Zip(exercise.Lines)
        .Where(pair => !Fits(pair.First, pair.Second)).Take(1)
        .Select(pair => new FieldFeedback(
            pair.First.Line.Text == pair.Second.Text ? Parsons.IndentOf(pair.First.Line.Key) : Parsons.OrderOf(pair.First.Line.Key), false, null));

    int LongestCommonSubsequence(List<PlacedLine> lines)
    {
        var lengths = new int[lines.Count + 1, exercise.Lines.Count + 1];
        for (var i = 1; i <= lines.Count; i++)
            for (var j = 1; j <= exercise.Lines.Count; j++)
                lengths[i, j] = Fits(lines[i - 1], exercise.Lines[j - 1]) ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
        return lengths[lines.Count, exercise.Lines.Count];
    }

    // By its text, so that lines that read the same stand for each other.
    bool Fits(PlacedLine line, ParsonsLine wanted) => line.Line.Text == wanted.Text && (!exercise.Indented || line.Indent == wanted.Indent);

    readonly record struct PlacedLine(ParsonsLine Line, int Indent);
}
