using System.Globalization;

namespace NsiPortal.Caching.Pages;

/// <summary>Tells on each page what the cache did (RFC 9211), once it is known and without the header becoming part of the stored page.</summary>
static class CacheStatus
{
    static readonly object Key = new();

    /// <summary>Fixes the text for a page that is no <see cref="CachedPageAttribute"/>.</summary>
    public static void Set(HttpContext http, string status)
    {
        http.Features.Set<PageRequest>(null);
        http.Items[Key] = status;
    }

    /// <summary>Before the output cache: gives the policies what they work with, and tells in the end what became of the request.</summary>
    public static IApplicationBuilder UseCacheStatus(this IApplicationBuilder app)
    {
        var requests = app.ApplicationServices.GetRequiredService<PageRequests>();
        return app.Use((http, next) =>
        {
            http.Features.Set(requests);
            http.Response.OnStarting(static state => { Write((HttpContext)state); return Task.CompletedTask; }, http);
            return next(http);
        });
    }

    static void Write(HttpContext http)
    {
        var status = http.Features.Get<PageRequest>() is { } page ? Of(page, http.Response) : http.Items[Key] as string;
        if (status is not null) http.Response.Headers["Cache-Status"] = "NsiPortal; " + status;
    }

    static string Of(PageRequest page, HttpResponse response) => page.Status switch
    {
        PageStatus.Hit => string.Create(CultureInfo.InvariantCulture, $"hit; ttl={SecondsLeft(page, response)}{(page.Unvouched ? "; detail=unvouched" : "")}"),
        PageStatus.Stored => "fwd=miss; stored",
        PageStatus.Collapsed => "fwd=miss; collapsed",
        PageStatus.Uncacheable => "fwd=miss; detail=uncacheable",
        PageStatus.Bypass => $"fwd=bypass; detail={page.BypassReason}",
    };

    static long SecondsLeft(PageRequest page, HttpResponse response) =>
        (long)page.Duration.TotalSeconds - (long.TryParse(response.Headers.Age, CultureInfo.InvariantCulture, out var age) ? age : 0);
}
