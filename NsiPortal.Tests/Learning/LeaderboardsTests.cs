using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;

namespace NsiPortal.Learning;

public sealed class LeaderboardsTests : IAsyncLifetime
{
    Classroom room = null!;
    int sources;

    public async ValueTask InitializeAsync() => room = await Classroom.StartAsync();

    public ValueTask DisposeAsync() => room.DisposeAsync();

    /// <summary>A pupil with so much experience, gained now.</summary>
    async Task<int> WithAsync(string nickname, int xp, bool shown = true)
    {
        var id = await room.Host.EnrolAsync(nickname, shown);
        await GainAsync(id, xp);
        room.Time.Advance(TimeSpan.FromSeconds(1));
        return id;
    }

    Task GainAsync(int id, int xp) => room.Host.WithDbAsync(db => db.InTransactionAsync(() => db.AddAsync(id, exerciseId: 1, tries: 1, [new XpEvent(id, XpKind.ExerciseSolved, ++sources, xp, room.Time.GetUtcNow())], [], room.Time.GetUtcNow(), CancellationToken.None), CancellationToken.None));

    async Task<T> AskAsync<T>(Func<Leaderboards, Task<T>> ask)
    {
        await using var scope = room.Host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<Leaderboards>());
    }

    Task<IReadOnlyList<Leader>> BestAsync() => AskAsync(boards => boards.BestAsync(Period.AllTime, CancellationToken.None));

    Task<MyRank?> RankAsync(int id) => AskAsync(boards => boards.RankAsync(Period.AllTime, id, CancellationToken.None));

    Task<IReadOnlyList<Leader>> AroundAsync(int id) =>
        AskAsync(async boards => await boards.AroundAsync(Period.AllTime, id, (await boards.RankAsync(Period.AllTime, id, CancellationToken.None))!, CancellationToken.None));

    Task<IReadOnlyList<Leader>> LeagueAsync(int id) => AskAsync(boards => boards.LeagueAsync(id, CancellationToken.None));

    static IEnumerable<(int Rank, string Nickname)> Rows(IEnumerable<Leader> leaders) => leaders.Select(leader => (leader.Rank, leader.Nickname));

    [Fact]
    public async Task Who_has_the_same_has_the_same_rank_and_who_had_it_first_comes_first()
    {
        await WithAsync("Bob", 30);
        await WithAsync("Ada", 50);
        await WithAsync("Eve", 30);
        await WithAsync("Zoé", 10);
        Assert.Equal([(1, "Ada"), (2, "Bob"), (2, "Eve"), (4, "Zoé")], Rows(await BestAsync()));
    }

    [Fact]
    public async Task Nobody_sees_who_does_not_wish_to_be_seen_and_they_still_see_their_rank()
    {
        await WithAsync("Ada", 50);
        var bob = await WithAsync("Bob", 40, shown: false);
        await WithAsync("Eve", 30);
        Assert.Equal([(1, "Ada"), (2, "Eve")], Rows(await BestAsync()));
        Assert.Equal(new MyRank(2, 40, Shown: false), await RankAsync(bob));
        Assert.Equal([(1, "Ada"), (2, "Bob"), (2, "Eve")], Rows(await AroundAsync(bob)));
        Assert.Empty(await LeagueAsync(bob));
        Assert.Null(await RankAsync(await room.EnrolAsync("Léa")));
    }

    [Fact]
    public async Task My_neighbours_are_three_above_and_three_below_with_the_ranks_that_the_whole_list_gives_them()
    {
        var random = new Random(11);
        var ids = new List<int>();
        for (var i = 0; i < 30; i++) ids.Add(await WithAsync($"Pupille {i}", 10 * random.Next(1, 9), shown: random.Next(4) > 0));
        var ranks = (await BestAsync()).ToDictionary(leader => leader.UserId, leader => leader.Rank);

        foreach (var id in ids)
        {
            var (mine, around) = (await RankAsync(id), await AroundAsync(id));
            var place = around.ToList().FindIndex(leader => leader.UserId == id);
            Assert.Equal(mine!.Rank, around[place].Rank);
            if (mine.Shown) Assert.Equal(ranks[id], mine.Rank);
            Assert.All(around.Where(leader => leader.UserId != id), leader => Assert.Equal(ranks[leader.UserId], leader.Rank));
            Assert.Equal((Math.Min(3, ranks.Values.Count(rank => rank < mine.Rank)), true), (place, around.Count - place - 1 <= 3));
            Assert.Equal(around.OrderByDescending(leader => leader.Xp).Select(leader => leader.Xp), around.Select(leader => leader.Xp));
        }
    }

    [Fact]
    public async Task A_class_sees_all_its_members_and_nobody_else()
    {
        int[] members = [await WithAsync("Ada", 50, shown: false), await WithAsync("Bob", 20)];
        var gone = await WithAsync("Eve", 90);
        await WithAsync("Zoé", 70);
        var classId = await room.Host.WithDbAsync(async db =>
        {
            var teacher = new User("Prof", Role.Teacher, Classroom.Noon);
            db.Users.Add(teacher);
            await db.SaveChangesAsync();
            var schoolClass = new SchoolClass("T1", teacher.Id, new JoinCode("ACDEFGH"), Classroom.Noon);
            foreach (var user in await db.Users.Where(u => members.Contains(u.Id) || u.Id == gone).ToListAsync()) db.ClassMembers.Add(new ClassMember(schoolClass, user, Classroom.Noon));
            (await db.Users.SingleAsync(u => u.Id == gone)).Disable();
            await db.SaveChangesAsync();
            return schoolClass.Id;
        });
        Assert.Equal([(1, "Ada"), (2, "Bob")], Rows(await AskAsync(boards => boards.OfClassAsync(classId, Period.AllTime, CancellationToken.None))));
    }

    [Fact]
    public async Task A_week_counts_what_was_gained_in_it()
    {
        var ada = await WithAsync("Ada", 50);
        // To the last second of Sunday in Paris.
        room.Time.Advance(Period.NextWeekAfter(room.Time.GetUtcNow()) - room.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        await GainAsync(ada, 5);
        Assert.Equal(55, await WeekAsync());
        room.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await WeekAsync());
        await GainAsync(ada, 7);
        Assert.Equal((7, 62), (await WeekAsync(), (await RankAsync(ada))!.Xp));

        Task<int> WeekAsync() => AskAsync(async boards => (await boards.BestAsync(boards.PeriodOf(week: true), CancellationToken.None)).SingleOrDefault()?.Xp ?? 0);
    }

    [Fact]
    public async Task A_league_is_the_same_for_all_its_members_and_stays_so_when_somebody_hides()
    {
        var ids = new List<int>();
        // One more than makes two leagues of them.
        for (var i = 0; i < 46; i++) ids.Add(await WithAsync($"Pupille {i}", 10));
        room.Time.Advance(TimeSpan.FromDays(7));
        foreach (var id in ids) await GainAsync(id, 10);

        var leagues = new Dictionary<int, int[]>();
        foreach (var id in ids) leagues[id] = [.. (await LeagueAsync(id)).Select(leader => leader.UserId).Order()];
        Assert.Equal(2, leagues.Values.Select(league => string.Join(' ', league)).Distinct().Count());
        Assert.All(leagues, league => Assert.Contains(league.Key, league.Value));
        Assert.Equal(ids.Order(), leagues.Values.DistinctBy(league => league[0]).SelectMany(league => league).Order());

        var hidden = ids[..5];
        await room.Host.WithDbAsync(async db =>
        {
            foreach (var user in await db.Users.Where(u => hidden.Contains(u.Id)).ToListAsync()) user.ShowToAll(false);
            await db.SaveChangesAsync();
            foreach (var id in hidden) await db.ShowAsync(id, room.Time.GetUtcNow(), CancellationToken.None);
        });
        foreach (var id in ids.Except(hidden)) Assert.Equal(leagues[id].Except(hidden), (await LeagueAsync(id)).Select(leader => leader.UserId).Order());
        foreach (var id in hidden) Assert.Empty(await LeagueAsync(id));
        Assert.DoesNotContain(await BestAsync(), leader => hidden.Contains(leader.UserId));
    }
}
