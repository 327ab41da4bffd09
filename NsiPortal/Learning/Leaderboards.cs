using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>
/// Who has gained how much. Ranks are those of competitions: who has the same has the same rank, and the next rank is left out. Outside their classes only
/// those are seen who wish to be.
/// </summary>
public sealed class Leaderboards(PortalDbContext db, TimeProvider time)
{
    public const int Length = 50;
    const int Neighbours = 3;

    /// <summary>The number of the period that is asked for: the present week, or all time.</summary>
    public int PeriodOf(bool week) => week ? Period.WeekOf(Period.DayOf(time.GetUtcNow())) : Period.AllTime;

    public async Task<IReadOnlyList<Leader>> BestAsync(int period, CancellationToken cancellationToken) =>
        Rank(await Rows(db.Standings.Where(s => s.Period == period && s.Shown).OrderByDescending(s => s.Xp).ThenBy(s => s.ReachedAt).Take(Length)).ToListAsync(cancellationToken), first: 1);

    /// <summary>The rank that somebody has among those who are seen, seen or not; null for who has gained nothing.</summary>
    public Task<MyRank?> RankAsync(int period, int userId, CancellationToken cancellationToken) =>
        db.Standings.Where(s => s.Period == period && s.UserId == userId)
            .Select(s => new MyRank(db.Standings.Count(other => other.Period == period && other.Shown && other.Xp > s.Xp) + 1, s.Xp, s.Shown))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Somebody between the three before and the three behind.</summary>
    public async Task<IReadOnlyList<Leader>> AroundAsync(int period, int userId, MyRank mine, CancellationToken cancellationToken)
    {
        var others = db.Standings.Where(s => s.Period == period && s.Shown && s.UserId != userId);
        var before = await Rows(others.Where(s => s.Xp > mine.Xp).OrderBy(s => s.Xp).ThenByDescending(s => s.ReachedAt).Take(Neighbours)).ToListAsync(cancellationToken);
        var behind = await Rows(others.Where(s => s.Xp <= mine.Xp).OrderByDescending(s => s.Xp).ThenBy(s => s.ReachedAt).Take(Neighbours)).ToListAsync(cancellationToken);
        // With what was read of them before: they may have gained something since, or have gone.
        var me = (await Rows(db.Standings.Where(s => s.Period == period && s.UserId == userId)).ToListAsync(cancellationToken)).ConvertAll(leader => leader with { Xp = mine.Xp });
        var scores = before.Concat(behind).Select(leader => leader.Xp).Append(mine.Xp).Distinct().ToList();
        var holders = await db.Standings.Where(s => s.Period == period && s.Shown && scores.Contains(s.Xp)).GroupBy(s => s.Xp).Select(same => new { same.Key, Count = same.Count() })
            .ToDictionaryAsync(same => same.Key, same => same.Count, cancellationToken);
        // From the rank that is known, upwards and downwards: nobody stands between those who are listed but who has as much as one of them.
        var ranks = new Dictionary<int, int> { [mine.Xp] = mine.Rank };
        var rank = mine.Rank;
        foreach (var xp in scores.Where(xp => xp > mine.Xp).Order()) ranks[xp] = rank -= holders.GetValueOrDefault(xp);
        (rank, var last) = (mine.Rank, mine.Xp);
        foreach (var xp in scores.Where(xp => xp < mine.Xp).OrderDescending()) (ranks[xp], last) = (rank += holders.GetValueOrDefault(last), xp);
        return [.. before.AsEnumerable().Reverse().Concat(me).Concat(behind).Select(leader => leader with { Rank = ranks[leader.Xp] })];
    }

    /// <summary>The league of somebody this week: about thirty of those who are seen, drawn by lot. Empty for who is not seen or has gained nothing yet.</summary>
    public async Task<IReadOnlyList<Leader>> LeagueAsync(int userId, CancellationToken cancellationToken)
    {
        var week = PeriodOf(week: true);
        var bucket = await db.Standings.Where(s => s.Period == week && s.UserId == userId && s.Shown).Select(s => (int?)s.Bucket).SingleOrDefaultAsync(cancellationToken);
        if (bucket is null) return [];
        var lastWeek = week - 7;
        var (from, to) = Leagues.Around(bucket.Value, Leagues.Count(await db.Standings.CountAsync(s => s.Period == lastWeek && s.Shown, cancellationToken)));
        return Rank(await Rows(db.Standings.Where(s => s.Period == week && s.Shown && s.Bucket >= from && s.Bucket < to).OrderByDescending(s => s.Xp).ThenBy(s => s.ReachedAt).Take(4 * Leagues.Size)).ToListAsync(cancellationToken), first: 1);
    }

    /// <summary>All who have gained something, of a class.</summary>
    public async Task<IReadOnlyList<Leader>> OfClassAsync(int classId, int period, CancellationToken cancellationToken) =>
        Rank(await Rows(db.Standings.Where(s => s.Period == period && db.ClassMembers.Any(m => m.ClassId == classId && m.UserId == s.UserId && !m.User.Disabled)).OrderByDescending(s => s.Xp).ThenBy(s => s.ReachedAt)).ToListAsync(cancellationToken), first: 1);

    IQueryable<Leader> Rows(IQueryable<Standing> standings) => standings.Join(db.Users, s => s.UserId, u => u.Id, (s, u) => new Leader(0, u.Id, u.Nickname, u.Avatar, s.Xp));

    internal static IReadOnlyList<Leader> Rank(IReadOnlyList<Leader> ordered, int first)
    {
        var ranked = new List<Leader>(ordered.Count);
        for (var i = 0; i < ordered.Count; i++) ranked.Add(ordered[i] with { Rank = i > 0 && ordered[i].Xp == ordered[i - 1].Xp ? ranked[i - 1].Rank : first + i });
        return ranked;
    }
}

public sealed record Leader(int Rank, int UserId, string Nickname, string Avatar, int Xp);

/// <param name="Shown">Whether others see it.</param>
public sealed record MyRank(int Rank, int Xp, bool Shown);
