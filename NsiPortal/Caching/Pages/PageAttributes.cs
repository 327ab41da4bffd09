using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using NsiPortal.Domain.Search;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// Says who shares the page that a GET action makes. Each GET action carries exactly one of <see cref="SharedPageAttribute"/>,
/// <see cref="PersonalPageAttribute"/> and <see cref="LivePageAttribute"/>; each is the action's whole output-cache policy, so that the
/// policy stands beside the code it caches.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class PageAttribute : Attribute;

/// <summary>A page that is the same for everybody: one copy per address, language and encoding. Nothing personal, no form that posts; no authentication handler runs.</summary>
public sealed class SharedPageAttribute(CacheTier tier, params string[] tags) : CachedPageAttribute(tier, tags);

/// <summary>
/// A page of one signed-in user, who is part of its key. No form that posts. It stays in the process that made it: what it is made from is what processes share.
/// </summary>
public sealed class PersonalPageAttribute(CacheTier tier, params string[] tags) : CachedPageAttribute(tier, tags), IAuthorizeData
{
    /// <summary>Its figures are of the moment that it tells. Processes share it, so that whichever answers, nobody is led back to an earlier moment.</summary>
    public bool Bounded { get; init; }

    private protected override bool InRedis => Bounded;

    string? IAuthorizeData.Policy { get; set; }
    string? IAuthorizeData.Roles { get; set; }
    string? IAuthorizeData.AuthenticationSchemes { get; set; }
}

/// <summary>A page that is made anew for each request: forms, submissions, profile, teaching, administration.</summary>
public sealed class LivePageAttribute : PageAttribute, IOutputCachePolicy
{
    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        context.EnableOutputCaching = false;
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        CacheStatus.Bypass(context.HttpContext, "live");
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    ValueTask IOutputCachePolicy.ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
}

/// <summary>What shared and personal pages have in common: a tier, tags, and the tokens of those tags in their key.</summary>
/// <param name="tier">How long the page is kept when nothing changes.</param>
/// <param name="tags">Templates from <see cref="Caching.Tags"/>. Pages carry the tags of all their ancestors.</param>
public abstract class CachedPageAttribute(CacheTier tier, params string[] tags) : PageAttribute, IOutputCachePolicy
{
    public CacheTier Tier { get; } = tier;

    public IReadOnlyList<string> Tags { get; } = tags;

    /// <summary>The query keys that the page reads. Every other key is ignored, so that it makes no new entry.</summary>
    public string[] Query { get; init; } = [];

    /// <summary>
    /// The query is what somebody has typed: anything at all. Those that differ by case or blanks alone are one page, which shows it as
    /// <see cref="SearchQuery.Normalize"/> gives it. There may be any number of such pages: they have a memory of their own, which crowds out no
    /// others, and are not shared through Redis.
    /// </summary>
    public bool FreeText { get; init; }

    /// <summary>Whether processes share it through Redis.</summary>
    private protected virtual bool InRedis => !FreeText;

    /// <summary>A page of the present week: it is not kept when the next one has begun.</summary>
    public bool OfThisWeek { get; init; }

    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var page = context.HttpContext.Features.Get<PageRequest>()!;
        context.EnableOutputCaching = page.Digest is not null;
        context.AllowCacheLookup = page.Digest is not null && InRedis;
        context.AllowCacheStorage = page.Digest is not null && !page.DatabaseSilent && InRedis;
        // The framework's own coalescing lets a reader join a render that began before a change was acknowledged when the key does not tell
        // them apart, shares one lock among invalid keys and shares its leader's failure: PageFlights takes its place.
        context.AllowLocking = false;
        context.CacheVaryByRules.QueryKeys = StringValues.Empty;
        context.CacheVaryByRules.VaryByHost = false;
        context.CacheVaryByRules.VaryByValues["page"] = page.Digest ?? "";
        context.ResponseExpirationTimeSpan = page.Duration;
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (context.HttpContext.Features.Get<PageRequest>() is { } page) page.Status = PageStatus.Hit;
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        // Only WholePages, which has seen the page from its first byte to its last, may say that it can be kept.
        var http = context.HttpContext;
        context.AllowCacheStorage = InRedis && http.Features.Get<PageRequest>() is { MayBeStored: true }
            && http.Response.StatusCode == StatusCodes.Status200OK
            && http.Response.Headers.SetCookie.Count == 0
            && !http.RequestAborted.IsCancellationRequested;
        return ValueTask.CompletedTask;
    }
}
