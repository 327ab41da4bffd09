using NsiPortal.Domain.Exercises;

namespace NsiPortal.Exchange;

/// <summary>
/// The exercises of a chapter, as a YAML list of which each item begins with a dash at the start of a line. Each item is read on its own, so that
/// a broken one is told with its line and reason and stops itself only.
/// </summary>
static class ExerciseSheet
{
    public const int MaximumExercises = 100;

    /// <param name="yaml">The whole sheet.</param>
    /// <param name="render">Makes safe HTML of Markdown.</param>
    /// <param name="problems">Receives what was left out, by line of the sheet, from 1.</param>
    public static IReadOnlyList<ExerciseSource> Read(string yaml, Func<string, RichText> render, ICollection<SheetFault> problems)
    {
        var exercises = new List<ExerciseSource>();
        // YAML also ends lines at characters that are none elsewhere.
        var lines = yaml.ReplaceLineEndings("\n").Split('\n');
        var starts = Enumerable.Range(0, lines.Length).Where(line => IsItem(lines[line])).ToList();
        if (Array.FindIndex(lines, 0, starts is [] ? lines.Length : starts[0], line => !IsNothing(line) && line.TrimEnd() != "---") is >= 0 and var stray)
            problems.Add(SheetFault.Of(Faults.Of(stray + 1, "NotAList")));

        for (var item = 0; item < starts.Count; item++)
        {
            if (item == MaximumExercises)
            {
                problems.Add(SheetFault.Of(Faults.Of(starts[item] + 1, "TooManyExercises", MaximumExercises)));
                break;
            }

            var (first, end) = (WithItsComment(lines, starts[item]), item + 1 < starts.Count ? WithItsComment(lines, starts[item + 1]) : lines.Length);
            while (string.IsNullOrWhiteSpace(lines[end - 1])) end--;
            try
            {
                var exercise = ExerciseReader.Read($"{string.Join('\n', lines[first..end])}\n", first + 1, render);
                if (exercises.Exists(other => other.Key == exercise.Key))
                    throw Faults.Of(starts[item] + 1, "SameIdentifier", exercise.Key);
                exercises.Add(exercise);
            }
            catch (UnusableFileException fault)
            {
                problems.Add(SheetFault.Of(fault));
            }
        }

        return exercises;
    }

    static bool IsItem(string line) => line is "-" || line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("-\t", StringComparison.Ordinal);

    /// <summary>A comment at the start of a line, or nothing at all.</summary>
    static bool IsNothing(string line) => line.StartsWith('#') || string.IsNullOrWhiteSpace(line);

    /// <summary>The line of the comment above an item, which speaks of it and moves with it; that of the item without one.</summary>
    static int WithItsComment(string[] lines, int start)
    {
        var first = start;
        for (var line = start - 1; line >= 0 && IsNothing(lines[line]); line--)
            if (lines[line].StartsWith('#')) first = line;
        return first;
    }
}

/// <param name="Key">The same for ever: answers are kept under it.</param>
/// <param name="MaximumTries">Null without end.</param>
/// <param name="Yaml">Its lines of the sheet, with the comment above it. Those of all the exercises, one after the other, are a sheet again.</param>
public sealed record ExerciseSource(string Key, string Title, int Points, bool Required, int? MaximumTries, string Yaml, ExerciseContent Content);
