using System.Globalization;
using NsiPortal.Features.Teach.Chapters;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>Two replicas on one database and one Redis: what a teacher publishes at one, the next reader at the other sees.</summary>
public sealed class PublishingTests
{
    const int Publications = 50;

    [Fact(Timeout = 300_000)]
    public async Task Every_first_read_at_the_other_replica_is_of_what_was_just_published()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cast = await new Cast { Settings = [$"--REDIS_URL={redis.Url}"] }.StartAsync();
        await using var other = await PortalHost.StartAsync(beside: cast.Host, adjust: null, $"--REDIS_URL={redis.Url}");
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var reader = other.CreateClient();
        var desk = await Desk.OpenAsync(hopper, $"/prof/cours/{cast.CourseOfHopper}/chapitres/{cast.ChapterOfHopper}");

        var stale = new List<int>();
        for (var number = 1; number <= Publications; number++)
        {
            // A page is there to be stale: read until it comes from the cache, which a reading of Redis that takes too long on a busy machine may put off.
            while (!(await reader.AskAsync(Cast.Chapter)).Hit) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();

            desk["Texte"] = string.Create(CultureInfo.InvariantCulture, $"Publication numéro {number}.");
            await desk.SendAsync("publication");
            if (!(await reader.AskAsync(Cast.Chapter)).Text.Contains($"numéro {number}.", StringComparison.Ordinal)) stale.Add(number);
        }

        Assert.Empty(stale);
    }
}
