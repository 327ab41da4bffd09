using System.Diagnostics;
using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Redis;
using NsiPortal.Support;

namespace NsiPortal.Accounts;

/// <summary>What a browser has entered is kept, or it is told that it is not.</summary>
public sealed class SessionsTests
{
    const string Page = "/essai/session";
    const int TimeLimit = 120_000;

    [Fact]
    public async Task What_a_browser_entered_is_read_again_in_the_memory_of_one_process()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        var cookie = await EnterAsync(client, "bonjour");
        Assert.Equal("bonjour", (await client.AskAsync(Page, cookie)).Text);
        Assert.Equal("rien", (await client.AskAsync(Page)).Text);
        Assert.Equal("rien", (await client.AskAsync(Page, cookie[..^1])).Text);
    }

    [Fact]
    public async Task What_one_replica_kept_another_reads()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await StartAsync(redis);
        await using var other = await PortalHost.StartAsync(one, settings: $"--REDIS_URL={redis.Url}");
        other.Probe.Render = ActAsync;
        using var client = one.CreateClient();
        using var elsewhere = other.CreateClient();

        var cookie = await EnterAsync(client, "bonjour");
        Assert.Equal("bonjour", (await elsewhere.AskAsync(Page, cookie)).Text);
        await EnterAsync(elsewhere, "bonsoir", cookie);
        Assert.Equal("bonsoir", (await client.AskAsync(Page, cookie)).Text);
    }

    [Theory]
    [InlineData("Development", "session=", false)]
    [InlineData("Production", "__Host-session=", true)]
    public async Task The_cookie_is_for_this_host_and_no_script(string environment, string name, bool secure)
    {
        await using var host = await StartAsync(settings: $"--environment={environment}");
        using var client = host.CreateClient();
        var answer = await PostAsync(client, "?note=1");
        var parts = answer.Header("Set-Cookie")!.Split("; ");
        Assert.StartsWith(name, parts[0], StringComparison.Ordinal);
        Assert.Equal(secure ? ["httponly", "path=/", "samesite=lax", "secure"] : ["httponly", "path=/", "samesite=lax"], parts[1..].Order());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_session_costs_one_reading_and_one_writing_and_pages_of_the_cache_none()
    {
        var store = new CountingCache();
        await using var host = await StartAsync(adjust: builder =>
        {
            builder.Services.AddSingleton<IDistributedCache>(store);
            HeaderAuthentication.Add(builder);
        });
        using var client = host.CreateClient();

        // Whoever has none asks no store.
        Assert.Null((await client.AskAsync(Page)).Header("Set-Cookie"));
        Assert.Equal((0, 0), store.Calls);
        var cookie = await EnterAsync(client, "bonjour");
        Assert.Equal((0, 1), store.Calls);
        await client.AskAsync(Page, cookie);
        Assert.Equal((1, 1), store.Calls);

        host.Probe.Render = _ => Task.FromResult("essai");
        foreach (var path in new[] { "/essai/partage", "/essai/moi" })
        {
            Assert.True((await client.AskAsync(path, cookie, "X-Test-User: 7")).Stored);
            Assert.True((await client.AskAsync(path, cookie, "X-Test-User: 7")).Hit);
        }

        await client.AskAsync("/essai/vif", cookie);
        Assert.Equal((1, 1), store.Calls);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_cannot_be_kept_is_told_and_so_is_what_cannot_be_read()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis);
        using var client = host.CreateClient();
        var cookie = await EnterAsync(client, "avant");

        redis.Freeze();
        var unread = await client.AskAsync(Page, cookie);
        AssertTold(unread, "Vos saisies précédentes ne peuvent pas être relues");

        var waiting = Stopwatch.StartNew();
        AssertTold(await PostAsync(client, "?note=perdu"), "Votre saisie n’a pas pu être conservée");
        AssertTold(await PostAsync(client, "?note=perdu", cookie), "Vos saisies précédentes ne peuvent pas être relues");
        // Who has entered nothing needs no store.
        Assert.Equal("rien", (await client.AskAsync(Page)).Text);
        Assert.InRange(waiting.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));

        redis.Thaw();
        var link = host.Services.GetRequiredKeyedService<RedisClient>(AccountsSetup.SessionClient);
        while (!link.Available) await Task.Yield();
        Assert.Equal("avant", (await client.AskAsync(Page, cookie)).Text);

        await redis.KillAsync();
        while (link.Available) await Task.Yield();
        AssertTold(await client.AskAsync(Page, cookie), "Vos saisies précédentes ne peuvent pas être relues");
        AssertTold(await PostAsync(client, "?note=perdu"), "Votre saisie n’a pas pu être conservée");
        await redis.StartAgainAsync();
        while (!link.Available) await Task.Yield();
        Assert.Equal("rien", (await client.AskAsync(Page, cookie)).Text);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_fails_only_when_it_is_kept_is_told_and_changes_nothing()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis);
        using var client = host.CreateClient();
        var cookie = await EnterAsync(client, "avant");

        await redis.AskAsync("CONFIG SET maxmemory 1");
        AssertTold(await PostAsync(client, "?note=perdu", cookie), "Votre saisie n’a pas pu être conservée");
        AssertTold(await PostAsync(client, "?renew&connect", cookie), "Votre saisie n’a pas pu être conservée");
        await redis.AskAsync("CONFIG SET maxmemory 0");
        Assert.Equal("avant", (await client.AskAsync(Page, cookie)).Text);
    }

    [Fact]
    public async Task An_action_that_fails_keeps_nothing()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        var cookie = await EnterAsync(client, "avant");
        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync(client, "?note=perdu&fail", cookie)).Status);
        Assert.Equal("avant", (await client.AskAsync(Page, cookie)).Text);
    }

    [Fact]
    public async Task After_a_renewal_the_former_id_leads_nowhere()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis);
        using var client = host.CreateClient();
        var former = await EnterAsync(client, "bonjour");
        var formerKey = await KeyAsync();

        var present = Cookie(await PostAsync(client, "?renew", former));
        Assert.Equal("bonjour", (await client.AskAsync(Page, present)).Text);
        Assert.NotEqual(formerKey, await KeyAsync());
        Assert.Equal("rien", (await client.AskAsync(Page, former)).Text);
        // Nor does it by being used again.
        Assert.NotEqual(former, await EnterAsync(client, "autre", former));
        Assert.Equal("rien", (await client.AskAsync(Page, former)).Text);
        Assert.Equal("bonjour", (await client.AskAsync(Page, present)).Text);

        // The one key there is.
        async Task<string> KeyAsync()
        {
            var said = (await redis.AskAsync("KEYS nsi_portal:session:*")).Split("\r\n");
            Assert.Equal("*1", said[0]);
            return said[2];
        }
    }

    [Fact]
    public async Task A_session_that_was_emptied_is_kept_no_longer()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis);
        using var client = host.CreateClient();
        var cookie = await EnterAsync(client, "bonjour");
        await PostAsync(client, "?clear", cookie);
        Assert.Equal("*0\r\n", await redis.AskAsync("KEYS nsi_portal:session:*"));
        Assert.Equal("rien", (await client.AskAsync(Page, cookie)).Text);
    }

    [Fact]
    public async Task How_long_it_is_kept_is_a_setting()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, settings: "--Session:IdleTimeout=00:10:00");
        using var client = host.CreateClient();
        await EnterAsync(client, "bonjour");
        var key = (await redis.AskAsync("KEYS nsi_portal:session:*")).Split("\r\n")[2];
        Assert.Contains("\r\nsldexp\r\n$10\r\n6000000000\r\n", await redis.AskAsync($"HGETALL {key}"), StringComparison.Ordinal);

        await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings: "--Session:IdleTimeout=00:00:10"));
    }

    [Fact]
    public async Task A_page_that_does_not_say_so_has_no_session()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.AskAsync("/essai/vif")).Status);
    }

    [Theory]
    [InlineData(typeof(OnSharedPage))]
    [InlineData(typeof(OnPersonalPage))]
    public async Task A_page_of_the_cache_that_uses_it_is_refused_at_the_start(Type controller)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(adjust: builder =>
            builder.Services.AddControllers().ConfigureApplicationPartManager(parts => parts.FeatureProviders.Add(new Also(controller)))));
        Assert.Contains("only live pages have a session", fault.Message, StringComparison.Ordinal);
        Assert.Contains(controller.Name, fault.Message, StringComparison.Ordinal);
    }

    static async Task<PortalHost> StartAsync(RedisServer? redis = null, Action<WebApplicationBuilder>? adjust = null, params string[] settings)
    {
        var host = await PortalHost.StartAsync(adjust: adjust, settings: redis is null ? settings : [.. settings, $"--REDIS_URL={redis.Url}"]);
        host.Probe.Render = ActAsync;
        return host;
    }

    /// <summary>Does with the session what the query says, and answers the note in it.</summary>
    static Task<string> ActAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query.TryGetValue("note", out var note)) http.Session.SetString("note", note!);
        if (query.ContainsKey("renew")) http.RenewSession();
        if (query.ContainsKey("connect")) http.Response.Cookies.Append("connecte", "1");
        if (query.ContainsKey("clear")) http.Session.Clear();
        if (query.ContainsKey("fail")) throw new InvalidOperationException("la panne d’essai");
        return Task.FromResult(http.Session.GetString("note") ?? "rien");
    }

    /// <returns>The cookie under which it is kept, as a header.</returns>
    static async Task<string> EnterAsync(HttpClient client, string note, string? cookie = null)
    {
        var answer = await PostAsync(client, "?note=" + note, cookie);
        Assert.Equal((HttpStatusCode.OK, note), (answer.Status, answer.Text));
        return cookie is not null && answer.Header("Set-Cookie") is null ? cookie : Cookie(answer);
    }

    static async Task<Answer> PostAsync(HttpClient client, string query, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Page + query);
        if (cookie is not null) request.Headers.Add("Cookie", cookie["Cookie: ".Length..]);
        return await Answer.FromAsync(await client.SendAsync(request));
    }

    static string Cookie(Answer answer) => "Cookie: " + answer.Header("Set-Cookie")!.Split(';')[0];

    static void AssertTold(Answer answer, string title)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains($"<h1 class=\"title\">{title}</h1>", answer.Text, StringComparison.Ordinal);
        Assert.Equal("10", answer.Header("Retry-After"));
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
    }

    sealed class Also(Type controller) : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) => feature.Controllers.Add(controller.GetTypeInfo());
    }

    sealed class OnSharedPage : ControllerBase
    {
        [HttpGet("/essai/faux")]
        [SharedPage(CacheTier.Short, Tags.Courses)]
        [UsesSession]
        public OkResult Index() => Ok();
    }

    sealed class OnPersonalPage : ControllerBase
    {
        [HttpGet("/essai/faux")]
        [PersonalPage(CacheTier.Short, Tags.User)]
        [UsesSession]
        public OkResult Index() => Ok();
    }

    sealed class CountingCache : IDistributedCache
    {
        readonly MemoryDistributedCache kept = new(Options.Create(new Microsoft.Extensions.Caching.Memory.MemoryDistributedCacheOptions()));
        int reads;
        int writes;

        public (int Reads, int Writes) Calls => (reads, writes);

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            Interlocked.Increment(ref reads);
            return kept.GetAsync(key, token);
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Interlocked.Increment(ref writes);
            return kept.SetAsync(key, value, options, token);
        }

        public Task RefreshAsync(string key, CancellationToken token = default)
        {
            Interlocked.Increment(ref reads);
            return kept.RefreshAsync(key, token);
        }

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            Interlocked.Increment(ref writes);
            return kept.RemoveAsync(key, token);
        }
    }
}
