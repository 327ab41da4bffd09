using System.Globalization;
using NsiPortal.Domain.Studies;

namespace NsiPortal.Features.Admin.Studies;

/// <summary>What is typed of an item; each kind uses what it has.</summary>
public sealed class StudyForm
{
    public string? Code { get; set; }
    public string? Nom { get; set; }
    public string? Ville { get; set; }
    public string? Site { get; set; }
    public string? Resume { get; set; }
    public string? Niveau { get; set; }
    public bool Exemple { get; set; }
    public string? Semestre { get; set; }
    public string? Ects { get; set; }

    /// <summary>Ids of the courses that lead to a subject.</summary>
    public int[] Cours { get; set; } = [];

    /// <summary>The item that a new one is below.</summary>
    public int? Parent { get; set; }

    /// <summary>That of the item when the form was shown.</summary>
    public int Version { get; set; }

    public static StudyForm Of(StudyItem item)
    {
        var form = new StudyForm { Code = item.Code, Nom = item.Name, Version = item.Version };
        if (item is University university) (form.Ville, form.Site) = (university.Town, university.Site);
        if (item is StudyProgramme programme) (form.Niveau, form.Resume, form.Site, form.Exemple) = (programme.Level.Slug(), programme.Summary, programme.Site, programme.Illustrative);
        if (item is Subject subject)
        {
            (form.Semestre, form.Ects, form.Resume) = (subject.Semester.ToString(CultureInfo.InvariantCulture), subject.Ects.ToString(CultureInfo.InvariantCulture).Replace('.', ','), subject.Summary);
            form.Cours = [.. subject.Courses.Select(link => link.CourseId)];
        }

        return form;
    }

    public StudyFacts Facts(StudyKind kind) => kind switch
    {
        StudyKind.University => new UniversityFacts(Code, Nom, Ville, Site),
        StudyKind.Faculty => new FacultyFacts(Code, Nom),
        StudyKind.Programme => new ProgrammeFacts(Code, Nom, StudyLevels.FromWord(Niveau), Resume, Site, Exemple),
        StudyKind.Subject => new SubjectFacts(Code, Nom,
            int.TryParse(Semestre?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var semester) ? semester : null,
            double.TryParse(Ects?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ects) ? ects : null, Resume),
    };

    /// <summary>The field of the form that a field of the facts was typed into.</summary>
    public static string FieldOf(string fact) => fact switch
    {
        nameof(StudyFacts.Name) => nameof(Nom),
        nameof(UniversityFacts.Town) => nameof(Ville),
        nameof(ProgrammeFacts.Summary) => nameof(Resume),
        nameof(ProgrammeFacts.Level) => nameof(Niveau),
        nameof(SubjectFacts.Semester) => nameof(Semestre),
        _ => fact,
    };
}
