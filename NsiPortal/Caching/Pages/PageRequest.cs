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
    public required TimeSpan Duration { get; init; }

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

/// <summary>The ids behind the slugs of the request's address, as the route map gave them.</summary>
public static class PageRequestExtensions
{
    public static int CourseId(this HttpContext http) => Route(http).Course!.Id;

    public static int ChapterId(this HttpContext http) => Route(http).Chapter!.Id;

    static RouteTarget Route(HttpContext http) =>
        http.Features.Get<PageRequest>()?.Route ?? throw new InvalidOperationException("This action has no slug in its address.");
}
