using Microsoft.AspNetCore.OutputCaching;
using NsiPortal.Caching.Routes;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Pages;

/// <summary>What the cache knows about the request under way; a feature of the HTTP context from <see cref="PagesAtHand"/> on.</summary>
sealed class PageRequest
{
    /// <summary>A <see cref="BypassReason"/>: the database does not answer, and the page is not made at all.</summary>
    public const string Silent = "silent";

    public required CachedPageAttribute Attribute { get; init; }
    public required RouteTarget? Route { get; init; }
    public required ContentCoding Coding { get; init; }

    /// <summary>How long it is kept when nothing changes: what its tier says, or less when its action knows better.</summary>
    public required TimeSpan Duration { get; set; }

    /// <summary>The names of the page's tags.</summary>
    public required ArraySegment<string> TagNames { get; init; }

    /// <summary>The tokens in the key, in the order of the tags; null when there is no digest.</summary>
    public TokenReading? Reading { get; init; }

    /// <summary>What the key holds besides the address; null when the page is made for this request alone.</summary>
    public required string? Digest { get; init; }

    /// <summary>The whole key in this process; null when there is no digest.</summary>
    public string? Key { get; init; }

    /// <summary>Requests with the same key that wait for a render that has not begun may share it though nothing is kept; null when the page is made for one.</summary>
    public string? BypassKey { get; init; }

    /// <summary>The page stands under tokens that may be a moment old, as the portal is told to have it.</summary>
    public bool Leased => Reading is { Leased: true };

    /// <summary>The database does not answer: a shared page that is kept is served all the same, and nothing new is kept.</summary>
    public bool DatabaseSilent { get; init; }

    /// <summary>Why there is no digest: the <c>detail</c> of <c>Cache-Status</c>.</summary>
    public string? BypassReason { get; init; }

    public bool Shared => Attribute is SharedPageAttribute;

    public PageStatus Status { get; set; }
    public bool MayBeStored { get; set; }

    /// <summary>How much longer a page that was at hand is kept; null when it was not.</summary>
    public TimeSpan? Left { get; set; }

    /// <summary>What is served was made earlier, and nobody can tell whether it has changed since.</summary>
    public bool Unvouched => DatabaseSilent && Status is PageStatus.Hit or PageStatus.Collapsed;
}

enum PageStatus
{
    Bypass,
    Hit,
    Stored,
    Collapsed,
    Uncacheable,
}

/// <summary>What an action knows of the cached request that it answers: the ids behind the slugs of its address, as the route map gave them, and how long its page is true.</summary>
public static class PageRequestExtensions
{
    /// <summary>What is over already is kept for this long, because no store keeps anything for no time.</summary>
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>What the page tells ends to be so after that time, though nobody changes anything: it is kept no longer.</summary>
    public static void KeepAtMost(this HttpContext http, TimeSpan time)
    {
        if (http.Features.Get<PageRequest>() is not { } page || time >= page.Duration) return;
        page.Duration = time > Shortest ? time : Shortest;
        // For Redis. Once the page is written, it is too late.
        if (http.Features.Get<IOutputCacheFeature>() is { } shared) shared.Context.ResponseExpirationTimeSpan = page.Duration;
    }

    public static int CourseId(this HttpContext http) => Route(http).Course!.Id;

    public static int ChapterId(this HttpContext http) => Route(http).Chapter!.Id;

    static RouteTarget Route(HttpContext http) =>
        http.Features.Get<PageRequest>()?.Route ?? throw new InvalidOperationException("This action has no slug in its address.");
}
