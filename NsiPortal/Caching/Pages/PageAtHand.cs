namespace NsiPortal.Caching.Pages;

/// <summary>A page that this process keeps.</summary>
sealed class PageAtHand(WholePage page, TimeSpan validFor, TimeProvider time)
{
    readonly long since = time.GetTimestamp();

    /// <summary>Its time has passed, by the clock that it was counted with; memory lets go of it by one of its own.</summary>
    public bool IsOver => time.GetElapsedTime(since) >= validFor;

    public Task SendAsync(HttpContext http, PageRequest request)
    {
        (request.Status, request.Left) = (PageStatus.Hit, validFor - time.GetElapsedTime(since));
        return page.WriteAsync(http, request);
    }
}
