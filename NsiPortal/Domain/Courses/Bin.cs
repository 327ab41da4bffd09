namespace NsiPortal.Domain.Courses;

/// <summary>Where deleted courses and chapters stay for a while, so that a mistake costs nothing.</summary>
public static class Bin
{
    public const int Days = 30;

    /// <summary>Until when what was deleted then comes back.</summary>
    public static DateTimeOffset EndsAt(DateTimeOffset deletedAt) => deletedAt.AddDays(Days);
}
