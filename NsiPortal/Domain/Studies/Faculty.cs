namespace NsiPortal.Domain.Studies;

/// <summary>A faculty or institute of a university (UFR, IUT).</summary>
public sealed class Faculty : StudyItem
{
    readonly List<StudyProgramme> programmes = [];

    Faculty() { }

    internal Faculty(University university, FacultyFacts facts)
    {
        University = university;
        Describe(facts);
    }

    public int UniversityId { get; private set; }
    public University University { get; private set; } = null!;
    public IReadOnlyList<StudyProgramme> Programmes => programmes;

    public void Describe(FacultyFacts facts) => Take(facts);

    public StudyProgramme Add(ProgrammeFacts facts)
    {
        var programme = new StudyProgramme(this, facts, University.FreeSlug(facts.Name));
        programmes.Add(programme);
        return programme;
    }

    /// <inheritdoc cref="University.Absorb"/>
    public void Absorb(Faculty lost, Merger merger)
    {
        foreach (var programme in lost.programmes.ToList())
        {
            if (programmes.Find(p => p.Code == programme.Code) is { } twin)
            {
                twin.Absorb(programme, merger);
            }
            else
            {
                lost.programmes.Remove(programme);
                programmes.Add(programme);
                programme.MoveTo(this, University.FreeSlug(programme.Slug, except: programme), University);
                merger.Moved(programme);
            }
        }

        lost.University.Forget(lost);
        merger.Lost(lost, this);
    }

    internal void MoveTo(University university) => (University, UniversityId) = (university, university.Id);

    internal void Forget(StudyProgramme programme) => programmes.Remove(programme);
}
