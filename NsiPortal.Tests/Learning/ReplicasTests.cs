using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Exercises;
using NsiPortal.Support;

namespace NsiPortal.Learning;

/// <summary>Two replicas on one database and one Redis.</summary>
public sealed class ReplicasTests : IAsyncLifetime
{
    RedisServer redis = null!;
    PortalHost one = null!;
    PortalHost two = null!;
    int ada;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        one = await PortalHost.StartAsync(settings: [$"--REDIS_URL={redis.Url}"]);
        two = await PortalHost.StartAsync(beside: one, adjust: null, $"--REDIS_URL={redis.Url}");
        await one.WriteChapterAsync(Classroom.Sheet);
        ada = await one.EnrolAsync("Ada");
    }

    public async ValueTask DisposeAsync()
    {
        await two.DisposeAsync();
        await one.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task The_same_submission_at_both_counts_once_and_is_told_the_same()
    {
        for (var round = 0; round < 5; round++)
        {
            var (pupil, key) = (await one.EnrolAsync($"Bob {round}"), Guid.NewGuid());
            var told = await Task.WhenAll(new[] { one, two, one, two }.Select(host => Task.Run(() => host.SubmitAsync(pupil, "mot", Classroom.Right("mot"), key))));

            Assert.Equal(await one.WithDbAsync(db => db.Attempts.Where(a => a.UserId == pupil).Select(a => a.Id).SingleAsync()), Assert.Single(told.Select(submission => submission.Attempt!.Id).Distinct()));
            Assert.All(told, submission => Assert.Equal((Outcome.Right, 1), (submission.Attempt!.Outcome, submission.Progress!.Tries)));
            Assert.Equal(20, await one.XpAsync(pupil));
        }
    }

    [Fact]
    public async Task What_was_submitted_at_one_is_on_the_next_page_of_the_other()
    {
        using var there = await new Pupil(two).SignInAsync(ada);
        foreach (var page in new[] { "/moi", "/moi/progression/essai/un/partie" }) await there.UntilKeptAsync(page);

        await one.SubmitAsync(ada, "mot", Classroom.Right("mot"));

        Assert.Contains("state-right", (await there.GetAsync("/moi")).Text, StringComparison.Ordinal);
        Assert.Contains("state-solved", (await there.GetAsync("/moi/progression/essai/un/partie")).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 90_000)]
    public async Task What_one_has_read_for_somebody_s_pages_the_other_makes_its_own_from()
    {
        using var here = await new Pupil(one).SignInAsync(ada);
        using var there = await new Pupil(two).SignInAsync(ada);
        // Who is slow to hear from Redis reads for itself: then once more.
        while (await ReadThereAsync() > 0) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();

        async Task<int> ReadThereAsync()
        {
            await redis.AskAsync("EVAL \"for _, k in ipairs(redis.call('KEYS', 'nsi_portal:page:*')) do redis.call('DEL', k) end\" 0");
            await one.SubmitAsync(ada, "mot", Classroom.Right("mot"));
            foreach (var page in new[] { "/moi/statistiques", "/moi/tentatives" }) await here.GetAsync(page);
            // The account, what she has done, and her answers.
            for (var i = 0; i < 200 && await redis.AskAsync("EVAL \"return #redis.call('KEYS', 'nsi_portal:page:data own *')\" 0") != ":3\r\n"; i++) await Task.Yield();
            var (answers, badges) = (await there.GetAsync("/moi/tentatives"), await there.GetAsync("/moi/badges"));
            Assert.Contains("Un mot", answers.Text, StringComparison.Ordinal);
            Assert.False(answers.Hit || badges.Hit);
            return answers.SqlCount + badges.SqlCount;
        }
    }

    [Fact]
    public async Task A_draft_that_was_saved_at_one_is_at_the_other()
    {
        using var here = await new Pupil(one).SignInAsync(ada);
        using var there = await new Pupil(two).SignInAsync(ada);
        await here.GetAsync($"{Classroom.Chapter}/exercices/1/reponse");
        await here.PostAsync($"{Classroom.Chapter}/exercices/1/brouillon", ("r.texte", "tro"));
        Assert.Equal("tro", (await there.PageAsync($"{Classroom.Chapter}/exercices/1/reponse")).QuerySelector("[name='r.texte']")!.GetAttribute("value"));
    }
}
