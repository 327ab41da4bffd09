using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace NsiPortal.Domain.Exercises;

/// <summary>What is asked, and what is right. It holds the answers: no view may show more of it than its reader may know.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MultipleChoice), "multiple-choice")]
[JsonDerivedType(typeof(ShortAnswer), "short-answer")]
[JsonDerivedType(typeof(Gaps), "gaps")]
[JsonDerivedType(typeof(Parsons), "parsons")]
[JsonDerivedType(typeof(Matching), "matching")]
[JsonDerivedType(typeof(FreeAnswer), "free-answer")]
public abstract record ExerciseContent
{
    [JsonIgnore]
    public abstract ExerciseKind Kind { get; }

    public required RichText Statement { get; init; }

    /// <summary>From the vaguest to the most helpful; each is shown when it is asked for.</summary>
    public IReadOnlyList<RichText> Hints { get; init; } = [];

    /// <summary>Shown when the tries are used up, or when the teacher of a class releases it there.</summary>
    public RichText? Correction { get; init; }

    /// <summary>Nothing is answered: it costs no try.</summary>
    public virtual bool IsBlank(Answer answer) => answer.IsEmpty;
}

/// <summary>One choice among several, or all that are right. Its answer has the field <c>choix</c>, once for each choice.</summary>
/// <param name="Several">More than one may be right and chosen.</param>
/// <param name="Shuffled">Each pupil sees them in an order of his own.</param>
public sealed record MultipleChoice(IReadOnlyList<Choice> Choices, bool Several, bool Shuffled, ChoiceScoring Scoring) : ExerciseContent
{
    public const string Field = "choix";

    public override ExerciseKind Kind => ExerciseKind.MultipleChoice;
}

/// <param name="Key">Tells neither its place nor whether it is right.</param>
/// <param name="Feedback">Shown to whoever chose it.</param>
public sealed record Choice(string Key, RichText Text, bool Right, RichText? Feedback);

public enum ChoiceScoring
{
    /// <summary>All the points for exactly the right choices, else none.</summary>
    AllOrNothing,

    /// <summary>Each right choice brings its share, each wrong one costs as much; never below zero.</summary>
    Partial,

    /// <summary>As in the examination of Première: all the points when right, minus a third of them when wrong, nothing when left blank (+3, −1, 0).</summary>
    Examination,
}

/// <summary>A word, a number, a short expression. Its answer has the field <c>texte</c>.</summary>
/// <param name="Accepted">Any of them is right.</param>
/// <param name="Foreseen">Wrong answers that deserve a word of their own.</param>
/// <param name="Unit">Shown behind the field; null for none.</param>
public sealed record ShortAnswer(IReadOnlyList<Accepted> Accepted, IReadOnlyList<Foreseen> Foreseen, string? Unit) : ExerciseContent
{
    public const string Field = "texte";

    public override ExerciseKind Kind => ExerciseKind.ShortAnswer;
}

/// <summary>What is taken for right: exactly one of a text, a number and a pattern.</summary>
/// <param name="Text">Compared without regard to case, to the width of blanks, to typographic quotes, and to blanks at both ends.</param>
/// <param name="Exact">The text is compared with its case.</param>
/// <param name="Number">With a decimal comma or point.</param>
/// <param name="Tolerance">How far from the number, both ends included.</param>
/// <param name="Pattern">A regular expression that the whole answer matches.</param>
public sealed record Accepted(string? Text = null, bool Exact = false, double? Number = null, double Tolerance = 0, string? Pattern = null);

public sealed record Foreseen(Accepted Answer, RichText Feedback);

/// <summary>A text with holes <c>[[1]]</c>, <c>[[2]]</c>… Its answer has the fields <c>trou-1</c>, <c>trou-2</c>…</summary>
/// <param name="Text">Plain text; code when there is a language.</param>
/// <param name="Language">Null for prose.</param>
public sealed record Gaps(string Text, string? Language, IReadOnlyList<Gap> Items) : ExerciseContent
{
    public override ExerciseKind Kind => ExerciseKind.Gaps;

    /// <param name="number">From 1.</param>
    public static string FieldOf(int number) => $"trou-{number}";

    /// <summary>Where the holes are: brackets of code, which stand around them or apart, are not theirs.</summary>
    public static Regex Hole { get; } = new(@"\[\[(?<number>[0-9]+)\]\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
}

/// <param name="Options">What may be chosen; empty when it is typed.</param>
/// <param name="Feedback">Shown when it is filled wrongly.</param>
public sealed record Gap(IReadOnlyList<Accepted> Accepted, IReadOnlyList<string> Options, RichText? Feedback);

/// <summary>
/// Lines to put in order, and to indent. Its answer has, for each line, <c>ordre-KEY</c> (from 1; empty for a line that is left out) and, when
/// indentation counts, <c>retrait-KEY</c> (from 0).
/// </summary>
/// <param name="Lines">In the right order.</param>
/// <param name="Distractors">Lines that belong nowhere.</param>
/// <param name="Indented">Whether indentation counts.</param>
public sealed record Parsons(string Language, bool Indented, IReadOnlyList<ParsonsLine> Lines, IReadOnlyList<ParsonsLine> Distractors) : ExerciseContent
{
    public override ExerciseKind Kind => ExerciseKind.Parsons;

    // Where no line has a place, what is said of their indents says nothing.
    public override bool IsBlank(Answer answer) =>
        answer.Fields.All(field => field.Key.StartsWith(IndentOf(""), StringComparison.Ordinal) || field.Value.All(string.IsNullOrWhiteSpace));

    public static string OrderOf(string key) => $"ordre-{key}";

    public static string IndentOf(string key) => $"retrait-{key}";
}

/// <param name="Key">Tells nothing of its place. Lines of the same text stand for each other.</param>
/// <param name="Text">Without its indentation.</param>
/// <param name="Indent">How many levels.</param>
/// <param name="Feedback">Of a distractor: why it belongs nowhere.</param>
public sealed record ParsonsLine(string Key, string Text, int Indent, RichText? Feedback = null);

/// <summary>Each thing on the left goes with one on the right. Its answer has, for each pair, <c>paire-KEY</c> with the key of what was chosen.</summary>
/// <param name="Intruders">Things on the right that go with nothing.</param>
public sealed record Matching(IReadOnlyList<MatchingPair> Pairs, IReadOnlyList<MatchingOption> Intruders) : ExerciseContent
{
    public override ExerciseKind Kind => ExerciseKind.Matching;

    public static string FieldOf(string key) => $"paire-{key}";
}

/// <param name="Key">Of the left side.</param>
public sealed record MatchingPair(string Key, RichText Left, MatchingOption Right, RichText? Feedback);

/// <param name="Key">Tells nothing of what it goes with.</param>
/// <param name="Text">Plain, because it stands in a list to choose from.</param>
public sealed record MatchingOption(string Key, string Text);

/// <summary>A text that the teacher marks. Its answer has the field <c>texte</c>.</summary>
/// <param name="MaximumLength">In characters.</param>
/// <param name="Criteria">For whoever marks; never shown to pupils.</param>
public sealed record FreeAnswer(int MaximumLength, RichText? Criteria) : ExerciseContent
{
    public const string Field = "texte";

    public override ExerciseKind Kind => ExerciseKind.FreeAnswer;
}
