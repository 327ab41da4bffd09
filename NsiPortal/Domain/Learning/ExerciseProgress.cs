using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Learning;

/// <summary>How far a pupil is with an exercise: what attempts come to.</summary>
public sealed class ExerciseProgress
{
    ExerciseProgress() { }

    public ExerciseProgress(int userId, int exerciseId) => (UserId, ExerciseId) = (userId, exerciseId);

    public int UserId { get; private set; }
    public int ExerciseId { get; private set; }
    public Exercise Exercise { get; private set; } = null!;
    public int Tries { get; private set; }

    /// <summary>How many up to and with the first that was right; 0 when there is none.</summary>
    public int TriesToSolve { get; private set; }

    public double BestScore { get; private set; }
    public Outcome? LastOutcome { get; private set; }
    public DateTimeOffset? FirstAt { get; private set; }
    public DateTimeOffset? SolvedAt { get; private set; }
    public DateTimeOffset? LastAt { get; private set; }
    public DateTimeOffset? LastRightAt { get; private set; }
    public int HintsSeen { get; private set; }

    /// <summary>The exercise was corrected and the last answer graded again; the pupil has not seen it yet.</summary>
    public bool RegradeUnseen { get; private set; }

    /// <summary>Counts changes, so that of two at once one is made again.</summary>
    public int Revision { get; private set; }

    public bool IsSolved => SolvedAt is not null;

    /// <summary>What is kept of it for its pupil's pages.</summary>
    public ExerciseState ToState() => new(ExerciseId, Tries, TriesToSolve, LastOutcome, FirstAt, SolvedAt, LastAt, LastRightAt, HintsSeen);

    /// <summary>Whether another answer is taken.</summary>
    public bool IsOpen(Exercise exercise) => exercise.MaximumTries is not { } most || (Tries < most && !IsSolved);

    /// <returns>Whether it is solved by this, for the first time.</returns>
    public bool Add(Attempt attempt)
    {
        if (!attempt.Regraded)
        {
            Tries = attempt.Number;
            FirstAt ??= attempt.At;
            LastAt = attempt.At;
        }

        RegradeUnseen = attempt.Regraded;
        return Judge(attempt);
    }

    /// <summary>The teacher has marked the last attempt.</summary>
    /// <returns>Whether it is solved by this, for the first time.</returns>
    public bool Judge(Attempt attempt)
    {
        Revision++;
        LastOutcome = attempt.Outcome;
        BestScore = Math.Max(BestScore, attempt.Score);
        if (attempt.Outcome != Outcome.Right) return false;
        LastRightAt = attempt.At;
        if (IsSolved) return false;
        SolvedAt = attempt.At;
        TriesToSolve = Tries;
        return true;
    }

    /// <summary>A teacher has marked an attempt, perhaps not the last one, and perhaps not for the first time. What was solved once stays so.</summary>
    /// <param name="attempt">With its mark.</param>
    /// <param name="best">Of all attempts, this one included: a mark that is lowered lowers it.</param>
    /// <returns>Whether it is solved by this, for the first time.</returns>
    public bool Mark(Attempt attempt, double best)
    {
        var last = LastOutcome;
        var solved = Judge(attempt);
        BestScore = best;
        if (attempt.Number != Tries) LastOutcome = last;
        return solved;
    }

    public void SeeHint(int count)
    {
        if (count <= HintsSeen) return;
        HintsSeen = count;
        Revision++;
    }

    public void SeeRegrade()
    {
        RegradeUnseen = false;
        Revision++;
    }
}
