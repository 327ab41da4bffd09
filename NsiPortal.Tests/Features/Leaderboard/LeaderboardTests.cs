using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Features.Leaderboard;

/// <summary>Pages of ranks: kept for a while, never beyond their week, and never with somebody who does not wish to be seen.</summary>
public sealed class LeaderboardTests : IAsyncLifetime
{
    Classroom room = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        room = await Classroom.StartAsync();
        visitor = room.Host.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await room.DisposeAsync();
    }

    [Theory]
    [InlineData("2026-11-29T23:00:00Z")]
    [InlineData("2027-01-03T23:00:00Z")]
    [InlineData("2027-03-28T22:00:00Z")]
    [InlineData("2027-10-31T23:00:00Z")]
    public async Task A_page_of_a_week_is_not_served_when_the_week_is_over(string monday)
    {
        room.Time.Advance(DateTimeOffset.Parse(monday) - TimeSpan.FromSeconds(60) - room.Time.GetUtcNow());
        var ada = await room.EnrolAsync("Ada");
        await room.SolveAsync(ada, "mot");
        using var pupil = await new Pupil(room.Host).SignInAsync(ada);
        string[] pages = ["/classement", "/moi/rang", "/classement/ligue"];
        foreach (var page in pages) Assert.Contains("Ada", (await pupil.GetAsync(page)).Text, StringComparison.Ordinal);
        room.Time.Advance(TimeSpan.FromSeconds(59));
        foreach (var page in pages) Assert.Contains("Ada", (await pupil.UntilKeptAsync(page)).Text, StringComparison.Ordinal);

        room.Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var page in pages)
        {
            var made = await pupil.GetAsync(page);
            Assert.False(made.Hit, page);
            Assert.DoesNotContain("Ada", made.Text, StringComparison.Ordinal);
        }

        Assert.Contains("Ada", (await pupil.GetAsync("/classement?periode=toujours")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_hidden_sees_their_own_rank_and_nobody_else_does()
    {
        var (ada, bob) = (await room.Host.EnrolAsync("Ada", shown: false), await room.EnrolAsync("Bob"));
        foreach (var id in new[] { ada, bob }) await room.SolveAsync(id, "mot");
        using var hidden = await new Pupil(room.Host).SignInAsync(ada);
        using var shown = await new Pupil(room.Host).SignInAsync(bob);

        Assert.Contains("Ada", (await hidden.GetAsync("/moi/rang")).Text, StringComparison.Ordinal);
        foreach (var page in new[] { "/classement", "/classement?periode=toujours", "/moi/rang", "/classement/ligue" })
        {
            var seen = (await shown.GetAsync(page)).Text;
            Assert.Contains("Bob", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("Ada", seen, StringComparison.Ordinal);
        }

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await visitor.AskAsync("/classement?periode=an")).Status);
    }
}
