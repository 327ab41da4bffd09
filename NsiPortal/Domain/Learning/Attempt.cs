using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Learning;

/// <summary>An answer that was submitted, and what was thought of it. It is never changed, but by the teacher who marks it.</summary>
public sealed class Attempt
{
    public const int MaxCommentLength = 2000;

    Attempt() { }

    /// <param name="userId">Who answered.</param>
    /// <param name="exercise">What was asked.</param>
    /// <param name="key">Names this submission: the same one sent again counts once.</param>
    /// <param name="number">The how-manieth of this pupil for this exercise, from 1; below zero when it was graded again.</param>
    /// <param name="answer">What was entered.</param>
    /// <param name="verdict">What was thought of it.</param>
    /// <param name="at">When it arrived.</param>
    public Attempt(int userId, Exercise exercise, Guid key, int number, Answer answer, Verdict verdict, DateTimeOffset at)
    {
        (UserId, ExerciseId, Version, Points, Key, Number, At) = (userId, exercise.Id, exercise.Version, exercise.Points, key, number, at);
        Answer = answer.ToJson();
        Judge(verdict);
    }

    public long Id { get; private set; }

    /// <summary>Null when the account was deleted.</summary>
    public int? UserId { get; private set; }

    public int ExerciseId { get; private set; }
    public Exercise Exercise { get; private set; } = null!;
    public int Version { get; private set; }

    /// <summary>What the exercise was worth in that version.</summary>
    public int Points { get; private set; }

    public Guid Key { get; private set; }
    public int Number { get; private set; }

    /// <summary>JSON; see <see cref="Exercises.Answer"/>.</summary>
    public string Answer { get; private set; } = "";

    public Outcome Outcome { get; private set; }
    public double Score { get; private set; }
    public IReadOnlyList<FieldFeedback> Feedback { get; private set; } = [];
    public DateTimeOffset At { get; private set; }

    /// <summary>The same answer was graded before, by a former version of the exercise.</summary>
    public bool Regraded { get; private set; }

    /// <summary>What the teacher wrote; plain text.</summary>
    public string? Comment { get; private set; }

    public int? MarkedById { get; private set; }

    /// <summary>
    /// The same answer under the exercise's present version; the former verdict stays where it is. It is no try of the pupil's, and there is one for
    /// each version.
    /// </summary>
    public Attempt Again(Exercise exercise, Verdict verdict, DateTimeOffset at) =>
        new(UserId!.Value, exercise, Guid.NewGuid(), -exercise.Version, Exercises.Answer.FromJson(Answer), verdict, at) { Regraded = true };

    /// <summary>A teacher's verdict on a free answer.</summary>
    /// <param name="score">From 0 to its points.</param>
    /// <param name="comment">For the pupil.</param>
    /// <param name="teacherId">Who marks.</param>
    public void Mark(double score, string? comment, int teacherId)
    {
        if (!(score >= 0 && score <= Points)) throw new ArgumentOutOfRangeException(nameof(score), "A mark is from 0 to the points of the exercise.");
        if (comment?.Length > MaxCommentLength) throw new ArgumentException("The comment is too long.", nameof(comment));
        Judge(new Verdict(score >= Points ? Outcome.Right : score > 0 ? Outcome.Partial : Outcome.Wrong, score, Feedback));
        Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        MarkedById = teacherId;
    }

    void Judge(Verdict verdict) => (Outcome, Score, Feedback) = (verdict.Outcome, verdict.Score, verdict.Fields);
}
