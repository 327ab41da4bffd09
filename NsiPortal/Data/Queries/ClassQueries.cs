using NsiPortal.Domain.People;

namespace NsiPortal.Data.Queries;

public static class ClassQueries
{
    /// <summary>Those of which somebody is the owner or a colleague who teaches them too.</summary>
    public static IQueryable<SchoolClass> TaughtBy(this IQueryable<SchoolClass> classes, int userId) =>
        classes.Where(c => c.TeacherId == userId || c.Teachers.Any(t => t.UserId == userId));
}
