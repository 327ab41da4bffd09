using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>Gives everybody the badges that they have earned and do not have.</summary>
public sealed class BadgeAwards(IDbContextFactory<PortalDbContext> contexts, Catalogue catalogue, TimeProvider time)
{
    const int Together = 500;

    /// <param name="dryRun">Gives none.</param>
    /// <param name="cancellationToken">Stops between two groups of users; those that were done stay done.</param>
    /// <returns>How many of each were, or would be, given.</returns>
    public async Task<IReadOnlyDictionary<string, int>> RunAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var given = new Dictionary<string, int>();
        var chapters = await catalogue.ChaptersAsync(cancellationToken);
        var now = time.GetUtcNow();
        var last = 0;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var users = await db.Users.Where(u => u.Id > last).OrderBy(u => u.Id).Take(Together).Select(u => u.Id).ToListAsync(cancellationToken);
            if (users.Count == 0) return given;
            last = users[^1];
            if (dryRun)
            {
                await GiveAsync(db, users, chapters, given, now, cancellationToken);
                continue;
            }

            await db.InTransactionAsync(async () =>
            {
                // Whoever submits meanwhile is given theirs before or after, in this order for all.
                foreach (var user in users) await db.LockUserAsync(user, cancellationToken);
                await GiveAsync(db, users, chapters, given, now, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
        }
    }

    static async Task GiveAsync(
        PortalDbContext db, List<int> users, IReadOnlyList<CatalogueChapter> chapters, Dictionary<string, int> given, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (first, last) = (users[0], users[^1]);
        var progress = (await db.ExerciseProgress.AsNoTracking().Where(p => p.UserId >= first && p.UserId <= last).ToListAsync(cancellationToken)).ToLookup(p => p.UserId);
        var days = (await db.DailyActivity.Where(a => a.UserId >= first && a.UserId <= last && a.Tries > 0).Select(a => new { a.UserId, a.Day }).ToListAsync(cancellationToken)).ToLookup(a => a.UserId, a => a.Day);
        var has = (await db.EarnedBadges.Where(b => b.UserId >= first && b.UserId <= last).Select(b => new { b.UserId, b.Code }).ToListAsync(cancellationToken)).ToLookup(b => b.UserId, b => b.Code);
        foreach (var user in users.Where(user => progress.Contains(user)))
        {
            var learner = Submissions.LearnerOf(progress[user].Select(p => p.ToState()), [.. days[user]], chapters, Period.DayOf(now));
            foreach (var badge in BadgeList.All.Where(badge => !has[user].Contains(badge.Code) && badge.Of(learner).IsReached))
            {
                db.EarnedBadges.Add(new EarnedBadge(user, badge.Code, now));
                given[badge.Code] = given.GetValueOrDefault(badge.Code) + 1;
            }
        }
    }
}
