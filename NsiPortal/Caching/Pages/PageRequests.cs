using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Routes;
using NsiPortal.Caching.Tokens;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.Search;

namespace NsiPortal.Caching.Pages;

/// <summary>Begins a cached request: what its slugs stand for, the tokens of its tags, and the digest of both.</summary>
sealed class PageRequests(TagTokens tokens, Licence licence, RouteMap routes, BuildIdentity build, IOptions<CacheOptions> options, TimeProvider time)
{
    const int MaximumQueryLength = 80;
    const int MaximumRouteChanges = 2;

    /// <summary>Who has waited longer than this for tokens does not read them once more: with their own limit and that of the page, no request is granted more than 250 ms of Redis.</summary>
    static readonly TimeSpan Hurry = TimeSpan.FromMilliseconds(20);

    public async ValueTask<PageRequest> BeginAsync(HttpContext http, CachedPageAttribute attribute, CancellationToken cancellationToken)
    {
        var values = http.Request.RouteValues;
        var courseSlug = values["course"] as string;
        var chapterSlug = values["chapter"] as string;
        var userId = attribute is PersonalPageAttribute ? http.User.FindFirstValue(ClaimTypes.NameIdentifier) : null;

        RouteMap.Labelled? map = routes.Current;
        RouteTarget? target = null;
        string[] tags = [Tags.Routes];
        TokenReading? reading = null;
        var coding = ContentCodings.Negotiate(http.Request);
        var unvouched = licence.DatabaseSilent && attribute is SharedPageAttribute;
        var query = Query(http, attribute) ?? [];
        // Two values, or a long one, are no page of ours. They must neither make entries nor have the page made anew for each who asks.
        if (query.Length < attribute.Query.Length)
        {
            target = RouteTarget.Unknown;
            return Request((null, "query"));
        }

        // What is one user's is never served on trust, and nobody waits for a database that is known not to answer.
        if (licence.DatabaseSilent && !unvouched) return Request((null, PageRequest.Silent));
        if (!licence.Held && !unvouched) return await BypassAsync(tokens.Readable ? "unlicensed" : "redis");
        var fresh = false;
        var waited = TimeSpan.Zero;
        for (var changes = 0; changes <= MaximumRouteChanges && waited < Hurry; changes++)
        {
            target = courseSlug is null ? null : map?.Table.Resolve(courseSlug, chapterSlug);
            // In one go, and before any read from the database that feeds the page.
            tags = Names();
            var asked = time.GetTimestamp();
            reading = await tokens.ReadAsync(tags, cancellationToken, fresh);
            // What is in memory is waited for by nobody, however busy the machine.
            if (tokens.AreShared) waited += time.GetElapsedTime(asked);
            if (reading is null) return unvouched ? Request((null, PageRequest.Silent)) : await BypassAsync("redis");
            var label = RouteLabel.Of(reading);
            if (map is null || label != map.Label)
            {
                map = await routes.AtAsync(label, cancellationToken);
                continue;
            }

            // What appeared a moment ago is never denied.
            if (reading.Leased && target is { Outcome: not RouteOutcome.Found })
            {
                fresh = true;
                continue;
            }

            return Request(Key(map.Table, reading, tags.Length - 1));
        }

        // The slugs change faster than we can follow, or than Redis lets us.
        return await BypassAsync("routes");

        // Read what the slugs stand for and keep nothing.
        async Task<PageRequest> BypassAsync(string reason)
        {
            target = courseSlug is null ? null : await routes.FindAsync(courseSlug, chapterSlug, cancellationToken);
            tags = Names();
            return Request((null, reason));
        }

        string[] Names() => courseSlug is null || target is { Outcome: RouteOutcome.Found } ? TagNames(attribute, target, userId, values) : [Tags.Routes];

        PageRequest Request((string? Digest, string? Reason) key) => new()
        {
            Attribute = attribute,
            Route = target,
            Coding = coding,
            Duration = Duration(attribute, key.Digest),
            TagNames = new ArraySegment<string>(tags, 0, tags.Length - 1),
            Reading = reading,
            Digest = key.Digest,
            Key = key.Digest is null ? null : string.Concat(http.Request.Path.Value, "|", key.Digest),
            BypassReason = key.Reason,
            BypassKey = key is { Digest: null, Reason: "unlicensed" or "routes" or "redis" }
                ? string.Join('\n', [http.Request.Path, $"{target?.Course?.Id} {target?.Chapter?.Id} {coding}", CultureInfo.CurrentUICulture.Name, userId, .. query]) : null,
            DatabaseSilent = unvouched,
        };

        (string?, string?) Key(RouteTable table, TokenReading reading, int tagCount)
        {
            // An address that was unknown when the database fell silent may be somebody's by now.
            if (unvouched && target is { Outcome: RouteOutcome.Unknown }) return (null, PageRequest.Silent);
            if (target is { Outcome: not RouteOutcome.Found }) return (null, target.Outcome == RouteOutcome.Moved ? "moved" : "unknown");
            if (attribute is PersonalPageAttribute && userId is null) return (null, "anonymous");
            return (PageKey.Digest(build, table.DatabaseId, coding, reading, tagCount, userId, attribute.OfThisWeek ? query.Append(Week()) : query), null);
        }
    }

    /// <summary>In the key, so that whatever clock ends an entry, no page of a week that is over is found.</summary>
    string Week() => Period.WeekOf(Period.DayOf(time.GetUtcNow())).ToString(CultureInfo.InvariantCulture);

    TimeSpan Duration(CachedPageAttribute attribute, string? digest)
    {
        var duration = options.Value.DurationOf(attribute.Tier);
        if (digest is not null) duration = PageKey.Spread(duration, digest);
        if (!attribute.OfThisWeek) return duration;
        var now = time.GetUtcNow();
        var left = Period.NextWeekAfter(now) - now;
        return left < duration ? left : duration;
    }

    /// <summary>The values of the keys that the page reads; null when they are no page of ours.</summary>
    static string?[]? Query(HttpContext http, CachedPageAttribute attribute)
    {
        var query = new string?[attribute.Query.Length];
        for (var i = 0; i < query.Length; i++)
        {
            var given = http.Request.Query[attribute.Query[i]];
            if (given.Count > 1 || (!attribute.FreeText && given.ToString().Length > MaximumQueryLength)) return null;
            query[i] = attribute.FreeText ? SearchQuery.Normalize(given) : given.Count == 0 ? null : given[0];
        }

        return query;
    }

    /// <summary>The tags of the page, then <see cref="Tags.Routes"/>, whose token labels the route map and stays out of the key.</summary>
    static string[] TagNames(CachedPageAttribute attribute, RouteTarget? target, string? userId, RouteValueDictionary values)
    {
        var names = new string[attribute.Tags.Count + 1];
        for (var i = 0; i < attribute.Tags.Count; i++)
        {
            names[i] = attribute.Tags[i] switch
            {
                Tags.Course => target!.Course!.Tag,
                Tags.Chapter => target!.Chapter!.Tag,
                Tags.User => Tags.OfUser(userId ?? ""),
                Tags.Class => Tags.OfClass(int.Parse((string)values["class"]!, CultureInfo.InvariantCulture)),
                var name => name,
            };
        }

        names[^1] = Tags.Routes;
        return names;
    }
}
