namespace NsiPortal.Domain.Studies;

/// <summary>A programme of studies (filière) that leads to a diploma.</summary>
public sealed class StudyProgramme : StudyItem
{
    readonly List<Subject> subjects = [];

    StudyProgramme() { }

    internal StudyProgramme(Faculty faculty, ProgrammeFacts facts, string slug)
    {
        Faculty = faculty;
        University = faculty.University;
        Slug = slug;
        Describe(facts);
    }

    public int FacultyId { get; private set; }
    public Faculty Faculty { get; private set; } = null!;

    /// <summary>That of its faculty: its address is unique there.</summary>
    public int UniversityId { get; private set; }

    public University University { get; private set; } = null!;

    /// <summary>Its address below that of the university; a name that changes leaves it alone.</summary>
    public string Slug { get; private set; } = "";

    public StudyLevel Level { get; private set; }
    public string Summary { get; private set; } = "";

    /// <summary>Its address on the web; empty when none is told.</summary>
    public string Site { get; private set; } = "";

    /// <summary>Made up as an example; pages say so.</summary>
    public bool Illustrative { get; private set; }

    public IReadOnlyList<Subject> Subjects => subjects;

    public void Describe(ProgrammeFacts facts)
    {
        Take(facts, facts.Level?.Slug());
        (Level, Summary, Site, Illustrative) = (facts.Level!.Value, facts.Summary, facts.Site, facts.Illustrative);
    }

    public Subject Add(SubjectFacts facts)
    {
        var subject = new Subject(this, facts);
        subjects.Add(subject);
        return subject;
    }

    /// <inheritdoc cref="University.Absorb"/>
    public void Absorb(StudyProgramme lost, Merger merger)
    {
        merger.Leave(lost, this);
        foreach (var subject in lost.subjects.ToList())
        {
            if (subjects.Find(s => s.Code == subject.Code) is { } twin)
            {
                twin.Absorb(subject, merger);
            }
            else
            {
                lost.subjects.Remove(subject);
                subjects.Add(subject);
                subject.MoveTo(this);
                merger.Moved(subject);
            }
        }

        lost.Faculty.Forget(lost);
        merger.Lost(lost, this);
    }

    internal void MoveTo(Faculty faculty, string slug, University university) =>
        (Faculty, FacultyId, Slug, University, UniversityId) = (faculty, faculty.Id, slug, university, university.Id);

    internal void Forget(Subject subject) => subjects.Remove(subject);
}
