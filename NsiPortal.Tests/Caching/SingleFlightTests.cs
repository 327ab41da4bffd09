using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Pages;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>Requests for one missing page at once render it once, and a leader's bad luck is its own.</summary>
public sealed class SingleFlightTests : IAsyncLifetime
{
    const int Readers = 50;
    const string Page = "/essai/partage";

    PortalHost host = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync();
        visitor = host.CreateClient();
        await visitor.AskAsync("/");
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    PageFlights Flights => host.Services.GetRequiredService<PageFlights>();

    [Fact(Timeout = 60_000)]
    public async Task Fifty_readers_of_one_missing_page_cost_one_render()
    {
        var gate = HoldRender(_ => Task.FromResult("the page"));

        var leader = visitor.AskAsync(Page);
        await gate.Reached;
        var followers = Enumerable.Range(1, Readers - 1).Select(_ => visitor.AskAsync(Page)).ToList();
        await FollowersAsync(Readers - 1);
        gate.Open();

        var answers = await Task.WhenAll(followers.Append(leader));
        Assert.Equal(1, host.Probe.Renders);
        Assert.All(answers, answer => Assert.Equal("the page", answer.Text));
        Assert.Equal(Readers - 1, answers.Count(answer => answer.CacheStatus == "NsiPortal; fwd=miss; collapsed"));
        Assert.Equal(0, Flights.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_leader_that_fails_fails_nobody_else()
    {
        var gate = HoldRender(_ => host.Probe.Renders == 1 ? throw new InvalidOperationException("unlucky") : Task.FromResult("the page"));

        var leader = visitor.AskAsync(Page);
        await gate.Reached;
        var followers = Enumerable.Range(1, Readers - 1).Select(_ => visitor.AskAsync(Page)).ToList();
        await FollowersAsync(Readers - 1);
        gate.Open();

        Assert.Equal(HttpStatusCode.InternalServerError, (await leader).Status);
        Assert.All(await Task.WhenAll(followers), answer => Assert.Equal("the page", answer.Text));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_leader_whom_the_database_fails_spares_the_others_the_same_wait()
    {
        var gate = HoldRender(_ => throw new InvalidOperationException("wrapped", new TimeoutException("no answer")));

        var leader = visitor.AskAsync(Page);
        await gate.Reached;
        var followers = Enumerable.Range(1, Readers - 1).Select(_ => visitor.AskAsync(Page)).ToList();
        await FollowersAsync(Readers - 1);
        gate.Open();

        Assert.All(await Task.WhenAll(followers.Append(leader)), answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        Assert.Equal(1, host.Probe.Renders);
        Assert.Equal(0, Flights.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_leader_whose_client_goes_away_fails_nobody_else()
    {
        var gate = HoldRender(async http =>
        {
            if (host.Probe.Renders > 1) return "the page";
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
            return "half";
        });

        using var leave = new CancellationTokenSource();
        var leader = visitor.GetAsync(Page, leave.Token);
        await gate.Reached;
        var followers = Enumerable.Range(1, Readers - 1).Select(_ => visitor.AskAsync(Page)).ToList();
        await FollowersAsync(Readers - 1);
        gate.Open();
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.All(await Task.WhenAll(followers), answer => Assert.Equal("the page", answer.Text));
        Assert.Equal("the page", (await visitor.AskAsync(Page)).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_who_comes_after_a_change_does_not_join_a_render_that_began_before_it()
    {
        var gate = new Gate();
        host.Probe.Render = async _ =>
        {
            var text = $"render {host.Probe.Renders}";
            await gate.PassAsync();
            return text;
        };
        var before = visitor.AskAsync(Page);
        await gate.Reached;

        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("nouveau").Build());
            return db.SaveChangesAsync();
        });
        var after = visitor.AskAsync(Page);
        await RendersAsync(2);
        gate.Open();

        Assert.Equal("render 1", (await before).Text);
        Assert.Equal("render 2", (await after).Text);
        Assert.Equal("render 2", (await visitor.AskAsync(Page)).Text);
    }

    Gate HoldRender(Func<HttpContext, Task<string>> render)
    {
        var gate = new Gate();
        host.Probe.Render = async http =>
        {
            await gate.PassAsync();
            return await render(http);
        };
        return gate;
    }

    // Observing a count needs a poll; the time-out of the test ends one that never comes true.
    async Task FollowersAsync(int count)
    {
        while (Flights.Followers < count) await Task.Yield();
    }

    async Task RendersAsync(int count)
    {
        while (host.Probe.Renders < count) await Task.Yield();
    }

    sealed class Gate
    {
        readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task;

        public void Open() => open.SetResult();

        public Task PassAsync()
        {
            reached.TrySetResult();
            return open.Task;
        }
    }
}
