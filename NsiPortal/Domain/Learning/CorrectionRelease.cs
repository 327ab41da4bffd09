namespace NsiPortal.Domain.Learning;

/// <summary>The teacher of a class shows its pupils the correction of an exercise.</summary>
public sealed class CorrectionRelease
{
    CorrectionRelease() { }

    public CorrectionRelease(int classId, int exerciseId, DateTimeOffset at) => (ClassId, ExerciseId, At) = (classId, exerciseId, at);

    public int ClassId { get; private set; }
    public int ExerciseId { get; private set; }

    /// <summary>Not before (UTC).</summary>
    public DateTimeOffset At { get; private set; }

    public void MoveTo(DateTimeOffset at) => At = at;
}
