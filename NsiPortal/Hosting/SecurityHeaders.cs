namespace NsiPortal.Hosting;

public static class SecurityHeaders
{
    // No inline script or style, no request to anyone else: pupils are minors.
    const string ContentSecurityPolicy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    const string PermissionsPolicy = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

    // At the last moment: an error clears the headers that were set before it, and the endpoint has its say.
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        http.Response.OnStarting(static state => { Write((HttpContext)state); return Task.CompletedTask; }, http);
        return next(http);
    });

    static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        var sandboxed = http.GetEndpoint()?.Metadata.GetMetadata<SandboxedAttribute>() is not null;
        headers.ContentSecurityPolicy = sandboxed ? SandboxedAttribute.Policy : ContentSecurityPolicy;
        if (sandboxed && !SandboxedAttribute.IsShown(http.Response)) headers.ContentDisposition = "attachment";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}

/// <summary>
/// Marks an action that sends a file which an author uploaded: opened by itself, it may draw, and nothing else. What is neither an image nor a plain text
/// is saved under the last part of its address.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxedAttribute : Attribute
{
    internal const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    internal static bool IsShown(HttpResponse response) =>
        response.StatusCode != StatusCodes.Status200OK
        || response.ContentType is not { } type || type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("text/plain", StringComparison.Ordinal);
}
