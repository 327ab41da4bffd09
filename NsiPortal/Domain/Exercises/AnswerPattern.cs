using System.Text.RegularExpressions;

namespace NsiPortal.Domain.Exercises;

/// <summary>The pattern of an <see cref="Accepted"/> answer: whoever reads sheets refuses a bad one, whoever grades uses it.</summary>
public static class AnswerPattern
{
    public const int MaximumLength = 500;

    // Time in proportion to the answer, whatever the pattern: teachers write them, and pupils choose what they meet.
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Matches whole answers only.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs to go back, as references to groups and looks around do, or it is too large.</exception>
    public static Regex Compile(string pattern)
    {
        // On its own first: « a)|(b » would be well formed between our parentheses, and anchored at one end only.
        _ = new Regex(pattern, Options);
        return new Regex($@"\A(?:{pattern})\z", Options);
    }
}
