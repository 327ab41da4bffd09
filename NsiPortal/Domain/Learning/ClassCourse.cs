using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Learning;

/// <summary>A course that a class follows.</summary>
public sealed class ClassCourse
{
    ClassCourse() { }

    public ClassCourse(int classId, int courseId) => (ClassId, CourseId) = (classId, courseId);

    public int ClassId { get; private set; }
    public int CourseId { get; private set; }
    public Course Course { get; private set; } = null!;
}
