using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Auditing;
using NsiPortal.Support;

namespace NsiPortal.Features.Admin.Cache;

public sealed class CacheTests
{
    [Fact]
    public async Task Without_Redis_it_tells_of_each_process_and_makes_it_forget()
    {
        await using var cast = await new Cast().StartAsync();
        await ForgetsAsync(cast, "n’utilise pas de Redis");
    }

    [Fact]
    public async Task With_Redis_it_tells_of_the_server_too_and_of_its_silence_at_once()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cast = await new Cast { Settings = [$"--REDIS_URL={redis.Url}"] }.StartAsync();
        await ForgetsAsync(cast, "Clés du portail, par préfixe");

        using var bursar = await cast.SignInAsync(Cast.Bursar);
        await redis.KillAsync();
        for (var waiting = Stopwatch.StartNew(); ; await Task.Yield())
        {
            var asked = Stopwatch.StartNew();
            var page = await bursar.AskAsync("/admin/cache");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.InRange(asked.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            if (WebUtility.HtmlDecode(page.Text).Contains("Redis ne répond pas", StringComparison.Ordinal)) break;
            Assert.InRange(waiting.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        }

        Assert.Equal(HttpStatusCode.Redirect, (await bursar.PostAsync("/admin/cache/vidage")).Status);
        await redis.StartAgainAsync();
    }

    static async Task ForgetsAsync(Cast cast, string said)
    {
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        using var visitor = cast.Visitor();
        var page = WebUtility.HtmlDecode((await bursar.AskAsync("/admin/cache")).Text);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains($"{Environment.MachineName}/{Environment.ProcessId}", page, StringComparison.Ordinal);

        foreach (var (path, fields, act) in new (string, (string, string)[], AuditAct)[] { ("oubli", [("tag", "courses")], AuditAct.CacheEvicted), ("vidage", [], AuditAct.CacheCleared) })
        {
            while (!(await visitor.AskAsync("/cours")).Hit) await Task.Yield();
            Assert.Equal("/admin/cache", (await bursar.PostAsync($"/admin/cache/{path}", fields)).Header("Location")!.Split('?')[0]);
            Assert.False((await visitor.AskAsync("/cours")).Hit);
            Assert.Equal((act, Cast.Bursar), await cast.Host.WithDbAsync(async db =>
            {
                var last = await db.AuditEntries.OrderByDescending(e => e.Id).FirstAsync();
                return (last.Act, last.Nickname);
            }));
        }

        Assert.Equal(2, await cast.Host.WithDbAsync(db => db.AuditEntries.CountAsync()));
        var confirmation = await bursar.AskAsync("/admin/cache/oubli?tag=%20chapter:12");
        Assert.Contains("chapter:12", confirmation.Text, StringComparison.Ordinal);
        Assert.Equal(2, await cast.Host.WithDbAsync(db => db.AuditEntries.CountAsync()));
        var refused = await bursar.AskAsync("/admin/cache/oubli?tag=chapter:*");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("value=\"chapter:*\"", refused.Text, StringComparison.Ordinal);
    }
}
