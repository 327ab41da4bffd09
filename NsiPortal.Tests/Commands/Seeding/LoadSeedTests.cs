using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Commands.Seeding;

public sealed class LoadSeedTests
{
    const int Users = 200;
    const int Attempts = 2000;

    static async Task<PortalHost> StartAsync()
    {
        var time = new ManualTime();
        time.Advance(Classroom.Noon - time.GetUtcNow());
        var host = await PortalHost.StartAsync(adjust: builder => builder.Services.AddSingleton<TimeProvider>(time));
        await host.WithDbAsync(db => host.Services.GetRequiredService<DemoContent>().LoadAsync(db, CancellationToken.None));
        return host;
    }

    static async Task<(int Users, int Attempts)> LoadAsync(PortalHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var seed = ActivatorUtilities.CreateInstance<LoadSeed>(scope.ServiceProvider);
        return await host.WithDbAsync(db => seed.RunAsync(db, Users, Attempts, CancellationToken.None));
    }

    [Fact]
    public async Task There_are_as_many_as_were_asked_for_and_every_sum_is_that_of_its_parts()
    {
        await using var host = await StartAsync();
        var (users, attempts) = await LoadAsync(host);

        Assert.Equal((users, attempts), await host.WithDbAsync(async db => (await db.Users.CountAsync(), await db.Attempts.CountAsync())));
        Assert.Equal(Users, users);
        Assert.InRange(attempts, Attempts * 0.9, Attempts * 1.1);
        await AssertSumsAsync(host);
        // New ids follow those that were given.
        await host.EnrolAsync("Ada");
    }

    [Fact]
    public async Task The_same_is_loaded_again_the_same_way()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        Assert.Equal(await LoadAsync(one), await LoadAsync(two));
        Assert.Equal(await RowsAsync(one), await RowsAsync(two));

        static Task<List<(string, int, Outcome, DateTimeOffset)>> RowsAsync(PortalHost host) => host.WithDbAsync(async db =>
            (await db.Attempts.OrderBy(a => a.UserId).ThenBy(a => a.Id).Select(a => new { a.UserId, a.Exercise.Key, a.Number, a.Outcome, a.At }).ToListAsync()).ConvertAll(a => ($"{a.UserId} {a.Key}", a.Number, a.Outcome, a.At)));
    }

    [Fact]
    public async Task More_can_be_loaded_beside_them_and_they_can_submit()
    {
        await using var host = await StartAsync();
        await LoadAsync(host);
        await LoadAsync(host);
        Assert.Equal(2 * Users, await host.WithDbAsync(db => db.Users.CountAsync()));
        await AssertSumsAsync(host);

        // Somebody who has not come to it yet.
        var (pupil, exercise) = await host.WithDbAsync(async db =>
        {
            var asked = await db.Exercises.Where(e => e.Kind == ExerciseKind.ShortAnswer).OrderBy(e => e.Id).FirstAsync();
            return (await db.Users.Where(u => db.Attempts.Any(a => a.UserId == u.Id) && !db.Attempts.Any(a => a.UserId == u.Id && a.ExerciseId == asked.Id)).OrderBy(u => u.Id).Select(u => u.Id).FirstAsync(), asked.Key);
        });
        Assert.Equal(1, (await host.SubmitAsync(pupil, exercise, Classroom.Text("je ne sais pas"))).Progress?.Tries);
        await AssertSumsAsync(host);
    }

    internal static Task AssertSumsAsync(PortalHost host) => host.WithDbAsync(async db =>
    {
        var attempts = (await db.Attempts.ToListAsync()).ToLookup(a => a.UserId!.Value);
        var progress = (await db.ExerciseProgress.ToListAsync()).ToLookup(p => p.UserId);
        var xp = (await db.XpEvents.ToListAsync()).ToLookup(e => e.UserId);
        var days = (await db.DailyActivity.ToListAsync()).ToLookup(a => a.UserId);
        var standings = (await db.Standings.ToListAsync()).ToLookup(s => s.UserId);
        var exercises = await db.Exercises.ToDictionaryAsync(e => e.Id);
        foreach (var user in await db.Users.Where(u => u.Role == Role.Student).ToListAsync())
        {
            var gained = xp[user.Id].Sum(e => e.Amount);
            Assert.Equal((gained, gained, gained), (days[user.Id].Sum(a => a.Xp), standings[user.Id].Where(s => s.Period == Period.AllTime).Sum(s => s.Xp), standings[user.Id].Where(s => s.Period != Period.AllTime).Sum(s => s.Xp)));
            Assert.Equal((attempts[user.Id].Count(), attempts[user.Id].Count()), (days[user.Id].Sum(a => a.Tries), progress[user.Id].Sum(p => p.Tries)));
            Assert.Equal(progress[user.Id].Where(p => p.IsSolved).Sum(p => exercises[p.ExerciseId].Points * Xp.PerPoint), xp[user.Id].Where(e => e.Kind == XpKind.ExerciseSolved).Sum(e => e.Amount));
            Assert.Equal(progress[user.Id].Count(p => p.IsSolved), days[user.Id].Sum(a => a.Solved));
            Assert.All(standings[user.Id], s => Assert.Equal((user.ShownToAll, Leagues.BucketOf(user.Id, s.Period)), (s.Shown, s.Bucket)));
            foreach (var mine in attempts[user.Id].GroupBy(a => a.ExerciseId))
            {
                var kept = progress[user.Id].Single(p => p.ExerciseId == mine.Key);
                Assert.Equal((kept.Tries, kept.LastOutcome, kept.LastAt), (mine.Count(), mine.MaxBy(a => a.Number)!.Outcome, mine.Max(a => a.At)));
            }
        }
    });
}
