using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.People;

namespace NsiPortal.Data;

/// <summary>
/// Takes the lock of rows until the transaction under way ends, by an update that changes nothing. Who has locked them before is waited for; what is
/// read afterwards is what they left.
/// </summary>
public static class RowLock
{
    /// <returns>How many there are.</returns>
    public static Task<int> LockAsync(this IQueryable<Course> courses, CancellationToken cancellationToken) =>
        BulkGuard.DeclaredAsync(() => courses.ExecuteUpdateAsync(set => set.SetProperty(c => c.PublishAt, c => c.PublishAt), cancellationToken));

    /// <inheritdoc cref="LockAsync(IQueryable{Course}, CancellationToken)"/>
    public static Task<int> LockAsync(this IQueryable<Chapter> chapters, CancellationToken cancellationToken) =>
        BulkGuard.DeclaredAsync(() => chapters.ExecuteUpdateAsync(set => set.SetProperty(c => c.RendererVersion, c => c.RendererVersion), cancellationToken));

    /// <inheritdoc cref="LockAsync(IQueryable{Course}, CancellationToken)"/>
    public static Task<int> LockAsync(this IQueryable<SchoolClass> classes, CancellationToken cancellationToken) =>
        BulkGuard.DeclaredAsync(() => classes.ExecuteUpdateAsync(set => set.SetProperty(c => c.Capacity, c => c.Capacity), cancellationToken));

    /// <inheritdoc cref="LockAsync(IQueryable{Course}, CancellationToken)"/>
    public static Task<int> LockAsync(this IQueryable<User> users, CancellationToken cancellationToken) =>
        BulkGuard.DeclaredAsync(() => users.ExecuteUpdateAsync(set => set.SetProperty(u => u.FailedSignIns, u => u.FailedSignIns), cancellationToken));
}
