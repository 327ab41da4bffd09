namespace NsiPortal.Domain.Learning;

/// <summary>What a pupil did on a day in Paris, counted.</summary>
public sealed class DailyActivity
{
    DailyActivity() { }

    public int UserId { get; private set; }
    public DateOnly Day { get; private set; }
    public int Tries { get; private set; }
    public int Solved { get; private set; }
    public int Xp { get; private set; }
}
