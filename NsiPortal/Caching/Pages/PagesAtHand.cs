namespace NsiPortal.Caching.Pages;

/// <summary>
/// Begins each cached request, by reading the tokens of its tags before anything below touches the database, and answers it at once when this
/// process has the page.
/// </summary>
sealed class PagesAtHand(RequestDelegate next, PageRequests requests, PageStore store)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<CachedPageAttribute>() is not { } attribute)
        {
            await next(http);
            return;
        }

        var page = await requests.BeginAsync(http, attribute, http.RequestAborted);
        http.Features.Set(page);
        // A copy that the browser keeps would take over the headers of a 304, and say that it is unvouched long after it is not.
        if (page.DatabaseSilent) http.Request.Headers.Remove("If-None-Match");
        await (store.FindPage(page) is { } found ? found.SendAsync(http, page) : next(http));
    }
}
