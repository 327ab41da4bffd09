using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Pages;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>What the page cache keeps, for whom, and what it never keeps.</summary>
public sealed class PageCacheTests : IAsyncLifetime
{
    PortalHost host = null!;
    HttpClient visitor = null!;

    /// <summary>How many pages are kept. A page is stored after its last byte has been sent: the reader may be faster.</summary>
    static async Task<int> StoredAsync(PortalHost portal)
    {
        while (portal.Services.GetRequiredService<PageFlights>().Count > 0) await Task.Yield();
        return portal.Services.GetRequiredService<PageStore>().Count;
    }

    Task<int> StoredAsync() => StoredAsync(host);

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync(adjust: HeaderAuthentication.Add);
        visitor = host.CreateClient();
        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").WithChapter("brouillon", draft: true).Build());
            db.Add(new CourseBuilder("secret").Draft().Build());
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cours")]
    [InlineData("/cours?niveau=terminale")]
    [InlineData("/cours/sql")]
    [InlineData("/cours/sql/jointures")]
    [InlineData("/sitemap.xml")]
    [InlineData("/robots.txt")]
    public async Task The_second_reader_of_a_page_costs_no_sql(string path)
    {
        var first = await visitor.AskAsync(path);
        var second = await visitor.AskAsync(path);

        Assert.True(first.Stored, $"{first.Status} {first.CacheStatus} {first.Text}");
        Assert.True(second.Hit, second.CacheStatus);
        Assert.Equal(0, second.SqlCount);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal("private, no-cache", second.Header("Cache-Control"));
        Assert.Equal("Accept-Encoding, Cookie", second.Header("Vary"));
    }

    [Theory]
    [InlineData("/cours/inconnu")]
    [InlineData("/cours/sql/inconnu")]
    [InlineData("/cours/inconnu/fichiers/x.svg")]
    public async Task An_unknown_address_is_never_stored_and_costs_no_sql(string path)
    {
        await visitor.AskAsync("/");
        var stored = await StoredAsync();

        for (var i = 0; i < 3; i++)
        {
            var answer = await visitor.AskAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.True(answer.SqlCount == 0, $"{answer.SqlCount} commands at turn {i}: {answer.CacheStatus} {answer.Text}");
            Assert.Equal("no-store", answer.Header("Cache-Control"));
        }

        Assert.Equal(stored, await StoredAsync());
    }

    [Theory]
    [InlineData("/cours/secret")]
    [InlineData("/cours/sql/brouillon")]
    [InlineData("/cours?niveau=licence")]
    [InlineData("/cours?page=0")]
    [InlineData("/cours?page=1")]
    [InlineData("/cours?page=01")]
    [InlineData("/cours?page=%2B2")]
    [InlineData("/cours?page=99")]
    [InlineData("/cours/sql/fichiers/inconnu.svg")]
    public async Task What_does_not_exist_for_readers_is_a_404_that_nobody_keeps(string path)
    {
        await visitor.AskAsync("/");
        var stored = await StoredAsync();

        var answer = await visitor.AskAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(stored, await StoredAsync());
    }

    [Fact]
    public async Task Ten_thousand_requests_that_differ_only_in_what_pages_do_not_read_add_no_entry()
    {
        await visitor.AskAsync("/cours/sql");
        var stored = await StoredAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var answer = (i % 5) switch
            {
                0 => await visitor.AskAsync($"/cours/sql?x={i}"),
                1 => await visitor.AskAsync("/cours/sql", $"Host: {i}.example"),
                2 => await visitor.AskAsync("/cours/sql", $"Accept-Language: x-{i}", $"Cookie: langue=x{i}"),
                3 => await visitor.AskAsync("/cours/sql", $"X-Forwarded-Host: {i}", $"Authorization: Bearer {i}", $"Accept: text/{i}"),
                _ => await visitor.AskAsync("/cours/sql", $"Accept-Encoding: x-{i}, identity;q=0.5"),
            };
            Assert.True(answer.Hit, answer.CacheStatus);
        });

        Assert.Equal(stored, await StoredAsync());
    }

    [Fact]
    public async Task A_query_key_that_a_page_reads_makes_one_entry_per_value_and_none_when_it_is_doubled_or_long()
    {
        var one = await visitor.AskAsync("/essai/partage?q=a");
        var other = await visitor.AskAsync("/essai/partage?q=b");
        var stored = await StoredAsync();
        var twice = await visitor.AskAsync("/essai/partage?q=a&q=b");
        var swapped = await visitor.AskAsync("/essai/partage?q=b&q=a");
        var tooLong = await visitor.AskAsync("/essai/partage?q=" + new string('a', 81));

        Assert.True(one.Stored && other.Stored);
        Assert.All([twice, swapped, tooLong], answer => Assert.Equal((HttpStatusCode.NotFound, 0), (answer.Status, answer.SqlCount)));
        Assert.Equal(2, host.Probe.Renders);
        Assert.Equal(stored, await StoredAsync());
    }

    [Fact]
    public async Task Query_values_that_look_like_delimiters_are_not_confused()
    {
        host.Probe.Render = http => Task.FromResult(http.Request.Query["q"].ToString());

        // An absent value, an empty one, and values that hold what keys are built with.
        string[] queries = ["", "?q=", "?q=%3D", "?q=q%3D", "?q=%7C", "?q=a%26q%3Db", "?q=-1", "?q=null"];
        foreach (var query in queries)
        {
            await visitor.AskAsync("/essai/partage" + query);
            var answer = await visitor.AskAsync("/essai/partage" + query);
            Assert.True(answer.Hit);
            Assert.Equal(Uri.UnescapeDataString(query.Replace("?q=", "", StringComparison.Ordinal)), answer.Text);
        }
    }

    [Theory]
    [InlineData("/cours?niveau=%1e")]
    [InlineData("/cours?%1f=x")]
    [InlineData("/essai/partage?q=%1d")]
    [InlineData("/essai/partage?x=%0d%0a")]
    [InlineData("/cours/%1e")]
    [InlineData("/cours/sql%0a")]
    public async Task Control_characters_are_refused_and_shared_with_nobody(string path)
    {
        var answer = await visitor.AskAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData(";;=,q", null)]
    public async Task Each_encoding_is_an_entry_of_its_own_with_its_own_etag(string accepted, string? expected)
    {
        var plain = await visitor.AskAsync("/cours/sql");
        await visitor.AskAsync("/cours/sql", $"Accept-Encoding: {accepted}");
        var encoded = await visitor.AskAsync("/cours/sql", $"Accept-Encoding: {accepted}");

        Assert.True(encoded.Hit);
        Assert.Equal(expected, encoded.Encoding);
        Assert.Equal(plain.Text, encoded.Text);
        Assert.Equal(expected is null, plain.ETag == encoded.ETag);
    }

    [Fact]
    public async Task A_browser_that_has_the_page_gets_a_304()
    {
        var page = await visitor.AskAsync("/cours/sql");

        var again = await visitor.AskAsync("/cours/sql", $"If-None-Match: {page.ETag}");
        var byDate = await visitor.AskAsync("/cours/sql", "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT");
        var onlyIfCached = await visitor.AskAsync("/cours?niveau=snt", "Cache-Control: only-if-cached");

        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Equal(HttpStatusCode.OK, byDate.Status);
        Assert.Equal(HttpStatusCode.OK, onlyIfCached.Status);
    }

    [Fact]
    public async Task Head_is_answered_from_the_same_entry_as_get()
    {
        var page = await visitor.AskAsync("/cours/sql");
        var head = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/cours/sql"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.StartsWith("NsiPortal; hit", head.Headers.GetValues("Cache-Status").Single(), StringComparison.Ordinal);
        Assert.Equal(page.Header("Content-Length"), head.Content.Headers.ContentLength.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_page_that_sets_a_cookie_or_says_no_store_is_for_one_reader()
    {
        host.Probe.Render = http => { http.Response.Cookies.Append("a", "b"); return Task.FromResult("cookie"); };
        var cookie = await visitor.AskAsync("/essai/partage?q=cookie");
        host.Probe.Render = http => { http.Response.Headers.CacheControl = "no-cache, no-store"; return Task.FromResult("no-store"); };
        var noStore = await visitor.AskAsync("/essai/partage?q=no-store");
        host.Probe.Render = _ => Task.FromResult("other");

        Assert.All([cookie, noStore], answer => Assert.Equal("no-store", answer.Header("Cache-Control")));
        Assert.All([cookie, noStore], answer => Assert.Null(answer.ETag));
        Assert.Equal("other", (await visitor.AskAsync("/essai/partage?q=cookie")).Text);
        Assert.Equal("other", (await visitor.AskAsync("/essai/partage?q=no-store")).Text);
    }

    [Fact]
    public async Task A_render_that_breaks_half_way_is_an_error_page_and_is_not_kept()
    {
        host.Probe.Render = async http =>
        {
            await http.Response.WriteAsync("<html>half of a pa");
            throw new InvalidOperationException("broken");
        };
        var broken = await visitor.AskAsync("/essai/partage");
        host.Probe.Render = _ => Task.FromResult("whole");
        var mended = await visitor.AskAsync("/essai/partage");

        Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
        Assert.DoesNotContain("half of a pa", broken.Text, StringComparison.Ordinal);
        Assert.Equal("whole", mended.Text);
    }

    [Fact]
    public async Task No_authentication_handler_runs_on_a_shared_page()
    {
        var calls = host.Services.GetRequiredService<HeaderAuthentication.Calls>();
        host.Probe.Render = http => Task.FromResult(http.User.Identity!.IsAuthenticated ? "known" : "nobody");

        var shared = await visitor.AskAsync("/essai/partage", "X-Test-User: alice");
        Assert.Equal(0, calls.Count);
        Assert.Equal("nobody", shared.Text);

        await visitor.AskAsync("/essai/vif", "X-Test-User: alice");
        Assert.Equal(1, calls.Count);
    }

    [Fact]
    public async Task A_personal_page_is_kept_for_its_user_alone()
    {
        host.Probe.Render = http => Task.FromResult("page of " + http.User.Claims.Single().Value);

        var alice = await visitor.AskAsync("/essai/moi", "X-Test-User: alice");
        var bob = await visitor.AskAsync("/essai/moi", "X-Test-User: bob");
        var aliceAgain = await visitor.AskAsync("/essai/moi", "X-Test-User: alice");
        var outsider = await visitor.AskAsync("/essai/moi");

        Assert.Equal("page of alice", alice.Text);
        Assert.Equal("page of bob", bob.Text);
        Assert.True(aliceAgain.Hit);
        Assert.Equal("page of alice", aliceAgain.Text);
        Assert.Equal(HttpStatusCode.Unauthorized, outsider.Status);
        Assert.All([alice, aliceAgain], answer => Assert.Equal("no-store", answer.Header("Cache-Control")));
        Assert.Null(aliceAgain.ETag);
    }

    [Fact]
    public async Task A_live_page_is_made_anew_each_time()
    {
        await visitor.AskAsync("/essai/vif");
        var second = await visitor.AskAsync("/essai/vif");

        Assert.Equal(2, host.Probe.Renders);
        Assert.Equal("NsiPortal; fwd=bypass; detail=live", second.CacheStatus);
        Assert.Equal("no-store", second.Header("Cache-Control"));
    }

    [Fact]
    public async Task Memory_is_bounded_by_bytes()
    {
        await using var small = await PortalHost.StartAsync(settings: "--Cache:MemoryLimit=200000");
        using var reader = small.CreateClient();
        small.Probe.Render = _ => Task.FromResult(new string('x', 10_000));

        for (var i = 0; i < 200; i++) Assert.Equal(10_000, (await reader.AskAsync($"/essai/partage?q={i}")).Text.Length);

        Assert.InRange(await StoredAsync(small), 1, 20);
    }

    [Fact]
    public async Task A_page_over_the_limit_is_served_and_not_kept()
    {
        await using var small = await PortalHost.StartAsync(settings: "--Cache:MaximumPageSize=1000");
        using var reader = small.CreateClient();
        small.Probe.Render = _ => Task.FromResult(new string('x', 1001));

        var answer = await reader.AskAsync("/essai/partage");

        Assert.Equal(1001, answer.Text.Length);
        Assert.Equal("NsiPortal; fwd=miss; detail=uncacheable", answer.CacheStatus);
    }
}
