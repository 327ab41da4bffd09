using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace NsiPortal.Hosting;

/// <summary>What happens to a request before anybody asks what it is for.</summary>
public static class RequestGuards
{
    /// <summary>HEAD is answered as GET, from the same cache entry; the server leaves the body out.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        return next(http);
    });

    /// <summary>
    /// Control characters in path or query: 400. The framework uses some of them as delimiters inside cache keys, and shares one lock among
    /// all keys that hold them (dotnet/aspnetcore#67763).
    /// </summary>
    public static IApplicationBuilder UseControlCharacterGuard(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        if (!http.Request.Path.Value.AsSpan().ContainsAnyInRange('\0', '\x1f') && !HasEncodedControl(http.Request.QueryString.Value)) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    /// <summary>
    /// A request that says that it is larger than its address takes: 413, before a byte of it is read. Else whoever looks for the token of the form would
    /// be the first to read it, find none, and answer as to a request that is not understood.
    /// </summary>
    public static IApplicationBuilder UseSizeGuard(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        var most = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is { } limit ? limit.MaxRequestBodySize : http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        // The page that says so is made by the same request.
        var told = http.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (told || http.Request.ContentLength is not { } length || length <= (most ?? long.MaxValue)) return next(http);
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });

    /// <summary>One lower-case address per page, without a slash at the end and without empty segments; others redirect to it.</summary>
    public static IApplicationBuilder UseCanonicalUrls(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        var path = http.Request.Path.Value!;
        if (!HttpMethods.IsGet(http.Request.Method)) return next(http);
        // Joined anew, so that it begins with exactly one slash: « //ailleurs.example/ » must not lead there.
        var canonical = path.Contains("//", StringComparison.Ordinal) ? "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)) : path;
        if (http.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() is not null && canonical.Length > 1)
            canonical = canonical.TrimEnd('/').ToLowerInvariant();
        if (canonical == path) return next(http);
        http.Response.Redirect(new PathString(canonical).ToUriComponent() + http.Request.QueryString, permanent: true);
        return Task.CompletedTask;
    });

    static bool HasEncodedControl(string? query)
    {
        for (var i = 0; i < query?.Length; i++)
        {
            if (query[i] < ' ') return true;
            if (query[i] == '%' && i + 2 < query.Length && query[i + 1] is ('0' or '1') && char.IsAsciiHexDigit(query[i + 2])) return true;
        }

        return false;
    }
}
