using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>Several windows, several pupils: whatever comes at once, everything counts once.</summary>
public sealed class SubmissionsAtOnceTests : IAsyncLifetime
{
    const int Rounds = 8;

    Classroom room = null!;

    public async ValueTask InitializeAsync() => room = await Classroom.StartAsync();

    public ValueTask DisposeAsync() => room.DisposeAsync();

    /// <summary>Lets all begin at the same moment, each on a thread of its own.</summary>
    static Task<T[]> AtOnceAsync<T>(params Func<Task<T>>[] acts)
    {
        var ready = new Barrier(acts.Length);
        return Task.WhenAll(acts.Select(act => Task.Factory.StartNew(() =>
        {
            ready.SignalAndWait();
            return act();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }

    [Fact]
    public async Task The_same_submission_counts_once_and_both_are_told_the_same()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (pupil, key) = (await room.EnrolAsync($"Ada {round}"), Guid.NewGuid());
            Func<Task<Submission>> submit = () => room.SubmitAsync(pupil, "mot", Classroom.Right("mot"), key);
            var told = await AtOnceAsync(submit, submit, submit);

            Assert.Equal(Assert.Single(await room.AttemptsAsync(pupil, "mot")).Id, Assert.Single(told.Select(submission => submission.Attempt!.Id).Distinct()));
            Assert.All(told, submission => Assert.Equal((Outcome.Right, 1), (submission.Attempt!.Outcome, submission.Progress!.Tries)));
            Assert.Equal(20, await room.XpAsync(pupil));
        }
    }

    [Fact]
    public async Task Two_submissions_both_count_and_are_numbered()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var pupil = await room.EnrolAsync($"Ada {round}");
            await AtOnceAsync(() => room.SubmitAsync(pupil, "mot", Classroom.Text("trois")), () => room.SolveAsync(pupil, "mot"));

            Assert.Equal([1, 2], (await room.AttemptsAsync(pupil, "mot")).Select(attempt => attempt.Number));
            Assert.Equal(2, (await room.ProgressAsync(pupil, "mot"))!.Tries);
            Assert.Equal(20, await room.XpAsync(pupil));
        }
    }

    [Fact]
    public async Task With_one_try_left_one_of_two_is_let_in()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var pupil = await room.EnrolAsync($"Ada {round}");
            await room.SubmitAsync(pupil, "compte", Classroom.Text("non"));
            Func<Task<Submission>> submit = () => room.SubmitAsync(pupil, "compte", Classroom.Text("non"));
            var told = await AtOnceAsync(submit, submit);

            Assert.Equal([null, Refusal.NoTryLeft], told.Select(submission => submission.Refusal).Order());
            Assert.Equal(2, (await room.AttemptsAsync(pupil, "compte")).Count);
        }
    }

    [Fact]
    public async Task Two_exercises_that_complete_a_chapter_together_bring_its_experience_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var pupil = await room.EnrolAsync($"Ada {round}");
            await AtOnceAsync(() => room.SolveAsync(pupil, "mot"), () => room.SolveAsync(pupil, "trous"));

            Assert.Equal(60 + Xp.ForChapter, await room.XpAsync(pupil));
            Assert.Contains("chapitre-complet", await room.Host.WithDbAsync(db => db.EarnedBadges.Where(b => b.UserId == pupil).Select(b => b.Code).ToListAsync()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_pupils_do_together_each_sum_is_that_of_its_parts(int seed)
    {
        const int Each = 25;
        var pupils = new List<int>();
        for (var i = 0; i < 6; i++) pupils.Add(await room.EnrolAsync($"Ada {i}"));

        // Two windows for each pupil.
        await Task.WhenAll(pupils.Concat(pupils).Select((pupil, window) => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + window);
            var (exercise, answer, key) = ("mot", Classroom.Text("trois"), Guid.NewGuid());
            for (var i = 0; i < Each; i++)
            {
                // Now and then what was sent is sent again.
                if (random.Next(5) > 0)
                {
                    (exercise, key) = (random.GetItems(["mot", "trous", "compte", "libre"], 1)[0], Guid.NewGuid());
                    answer = random.Next(3) == 0 ? Classroom.Right(exercise) : exercise == "trous" ? Classroom.InHoles("un", "trois") : Classroom.Text("trois");
                }

                if (random.Next(6) == 0) room.Time.Advance(TimeSpan.FromHours(random.Next(40)));
                await room.SubmitAsync(pupil, exercise, answer, key);
            }
        })));

        foreach (var pupil in pupils)
        {
            var xp = await room.XpAsync(pupil);
            await room.Host.WithDbAsync(async db =>
            {
                var (attempts, progress) = (await db.Attempts.Where(a => a.UserId == pupil).ToListAsync(), await db.ExerciseProgress.Include(p => p.Exercise).Where(p => p.UserId == pupil).ToListAsync());
                var expected = progress.Where(p => p.IsSolved).Sum(p => p.Exercise.Points * Xp.PerPoint) + (progress.Count(p => p.IsSolved && p.Exercise.Required) == 2 ? Xp.ForChapter : 0);
                Assert.Equal(expected, xp);
                Assert.Equal(attempts.Count, await db.DailyActivity.Where(a => a.UserId == pupil).SumAsync(a => a.Tries));
                Assert.Equal(progress.Count(p => p.IsSolved), await db.DailyActivity.Where(a => a.UserId == pupil).SumAsync(a => a.Solved));
                Assert.All(progress, p => Assert.Equal(Enumerable.Range(1, p.Tries), attempts.Where(a => a.ExerciseId == p.ExerciseId).Select(a => a.Number).Order()));
                Assert.All(progress, p => Assert.Equal(p.IsSolved, attempts.Exists(a => a.ExerciseId == p.ExerciseId && a.Outcome == Outcome.Right)));
            });
        }
    }
}
