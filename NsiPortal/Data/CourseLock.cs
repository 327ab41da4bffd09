using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data;

static class CourseLock
{
    /// <summary>
    /// Takes the lock of the rows until the transaction under way ends, by an update that changes nothing. Who has locked them before is waited for;
    /// what is read afterwards is what they left.
    /// </summary>
    /// <returns>How many there are.</returns>
    public static Task<int> LockAsync(this IQueryable<Course> courses, CancellationToken cancellationToken) =>
        BulkGuard.DeclaredAsync(() => courses.ExecuteUpdateAsync(set => set.SetProperty(c => c.PublishAt, c => c.PublishAt), cancellationToken));
}
