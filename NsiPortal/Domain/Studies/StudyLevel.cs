using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Studies;

/// <summary>The diploma that a programme leads to. Stored as numbers, and sorted by them: their order is for ever.</summary>
public enum StudyLevel
{
    Bts = 1,
    Cpge = 2,
    But = 3,
    Licence = 4,
    Pro = 5,
    Master = 6,
    Engineer = 7,
    Doctorate = 8,
    Other = 9,
}

public static class StudyLevels
{
    public static IReadOnlyList<StudyLevel> All { get; } = Enum.GetValues<StudyLevel>();

    /// <summary>The word that stands for the level in addresses and files.</summary>
    public static string Slug(this StudyLevel level) => level switch
    {
        StudyLevel.Bts => "bts",
        StudyLevel.Cpge => "cpge",
        StudyLevel.But => "but",
        StudyLevel.Licence => "licence",
        StudyLevel.Pro => "licence-pro",
        StudyLevel.Master => "master",
        StudyLevel.Engineer => "ingenieur",
        StudyLevel.Doctorate => "doctorat",
        StudyLevel.Other => "autre",
    };

    /// <summary>However it is typed: « Ingénieur » is <c>ingenieur</c>.</summary>
    public static StudyLevel? FromWord(string? word) =>
        word is null || Courses.Slug.From(word) is not { Length: > 0 } slug ? null : All.Cast<StudyLevel?>().FirstOrDefault(level => level!.Value.Slug() == slug);
}
