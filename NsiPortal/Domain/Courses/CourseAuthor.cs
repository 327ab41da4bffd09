using NsiPortal.Domain.People;

namespace NsiPortal.Domain.Courses;

/// <summary>Somebody who may write a course.</summary>
public sealed class CourseAuthor
{
    CourseAuthor() { }

    internal CourseAuthor(Course course, int userId, DateTimeOffset now)
    {
        Course = course;
        UserId = userId;
        Since = now;
    }

    public int CourseId { get; private set; }
    public int UserId { get; private set; }
    public Course Course { get; private set; } = null!;
    public User User { get; private set; } = null!;
    public DateTimeOffset Since { get; private set; }
}
