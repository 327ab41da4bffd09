using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

static class Verdicts
{
    public static readonly Verdict Blank = new(Outcome.Wrong, 0, []);

    public static Verdict Of(bool right, int points, IReadOnlyList<FieldFeedback> fields) => right ? new(Outcome.Right, points, fields) : new(Outcome.Wrong, 0, fields);

    /// <summary>As many of the points as there are right parts.</summary>
    public static Verdict Of(int right, int parts, int points, IReadOnlyList<FieldFeedback> fields) =>
        right > 0 && right < parts ? new(Outcome.Partial, Share(points, right, parts), fields) : Of(right == parts, points, fields);

    public static double Share(int points, int right, int parts) => Math.Round((double)points * right / parts, 2);
}
