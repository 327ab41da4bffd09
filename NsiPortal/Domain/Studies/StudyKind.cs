namespace NsiPortal.Domain.Studies;

/// <summary>The kinds of the catalogue, each below the one before.</summary>
public enum StudyKind
{
    University,
    Faculty,
    Programme,
    Subject,
}

public static class StudyKinds
{
    public static IReadOnlyList<StudyKind> All { get; } = Enum.GetValues<StudyKind>();

    /// <summary>The word that stands for the kind in addresses.</summary>
    public static string Slug(this StudyKind kind) => kind switch
    {
        StudyKind.University => "universites",
        StudyKind.Faculty => "composantes",
        StudyKind.Programme => "filieres",
        StudyKind.Subject => "matieres",
    };

    public static StudyKind? FromSlug(string? slug) => All.Cast<StudyKind?>().FirstOrDefault(kind => kind!.Value.Slug() == slug);

    public static StudyKind Of(StudyItem item) => item switch
    {
        University => StudyKind.University,
        Faculty => StudyKind.Faculty,
        StudyProgramme => StudyKind.Programme,
        Subject => StudyKind.Subject,
        _ => throw new ArgumentException("Not of the catalogue.", nameof(item)),
    };
}
