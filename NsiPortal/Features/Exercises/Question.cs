using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Features.Exercises;

/// <summary>What is asked, without what is right.</summary>
public abstract record Question
{
    /// <summary>The partial view that draws it.</summary>
    public abstract string View { get; }

    /// <param name="exercise">What is asked.</param>
    /// <param name="seed">Of the order in which its reader sees what has no order.</param>
    public static Question Of(Exercise exercise, int seed) => exercise.Content switch
    {
        MultipleChoice choice => new ChoiceQuestion(choice.Several, choice.Scoring == ChoiceScoring.Examination,
            [.. (choice.Shuffled ? Shuffle(choice.Choices, c => c.Key, exercise, seed) : choice.Choices).Select(c => new Option(c.Key, c.Text.Html))]),
        ShortAnswer answer => new ShortQuestion(answer.Unit, answer.Accepted.All(a => a.Number is not null)),
        Gaps gaps => GapsQuestion.Of(gaps),
        Parsons parsons => new ParsonsQuestion(parsons.Language, parsons.Indented,
            [.. Shuffle(parsons.Lines.Concat(parsons.Distractors), line => line.Key, exercise, seed).Select(line => new CodeLine(line.Key, line.Text))], parsons.Distractors.Count > 0),
        Matching matching => new MatchingQuestion(
            [.. matching.Pairs.Select(pair => new Option(pair.Key, pair.Left.Html))],
            Shuffle(matching.Pairs.Select(pair => pair.Right).DistinctBy(o => o.Text).Concat(matching.Intruders), option => option.Key, exercise, seed)),
        FreeAnswer free => new FreeQuestion(free.MaximumLength),
        var other => throw new InvalidOperationException($"{other.GetType().Name} has no question."),
    };

    /// <summary>By a hash of each, so that the order follows from what there is, and tells nothing of the order in which it was written.</summary>
    static IReadOnlyList<T> Shuffle<T>(IEnumerable<T> items, Func<T, string> key, Exercise exercise, int seed) =>
        [.. items.OrderBy(item => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{exercise.Id}/{exercise.Version}/{seed}/{key(item)}"))), StringComparer.Ordinal)];
}

public sealed record Option(string Key, string Html);

public sealed record ChoiceQuestion(bool Several, bool Examination, IReadOnlyList<Option> Choices) : Question
{
    public override string View => "_Choices";
}

public sealed record ShortQuestion(string? Unit, bool Numeric) : Question
{
    public override string View => "_Short";
}

/// <param name="Parts">The text around the holes; between each two stands a hole.</param>
public sealed record GapsQuestion(string? Language, IReadOnlyList<string> Parts, IReadOnlyList<GapField> Fields) : Question
{
    public override string View => "_Gaps";

    public static GapsQuestion Of(Gaps gaps)
    {
        var parts = new List<string>();
        var fields = new List<GapField>();
        var done = 0;
        foreach (Match hole in Gaps.Hole.Matches(gaps.Text))
        {
            var number = int.Parse(hole.Groups["number"].Value, CultureInfo.InvariantCulture);
            parts.Add(gaps.Text[done..hole.Index]);
            var gap = gaps.Items[number - 1];
            var longest = gap.Accepted.Max(a => a.Text?.Length ?? 8);
            // In steps, so that the width does not tell the answer.
            fields.Add(new GapField(number, gap.Options, longest <= 6 ? 8 : longest <= 14 ? 16 : 28));
            done = hole.Index + hole.Length;
        }

        parts.Add(gaps.Text[done..]);
        return new GapsQuestion(gaps.Language, parts, fields);
    }
}

/// <param name="Number">From 1.</param>
/// <param name="Width">In characters.</param>
public sealed record GapField(int Number, IReadOnlyList<string> Options, int Width);

public sealed record ParsonsQuestion(string Language, bool Indented, IReadOnlyList<CodeLine> Lines, bool SomeTooMany) : Question
{
    public const int MaximumIndent = 5;

    public override string View => "_Parsons";
}

public sealed record CodeLine(string Key, string Text);

public sealed record MatchingQuestion(IReadOnlyList<Option> Left, IReadOnlyList<MatchingOption> Right) : Question
{
    public override string View => "_Matching";
}

public sealed record FreeQuestion(int MaximumLength) : Question
{
    public override string View => "_Free";
}
