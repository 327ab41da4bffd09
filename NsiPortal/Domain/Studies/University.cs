using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Studies;

/// <summary>A university and what it teaches: faculties (UFR), their programmes (filières), their subjects (matières).</summary>
public sealed class University : StudyItem
{
    readonly List<Faculty> faculties = [];

    University() { }

    public University(UniversityFacts facts, string slug)
    {
        Describe(facts);
        Slug = Guard.Slug(slug);
    }

    public const int MaxTownLength = 80;

    /// <summary>Its address, for ever: a name that changes leaves it alone.</summary>
    public string Slug { get; private set; } = "";

    public string Town { get; private set; } = "";

    /// <summary>Its address on the web; empty when none is told.</summary>
    public string Site { get; private set; } = "";

    public IReadOnlyList<Faculty> Faculties => faculties;

    /// <summary>Of its name, for a badge where others have a logo.</summary>
    public static string InitialsOf(string name)
    {
        var initials = string.Concat(name.Split([' ', '-', '’', '\''], StringSplitOptions.RemoveEmptyEntries).Where(word => char.IsUpper(word[0])).Select(word => word[0]).Take(3));
        return initials.Length > 0 ? initials : name[..1];
    }

    public void Describe(UniversityFacts facts)
    {
        Take(facts, facts.Town);
        (Town, Site) = (facts.Town, facts.Site);
    }

    public Faculty Add(FacultyFacts facts)
    {
        var faculty = new Faculty(this, facts);
        faculties.Add(faculty);
        return faculty;
    }

    /// <summary>A slug of the address of a programme that none of its programmes has; those that are loaded count.</summary>
    internal string FreeSlug(string name, StudyProgramme? except = null) => Slugs.Free(name, faculties.SelectMany(f => f.Programmes).Where(p => p != except).Select(p => p.Slug));

    /// <summary>
    /// Takes all that another one has, which is then empty and can be deleted. Faculties of the same code become one, and so on down to the subjects; what
    /// this one says of itself stays. Both must be loaded with all that is below them.
    /// </summary>
    public void Absorb(University lost, Merger merger)
    {
        merger.Leave(lost, this);
        foreach (var faculty in lost.faculties.ToList())
        {
            // While the address that they had is still known.
            foreach (var programme in faculty.Programmes) merger.Leave(lost, programme);
            if (faculties.Find(f => f.Code == faculty.Code) is { } twin)
            {
                twin.Absorb(faculty, merger);
            }
            else
            {
                lost.faculties.Remove(faculty);
                faculties.Add(faculty);
                faculty.MoveTo(this);
                foreach (var programme in faculty.Programmes) programme.MoveTo(faculty, FreeSlug(programme.Slug, except: programme), this);
                merger.Moved(faculty);
            }
        }

        merger.Lost(lost, this);
    }

    internal void Forget(Faculty faculty) => faculties.Remove(faculty);
}
