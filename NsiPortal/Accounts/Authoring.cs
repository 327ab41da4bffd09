using System.Security.Claims;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>
/// Who may write what: a teacher their own courses, an administrator all. Whatever an author reads or changes begins with one of these queries, so that
/// what is not theirs does not exist for them. What is in the bin is found only where it is asked for.
/// </summary>
public sealed class Authoring(PortalDbContext db)
{
    /// <summary>Who may be an author, or have a class, at all.</summary>
    public const string Roles = $"{nameof(Role.Teacher)},{nameof(Role.Administrator)}";

    public IQueryable<Course> CoursesOf(ClaimsPrincipal user) => AllCoursesOf(user).Where(c => c.DeletedAt == null);

    public IQueryable<Chapter> ChaptersOf(ClaimsPrincipal user) => AllChaptersOf(user).Where(c => c.DeletedAt == null && c.Course.DeletedAt == null);

    public IQueryable<Course> BinnedCoursesOf(ClaimsPrincipal user) => AllCoursesOf(user).Where(c => c.DeletedAt != null);

    /// <summary>Not those of a course that is in the bin itself, with which they come back.</summary>
    public IQueryable<Chapter> BinnedChaptersOf(ClaimsPrincipal user) => AllChaptersOf(user).Where(c => c.DeletedAt != null && c.Course.DeletedAt == null);

    IQueryable<Course> AllCoursesOf(ClaimsPrincipal user)
    {
        if (user.IsInRole(nameof(Role.Administrator))) return db.Courses;
        var id = user.UserId;
        return db.Courses.Where(c => c.Authors.Any(author => author.UserId == id));
    }

    IQueryable<Chapter> AllChaptersOf(ClaimsPrincipal user)
    {
        if (user.IsInRole(nameof(Role.Administrator))) return db.Chapters;
        var id = user.UserId;
        return db.Chapters.Where(c => c.Course.Authors.Any(author => author.UserId == id));
    }
}
