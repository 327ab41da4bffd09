namespace NsiPortal.Domain.Studies;

/// <summary>An address below <c>/etudes/</c> whose owner was merged into another: it leads to the one that was kept.</summary>
public sealed class FormerAddress
{
    FormerAddress() { }

    public const int MaxLength = 2 * Courses.Slug.MaxLength + 1;

    public int Id { get; private set; }

    /// <summary>The slug of a university, or that and a programme's; unique.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Null when it leads to a programme.</summary>
    public int? UniversityId { get; private set; }
    public University? University { get; private set; }

    /// <summary>Null when it leads to a university.</summary>
    public int? ProgrammeId { get; private set; }
    public StudyProgramme? Programme { get; private set; }

    internal static FormerAddress Of(string path, University university) => new() { Path = path, University = university };

    internal static FormerAddress Of(string path, StudyProgramme programme) => new() { Path = path, Programme = programme };

    public void LeadTo(University university) => (University, UniversityId) = (university, university.Id);

    public void LeadTo(StudyProgramme programme) => (Programme, ProgrammeId) = (programme, programme.Id);
}
