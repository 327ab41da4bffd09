using System.Net;
using NsiPortal.Support;

namespace NsiPortal.Features.Status;

/// <summary>What the portal says of itself while its database does not answer.</summary>
public sealed class StatusTests : IAsyncLifetime
{
    readonly SilentDatabase database = new();
    PortalHost host = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync(adjust: builder =>
        {
            database.Adjust(builder);
            HeaderAuthentication.Add(builder);
        });
        visitor = host.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_page_that_nobody_vouches_for_says_so_and_is_left_in_no_browser()
    {
        await visitor.AskAsync("/cours");
        var vouched = await visitor.AskAsync("/cours");
        Assert.True(vouched.Hit);
        Assert.Null(vouched.Header("Server-Timing"));

        await database.FallSilentAsync(host);
        // A 304 would lend its headers to the copy that the browser has.
        var unvouched = await visitor.AskAsync("/cours", $"If-None-Match: {vouched.ETag}");
        Assert.Equal((HttpStatusCode.OK, "unvouched", "no-store"), (unvouched.Status, unvouched.Header("Server-Timing"), unvouched.Header("Cache-Control")));
        Assert.Equal(vouched.Text, unvouched.Text);

        await database.AnswerAsync(host);
        var again = await visitor.AskAsync("/cours", $"If-None-Match: {vouched.ETag}");
        Assert.Equal((HttpStatusCode.NotModified, null, "private, no-cache"), (again.Status, again.Header("Server-Timing"), again.Header("Cache-Control")));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_one_user_s_is_not_served_on_trust()
    {
        await visitor.AskAsync("/essai/moi", "X-Test-User: alice");
        Assert.True((await visitor.AskAsync("/essai/moi", "X-Test-User: alice")).Hit);

        await database.FallSilentAsync(host);
        var refused = await visitor.AskAsync("/essai/moi", "X-Test-User: alice");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(1, host.Probe.Renders);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_state_and_the_notice_cost_no_sql()
    {
        Assert.Contains("La base de données répond", (await visitor.AskAsync("/etat")).Text, StringComparison.Ordinal);
        await database.FallSilentAsync(host);

        var state = await visitor.AskAsync("/etat");
        var notice = await visitor.AskAsync("/etat/avis");

        Assert.Contains("ne répond pas", state.Text, StringComparison.Ordinal);
        Assert.Contains("</html>", state.Text, StringComparison.Ordinal);
        Assert.Contains("peut-être plus à jour", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", notice.Text, StringComparison.Ordinal);
        Assert.All([state, notice], answer => Assert.Equal((HttpStatusCode.OK, 0, "no-store"), (answer.Status, answer.SqlCount, answer.Header("Cache-Control"))));
    }
}
