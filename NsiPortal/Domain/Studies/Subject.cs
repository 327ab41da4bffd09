using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Studies;

/// <summary>A subject (matière) of a programme, and the portal's courses that lead to it.</summary>
public sealed class Subject : StudyItem
{
    readonly List<SubjectCourse> courses = [];

    Subject() { }

    internal Subject(StudyProgramme programme, SubjectFacts facts)
    {
        Programme = programme;
        Describe(facts);
    }

    public const int MaxSemester = 12;
    public const int MaxEcts = 60;

    public int ProgrammeId { get; private set; }
    public StudyProgramme Programme { get; private set; } = null!;
    public int Semester { get; private set; }
    public double Ects { get; private set; }
    public string Summary { get; private set; } = "";
    public IReadOnlyList<SubjectCourse> Courses => courses;

    public void Describe(SubjectFacts facts)
    {
        Take(facts);
        (Semester, Ects, Summary) = (facts.Semester!.Value, facts.Ects!.Value, facts.Summary);
    }

    /// <summary>Names all the courses that lead here.</summary>
    /// <returns>Whether that changes anything.</returns>
    public bool LeadFrom(IReadOnlyCollection<Course> leading)
    {
        var wanted = leading.Select(course => course.Id).ToHashSet();
        var changes = courses.RemoveAll(link => !wanted.Contains(link.CourseId));
        foreach (var course in leading.Where(course => !courses.Exists(link => link.CourseId == course.Id)).ToList())
        {
            courses.Add(new SubjectCourse(this, course));
            changes++;
        }

        return changes > 0;
    }

    /// <inheritdoc cref="University.Absorb"/>
    public void Absorb(Subject lost, Merger merger)
    {
        LeadFrom([.. courses.Concat(lost.courses).Select(link => link.Course).Distinct()]);
        lost.Programme.Forget(lost);
        merger.Lost(lost, this);
    }

    internal void MoveTo(StudyProgramme programme) => (Programme, ProgrammeId) = (programme, programme.Id);
}

/// <summary>A course of the portal that prepares for a subject.</summary>
public sealed class SubjectCourse
{
    SubjectCourse() { }

    internal SubjectCourse(Subject subject, Course course) => (Subject, Course, CourseId) = (subject, course, course.Id);

    public int SubjectId { get; private set; }
    public Subject Subject { get; private set; } = null!;
    public int CourseId { get; private set; }
    public Course Course { get; private set; } = null!;
}
