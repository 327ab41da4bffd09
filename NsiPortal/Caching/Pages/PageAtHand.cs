namespace NsiPortal.Caching.Pages;

/// <summary>A page that this process keeps.</summary>
sealed class PageAtHand(WholePage page, TimeSpan validFor, TimeProvider time)
{
    readonly long since = time.GetTimestamp();

    public Task SendAsync(HttpContext http, PageRequest request)
    {
        (request.Status, request.Left) = (PageStatus.Hit, validFor - time.GetElapsedTime(since));
        return page.WriteAsync(http, request);
    }
}
