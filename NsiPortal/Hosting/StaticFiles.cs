namespace NsiPortal.Hosting;

/// <summary>
/// Our own files carry a fingerprint in their address, or are asked for again each time. Libraries are named plainly by style sheets and
/// scripts and change only with a package: a day without asking keeps letters from flickering at each page.
/// </summary>
public static class StaticFiles
{
    const string Libraries = "/lib";

    public static void MapPortalStaticFiles(this WebApplication app) => app.MapStaticAssets().Add(static endpoint =>
    {
        var serve = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            if (http.Request.Path.StartsWithSegments(Libraries, StringComparison.Ordinal)) http.Response.OnStarting(KeepForADayAsync, http);
            return serve(http);
        };
    });

    static Task KeepForADayAsync(object state)
    {
        var response = ((HttpContext)state).Response;
        if (response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified && !response.Headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal))
            response.Headers.CacheControl = "public, max-age=86400";
        return Task.CompletedTask;
    }
}
