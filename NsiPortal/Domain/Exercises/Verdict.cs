namespace NsiPortal.Domain.Exercises;

/// <summary>Stored as numbers: their order is for ever.</summary>
public enum Outcome
{
    Wrong,
    Partial,
    Right,

    /// <summary>For the teacher.</summary>
    Waiting,
}

/// <param name="Score">Of the exercise's points; below zero where a wrong answer costs.</param>
/// <param name="Fields">What is said of parts of the answer, for pupils to read.</param>
public sealed record Verdict(Outcome Outcome, double Score, IReadOnlyList<FieldFeedback> Fields);

/// <param name="Field">The field of the answer, or <c>field:value</c> for one of a field's values.</param>
/// <param name="Right">Null when it says nothing about being right.</param>
/// <param name="Html">Safe; null when there is nothing to say.</param>
public sealed record FieldFeedback(string Field, bool? Right, string? Html);

/// <summary>The answer is none to this exercise: a choice, a line or a field that it does not have, or one that is too long. It is not graded.</summary>
public sealed class UnusableAnswerException(string reason) : Exception(reason);
