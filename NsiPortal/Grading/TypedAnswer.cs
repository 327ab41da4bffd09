using System.Globalization;
using System.Text.RegularExpressions;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>What a pupil has typed in one field, to be compared with what is accepted there.</summary>
sealed class TypedAnswer
{
    const int MaximumLength = 500;

    readonly string text;
    readonly string? language;

    /// <param name="language">That of the code it completes; null for prose.</param>
    /// <exception cref="UnusableAnswerException">It is too long.</exception>
    public TypedAnswer(string typed, string? language = null)
    {
        if (typed.Length > MaximumLength) throw new UnusableAnswerException($"La réponse dépasse {MaximumLength} caractères.");
        text = NormalizedText.Of(typed);
        this.language = language;
    }

    public bool IsBlank => text.Length == 0;

    public bool Is(Accepted accepted) => accepted switch
    {
        { Text: { } wanted } => string.Equals(Comparable(text), Comparable(wanted), CaseCounts(accepted) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase),
        { Number: { } wanted } => NumberOf(text) is { } number && IsNear(number, wanted, accepted.Tolerance),
        { Pattern: { } pattern } => AnswerPattern.Compile(pattern).IsMatch(text),
        _ => false,
    };

    string Comparable(string value) => language is null ? NormalizedText.Of(value) : NormalizedText.OfCode(value);

    /// <summary>Of the languages that are taught, SQL alone writes its words in any case.</summary>
    bool CaseCounts(Accepted accepted) => accepted.Exact || language is not (null or "sql");

    /// <summary>« 1 234,5 », « -.5 », « 6.02e23 »; null for anything else, infinities among it.</summary>
    internal static double? NumberOf(string text) =>
        Number.IsMatch(text)
        && double.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.').Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    static readonly Regex Number = new(
        @"\A[+\-−]?([0-9]{1,3}( [0-9]{3})+|[0-9]+)?([.,][0-9]*)?([eE][+\-−]?[0-9]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    // Decimals are rounded in binary: 1,1 is a little more than 0,1 away from 1, and both ends are within the tolerance.
    static bool IsNear(double number, double wanted, double tolerance) =>
        tolerance <= 0 ? number.Equals(wanted) : Math.Abs(number - wanted) <= tolerance + Unit(Math.Max(Math.Abs(number), Math.Abs(wanted)));

    // Downwards: above the greatest number is infinity, and everything is within that.
    static double Unit(double number) => number - Math.BitDecrement(number);
}
