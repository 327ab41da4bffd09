using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Data;

public static class ShownStandings
{
    /// <summary>
    /// Brings the copies of who is shown to what the user says; in the transaction that has saved the user, whose row a submission takes first too. Weeks
    /// that are over, which nobody is shown, stay as they were: they tell how many leagues there are.
    /// </summary>
    public static Task<int> ShowAsync(this PortalDbContext db, int userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var week = Period.WeekOf(Period.DayOf(at));
        return BulkGuard.DeclaredAsync(() => db.Standings.Where(s => s.UserId == userId && (s.Period == Period.AllTime || s.Period >= week))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Shown, s => db.Users.Any(u => u.Id == s.UserId && u.ShownToAll && !u.Disabled)), cancellationToken));
    }
}
