namespace NsiPortal.Domain.Learning;

/// <summary>Experience gained, once for each user, source and kind; never changed.</summary>
public sealed class XpEvent
{
    XpEvent() { }

    public XpEvent(int userId, XpKind kind, int sourceId, int amount, DateTimeOffset at) =>
        (UserId, Kind, SourceId, Amount, At) = (userId, kind, sourceId, amount, at);

    public long Id { get; private set; }
    public int UserId { get; private set; }

    /// <summary>It tells the table of the source too.</summary>
    public XpKind Kind { get; private set; }

    public int SourceId { get; private set; }
    public int Amount { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>Stored as numbers: their order is for ever.</summary>
public enum XpKind
{
    /// <summary>An exercise, its points times <see cref="Xp.PerPoint"/>.</summary>
    ExerciseSolved,

    /// <summary>A chapter.</summary>
    ChapterCompleted,
}

public static class Xp
{
    public const int PerPoint = 10;
    public const int ForChapter = 50;
}
