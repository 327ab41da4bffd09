using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Learning;

/// <summary>Until when a class is to have done the exercises of a chapter.</summary>
public sealed class DueDate
{
    DueDate() { }

    public DueDate(int classId, int chapterId, DateTimeOffset? from, DateTimeOffset due)
    {
        (ClassId, ChapterId) = (classId, chapterId);
        Set(from, due);
    }

    public int ClassId { get; private set; }
    public int ChapterId { get; private set; }
    public Chapter Chapter { get; private set; } = null!;

    /// <summary>When it is to be begun (UTC); null for at once.</summary>
    public DateTimeOffset? StartsAt { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Whether the two can stand together: the end comes after the beginning.</summary>
    public static bool IsOrder(DateTimeOffset? from, DateTimeOffset due) => from is null || from < due;

    public void Set(DateTimeOffset? from, DateTimeOffset due)
    {
        if (!IsOrder(from, due)) throw new ArgumentException("Work is due after its beginning.", nameof(due));
        (StartsAt, DueAt) = (from, due);
    }
}
