using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Routes;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// Stands behind the output cache and makes each missing page whole: one render per page and tokens, buffered from its first byte to its
/// last before anything is sent, so that ETag and length are known and a broken render is neither sent nor stored. Unknown addresses are
/// answered, and old ones redirected, from the route map, without the action.
/// </summary>
sealed class WholePages(
    RequestDelegate next, PageStore store, PageFlights flights, BypassFlights bypasses, KeptPages kept, LinkGenerator links, IOptions<CacheOptions> options)
{
    /// <summary>Followers whose leader failed choose a new leader this many times, then render alone.</summary>
    const int MaximumLeaders = 2;

    public Task InvokeAsync(HttpContext http) => http.Features.Get<PageRequest>() switch
    {
        null => next(http),
        { BypassReason: PageRequest.Silent } => Unavailable(http),
        { Route.Outcome: RouteOutcome.Unknown } => NotFound(http),
        { Route.Outcome: RouteOutcome.Moved } page => Redirect(http, page.Route!),
        { Digest: null, BypassKey: null } page => RenderAsync(http, page, flight: null),
        { } page => FlyAsync(http, page),
    };

    static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    static Task Unavailable(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    Task Redirect(HttpContext http, RouteTarget route)
    {
        var values = new RouteValueDictionary(http.Request.RouteValues) { ["course"] = route.Course!.Slug };
        if (route.Chapter is { } chapter) values["chapter"] = chapter.Slug;
        // Not permanent: the old address may be given to another course one day.
        http.Response.Redirect(links.GetPathByRouteValues(http, routeName: null, values)! + http.Request.QueryString);
        http.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    /// <summary>One render for all who wait for it: by page and tokens, or past the cache for all who asked before it began.</summary>
    async Task FlyAsync(HttpContext http, PageRequest page)
    {
        for (var leader = 1; leader <= MaximumLeaders; leader++)
        {
            var flight = page.Key is { } key
                ? flights.Join(key, out var leads)
                : bypasses.Join(page.BypassKey!, out leads);
            if (leads)
            {
                try
                {
                    await flight.BegunAsync(http.RequestAborted);
                    // Another flight may have ended between the look into the store and this one.
                    if (store.FindPage(page) is { } found) await found.SendAsync(http, page);
                    else await RenderAsync(http, page, flight);
                }
                catch (Exception fault) when (DatabaseFault.IsIn(fault))
                {
                    // Those who wait would each wait as long for a database that does not answer, one after the other.
                    flight.Fail(fault);
                    throw;
                }
                finally
                {
                    flight.Close();
                }

                return;
            }

            if (await flight.LandedAsync(http.RequestAborted) is { } landed)
            {
                if (page.Digest is not null) page.Status = PageStatus.Collapsed;
                await landed.WriteAsync(http, page);
                return;
            }
        }

        await RenderAsync(http, page, flight: null);
    }

    async Task RenderAsync(HttpContext http, PageRequest page, Flight<WholePage>? flight)
    {
        using var buffer = new MemoryStream();
        await BufferAsync(http, page, buffer);
        // No one may wait for, or keep, what a client that went away made the action leave out.
        http.RequestAborted.ThrowIfCancellationRequested();

        var response = http.Response;
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (response.StatusCode != StatusCodes.Status200OK)
        {
            page.Status = PageStatus.Uncacheable;
            flight?.Close();
            response.Headers.CacheControl = "no-store";
            if (!body.IsEmpty) await response.Body.WriteAsync(body, http.RequestAborted);
            return;
        }

        // An action that says no-store (antiforgery does), or sets a cookie, made a page for one reader.
        var forOneReader = response.Headers.CacheControl.Count > 0 || response.Headers.SetCookie.Count > 0;
        var whole = WholePage.From(response, body, page);
        var mayBeShared = flight is not null && !forOneReader && whole.Body.Length <= options.Value.MaximumPageSize;
        page.MayBeStored = mayBeShared && page is { Digest: not null, DatabaseSilent: false };
        page.Status = page.MayBeStored ? PageStatus.Stored : page.Digest is null ? PageStatus.Bypass : PageStatus.Uncacheable;
        if (page.MayBeStored)
        {
            store.KeepPage(page, whole);
            kept.Add(http, page, whole);
        }

        if (mayBeShared) flight!.Land(whole);
        // Latecomers find it in the store; a slow reader must hold up nobody.
        flight?.Close();
        await whole.WriteAsync(http, page, forOneReader);
    }

    async Task BufferAsync(HttpContext http, PageRequest page, MemoryStream buffer)
    {
        var original = http.Features.Get<IHttpResponseBodyFeature>()!;
        var buffered = new StreamResponseBodyFeature(buffer);
        http.Features.Set<IHttpResponseBodyFeature>(buffered);
        CarriedTags.Are(page.TagNames);
        try
        {
            await next(http);
            await buffered.CompleteAsync();
        }
        finally
        {
            http.Features.Set(original);
        }
    }
}
