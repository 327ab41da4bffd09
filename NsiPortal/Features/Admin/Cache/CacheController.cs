using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;
using NsiPortal.Redis;

namespace NsiPortal.Features.Admin.Cache;

/// <summary>What the caches of all serving processes do, and making them forget.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
[AutoValidateAntiforgeryToken]
public sealed class CacheController(PortalDbContext db, CacheReports reports, IServiceProvider services, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    /// <summary>A server that does not answer is told to be silent, not waited for.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    [HttpGet("/admin/cache")]
    [LivePage]
    public async Task<IActionResult> Index(string? fait, CancellationToken cancellationToken) => View("Cache", await ShowAsync(fait, null, cancellationToken));

    /// <summary>Asks whether it is really meant.</summary>
    [HttpGet("/admin/cache/oubli")]
    [LivePage]
    public async Task<IActionResult> Evict(string? tag, CancellationToken cancellationToken)
    {
        var name = tag?.Trim() ?? "";
        if (Tags.IsName(name)) return View("Evict", name);
        return await RefuseAsync(tag, cancellationToken);
    }

    [HttpPost("/admin/cache/oubli")]
    [LivePage]
    public async Task<IActionResult> DoEvict(string? tag, CancellationToken cancellationToken)
    {
        if (tag is null || !Tags.IsName(tag)) return await RefuseAsync(tag, cancellationToken);
        await db.EvictAsync(User.Actor, [tag], time.GetUtcNow(), cancellationToken);
        return RedirectToAction(nameof(Index), new { fait = "oubli" });
    }

    /// <inheritdoc cref="Evict"/>
    [HttpGet("/admin/cache/vidage")]
    [LivePage]
    public IActionResult Clear() => View("Clear");

    [HttpPost("/admin/cache/vidage")]
    [LivePage]
    public async Task<IActionResult> DoClear(CancellationToken cancellationToken)
    {
        await db.EvictAsync(User.Actor, [Tags.Everything], time.GetUtcNow(), cancellationToken);
        // Nobody can reach them any more; freeing their memory is a courtesy. What is left of very many ends by its time.
        if (services.GetService<RedisView>() is { } redis) await AskAsync(redis, (view, cancellation) => view.FreePagesAsync(cancellation), TimeSpan.FromSeconds(10), cancellationToken);
        return RedirectToAction(nameof(Index), new { fait = "vidage" });
    }

    async Task<IActionResult> RefuseAsync(string? tag, CancellationToken cancellationToken)
    {
        ModelState.AddModelError("tag", texts["Cache.NoTag"]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Cache", await ShowAsync(null, tag, cancellationToken));
    }

    async Task<CacheViewModel> ShowAsync(string? done, string? entered, CancellationToken cancellationToken)
    {
        var replicas = await reports.ReplicasAsync(cancellationToken);
        var waiting = await reports.WaitingAsync(cancellationToken);
        var redis = services.GetService<RedisView>();
        var server = redis is null ? null : await AskAsync(redis, async (view, cancellation) =>
            new RedisState(await view.PingAsync(cancellation), await view.FiguresAsync(cancellation), await view.KeysAsync(cancellation)), Patience, cancellationToken);
        return new CacheViewModel(replicas, waiting, redis is not null, server, done, entered, time.GetUtcNow());
    }

    /// <returns>Null when the server does not answer, or not in time.</returns>
    static async Task<T?> AskAsync<T>(RedisView redis, Func<RedisView, CancellationToken, Task<T>> ask, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await ask(redis, limit.Token);
        }
        catch (Exception fault) when (fault is RedisException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return default;
        }
    }
}

/// <param name="Waiting">Changes that not every process has been seen to hear yet.</param>
/// <param name="WithRedis">Whether the portal is told to use one.</param>
/// <param name="Redis">Null when it does not answer.</param>
/// <param name="Done">What has just been done.</param>
/// <param name="Entered">What was typed and is no tag.</param>
public sealed record CacheViewModel(IReadOnlyList<ReplicaReport> Replicas, int Waiting, bool WithRedis, RedisState? Redis, string? Done, string? Entered, DateTimeOffset At);

/// <param name="Ping">Writing, reading, deleting.</param>
/// <param name="Keys">How many the portal has, by what they are for.</param>
public sealed record RedisState(IReadOnlyList<TimeSpan> Ping, RedisFigures Figures, RedisKeys Keys);
