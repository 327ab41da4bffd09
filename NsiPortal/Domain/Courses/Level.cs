namespace NsiPortal.Domain.Courses;

/// <summary>The school year a course is written for.</summary>
public enum Level
{
    Snt = 1,
    Premiere = 2,
    Terminale = 3,
    Other = 4,
}

public static class Levels
{
    public static IReadOnlyList<Level> All { get; } = Enum.GetValues<Level>();

    /// <summary>The word that stands for the level in URLs and in front matter.</summary>
    public static string Slug(this Level level) => level switch
    {
        Level.Snt => "snt",
        Level.Premiere => "premiere",
        Level.Terminale => "terminale",
        Level.Other => "autre",
    };

    public static Level? FromSlug(string? slug) =>
        All.Cast<Level?>().FirstOrDefault(level => level!.Value.Slug() == slug);
}
