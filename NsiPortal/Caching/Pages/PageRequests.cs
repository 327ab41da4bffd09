using System.Security.Claims;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Routes;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Pages;

/// <summary>Begins a cached request: what its slugs stand for, the tokens of its tags, and the digest of both.</summary>
sealed class PageRequests(TagTokens tokens, RouteMap routes, BuildIdentity build, IOptions<CacheOptions> options)
{
    const int MaximumQueryLength = 80;
    const int MaximumRouteChanges = 2;

    public async ValueTask<PageRequest> BeginAsync(HttpContext http, CachedPageAttribute attribute, CancellationToken cancellationToken)
    {
        var values = http.Request.RouteValues;
        var courseSlug = values["course"] as string;
        var chapterSlug = values["chapter"] as string;
        var userId = attribute is PersonalPageAttribute ? http.User.FindFirstValue(ClaimTypes.NameIdentifier) : null;

        RouteMap.Labelled? map = routes.Current;
        RouteTarget? target = null;
        for (var changes = 0; changes <= MaximumRouteChanges; changes++)
        {
            target = courseSlug is null ? null : map?.Table.Resolve(courseSlug, chapterSlug);
            // In one go, and before any read from the database that feeds the page.
            var tags = courseSlug is null || target is { Outcome: RouteOutcome.Found } ? TagNames(attribute, target, userId) : [Tags.Routes];
            var reading = await tokens.ReadAsync(tags, cancellationToken);
            var label = reading.Tokens[^1];
            if (map is null || label != map.Label)
            {
                map = await routes.AtAsync(label, cancellationToken);
                continue;
            }

            return Request(Key(map.Table, reading, tags.Length - 1));
        }

        // The slugs change faster than we can follow: read them once more and keep nothing.
        target = courseSlug is null ? null : (await routes.ReadAsync(cancellationToken)).Resolve(courseSlug, chapterSlug);
        return Request((null, "routes"));

        PageRequest Request((string? Digest, string? Reason) key) => new()
        {
            Attribute = attribute,
            Route = target,
            Coding = ContentCodings.Negotiate(http.Request),
            Duration = options.Value.DurationOf(attribute.Tier),
            Digest = key.Digest,
            BypassReason = key.Reason,
        };

        (string?, string?) Key(RouteTable table, TokenReading reading, int tagCount)
        {
            if (target is { Outcome: not RouteOutcome.Found }) return (null, target.Outcome == RouteOutcome.Moved ? "moved" : "unknown");
            if (attribute is PersonalPageAttribute && userId is null) return (null, "anonymous");
            var query = new string?[attribute.Query.Length];
            for (var i = 0; i < query.Length; i++)
            {
                var given = http.Request.Query[attribute.Query[i]];
                // Two values, or a long one, are no page of ours; they must not make entries.
                if (given.Count > 1 || given.ToString().Length > MaximumQueryLength) return (null, "query");
                query[i] = given.Count == 0 ? null : given[0];
            }

            var coding = ContentCodings.Negotiate(http.Request);
            return (PageKey.Digest(build, table.DatabaseId, coding, reading, tagCount, userId, query), null);
        }
    }

    /// <summary>The tags of the page, then <see cref="Tags.Routes"/>, whose token labels the route map and stays out of the key.</summary>
    static string[] TagNames(CachedPageAttribute attribute, RouteTarget? target, string? userId)
    {
        var names = new string[attribute.Tags.Count + 1];
        for (var i = 0; i < attribute.Tags.Count; i++)
        {
            names[i] = attribute.Tags[i] switch
            {
                Tags.Course => Tags.OfCourse(target!.Course!.Id),
                Tags.Chapter => Tags.OfChapter(target!.Chapter!.Id),
                Tags.User => Tags.OfUser(userId ?? ""),
                var name => name,
            };
        }

        names[^1] = Tags.Routes;
        return names;
    }
}
