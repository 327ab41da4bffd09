using System.Globalization;
using NsiPortal.Caching.Monitoring;

namespace NsiPortal.Caching.Pages;

/// <summary>Tells on each page what the cache did (RFC 9211), once it is known and without the header becoming part of the stored page.</summary>
static class CacheStatus
{
    const string Header = "Cache-Status";

    static readonly object Key = new();

    /// <summary>Tells why a page that is no <see cref="CachedPageAttribute"/> goes past the cache.</summary>
    public static void Bypass(HttpContext http, string reason)
    {
        http.Features.Set<PageRequest>(null);
        http.Items[Key] = reason;
    }

    /// <summary>Before the cache: tells in the end what became of the request.</summary>
    public static IApplicationBuilder UseCacheStatus(this IApplicationBuilder app)
    {
        var counters = app.ApplicationServices.GetRequiredService<CacheCounters>();
        // One delegate for all requests.
        Func<object, Task> tell = state =>
        {
            Tell((HttpContext)state, counters);
            return Task.CompletedTask;
        };
        return app.Use((http, next) =>
        {
            http.Response.OnStarting(tell, http);
            return next(http);
        });
    }

    static void Tell(HttpContext http, CacheCounters counters)
    {
        var headers = http.Response.Headers;
        // An error page goes this way twice.
        if (headers.ContainsKey(Header)) return;
        if (http.Features.Get<PageRequest>() is { } page)
        {
            if (page.Unvouched)
            {
                // The one header that a script can read of the page it stands in: layout.js asks for the notice. Kept by no browser, it ends with
                // the silence.
                headers["Server-Timing"] = "unvouched";
                headers.CacheControl = "no-store";
            }

            if (page is { Status: PageStatus.Bypass, BypassReason: { } reason }) counters.AddBypass(reason, page.Shared);
            else counters.AddPage(page.Status, page.Shared);
            headers[Header] = "NsiPortal; " + Of(page, http.Response);
        }
        else if (http.Items[Key] is string reason)
        {
            counters.AddBypass(reason, shared: null);
            headers[Header] = "NsiPortal; fwd=bypass; detail=" + reason;
        }
    }

    static string Of(PageRequest page, HttpResponse response) => page.Status switch
    {
        PageStatus.Hit => string.Create(CultureInfo.InvariantCulture, $"hit; ttl={SecondsLeft(page, response)}{Detail(page)}"),
        PageStatus.Stored => "fwd=miss; stored",
        PageStatus.Collapsed => "fwd=miss; collapsed" + Detail(page),
        PageStatus.Uncacheable => "fwd=miss; detail=uncacheable",
        PageStatus.Bypass => $"fwd=bypass; detail={page.BypassReason}",
    };

    static string Detail(PageRequest page) => page.Unvouched ? "; detail=unvouched" : page.Leased ? "; detail=leased" : "";

    // The framework's output cache tells how old its page is.
    static long SecondsLeft(PageRequest page, HttpResponse response) => page.Left is { } left ? (long)left.TotalSeconds :
        (long)page.Duration.TotalSeconds - (long.TryParse(response.Headers.Age, CultureInfo.InvariantCulture, out var age) ? age : 0);
}
