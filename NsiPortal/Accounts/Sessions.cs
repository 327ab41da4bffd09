using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;

namespace NsiPortal.Accounts;

/// <summary>
/// Gives actions with <see cref="UsesSessionAttribute"/> their session: read before they run, kept before a byte of their answer is sent. Whoever entered
/// something that could not be kept is told so, and nothing else.
/// </summary>
sealed class Sessions(RequestDelegate next, IDistributedCache cache, IDataProtectionProvider protection, IOptions<SessionOptions> options, ILogger<Sessions> log)
{
    readonly IDataProtector protector = protection.CreateProtector("NsiPortal.Session");

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<UsesSessionAttribute>() is not { } uses || (uses.OnlyForVisitors && http.User.Identity?.IsAuthenticated == true))
        {
            await next(http);
            return;
        }

        var named = Named(http);
        var session = new PortalSession(cache, options.Value.IdleTimeout, named);
        var readable = await StoreAsync(session.LoadAsync, writing: false, uses, http.RequestAborted);
        http.Features.Set<ISessionFeature>(new SessionFeature { Session = session });
        try
        {
            using var answer = new MemoryStream();
            await HoldBackAsync(http, answer);
            // Whoever went away has entered it all the same.
            if (readable && await StoreAsync(session.CommitAsync, writing: true, uses, CancellationToken.None)) Name(http, named, session.KeptId);
            // Without a body it is not begun, so that an error gets its page.
            if (answer.Length > 0) await http.Response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
        }
        finally
        {
            http.Features.Set<ISessionFeature>(null);
        }
    }

    /// <returns>Whether it was done; where the session may be lost, nothing worse comes of it.</returns>
    async Task<bool> StoreAsync(Func<CancellationToken, Task> act, bool writing, UsesSessionAttribute uses, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (!uses.MayBeLost) throw new SessionUnavailableException(writing, fault);
            log.LogWarning("A session could not be {Done}, and the answer does without it: {Fault}", writing ? "written" : "read", fault.Message);
            return false;
        }
    }

    async Task HoldBackAsync(HttpContext http, MemoryStream answer)
    {
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var held = new StreamResponseBodyFeature(answer);
        http.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await next(http);
            await held.CompleteAsync();
        }
        finally
        {
            http.Features.Set(body);
        }
    }

    /// <summary>The id in the browser's cookie; null when there is none that this portal made.</summary>
    string? Named(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(options.Value.Cookie.Name!, out var cookie)) return null;
        try
        {
            return protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    void Name(HttpContext http, string? named, string? kept)
    {
        // A cookie that leads nowhere stays: another request may just have replaced it.
        if (kept is null || kept == named) return;
        var cookie = options.Value.Cookie;
        http.Response.Cookies.Append(cookie.Name!, protector.Protect(kept), cookie.Build(http));
        http.Response.Headers.CacheControl = "no-store";
    }
}
