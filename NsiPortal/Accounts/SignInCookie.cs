using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace NsiPortal.Accounts;

/// <summary>
/// The cookie says who somebody was when they signed in; on each request that asks, the account says who they are now. Whoever was disabled, signed out
/// elsewhere or lost a role is so on the next request, on every replica.
/// </summary>
sealed class SignInCookie(AccountBook accounts) : CookieAuthenticationEvents
{
    /// <summary>Readable by scripts: shared pages, which know nobody, ask for their personal parts only when it is there.</summary>
    public const string Hint = "connecte";

    static readonly TimeSpan SchoolDay = TimeSpan.FromHours(12);

    /// <summary>The claim of who has a password that somebody else chose.</summary>
    public const string ImposedPassword = "imposed-password";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var claimed = context.Principal!;
        if (claimed.UserId is { } id && await accounts.FindAsync(id, context.HttpContext.RequestAborted) is { } account
            && Same(account.Stamp, claimed.FindFirstValue(Claims.Stamp)))
        {
            context.ReplacePrincipal(PrincipalOf(account));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        Forget(context.HttpContext);
    }

    /// <summary>Browsers that open their windows again keep the cookie of a session that was to end with them: a school day, on a computer that many share.</summary>
    public override Task SigningIn(CookieSigningInContext context)
    {
        if (!context.Properties.IsPersistent) context.Properties.ExpiresUtc = context.Properties.IssuedUtc + SchoolDay;
        return Task.CompletedTask;
    }

    public override Task SignedIn(CookieSignedInContext context)
    {
        context.Response.Cookies.Append(Hint, "1", new CookieOptions
        {
            Path = "/", SameSite = SameSiteMode.Lax, Secure = context.Options.Cookie.SecurePolicy == CookieSecurePolicy.Always,
            // Longer than the other, which is renewed as it is used: where it is too much, scripts ask once and hear no.
            Expires = context.Properties.IsPersistent ? context.Properties.ExpiresUtc?.AddYears(1) : null, IsEssential = true,
        });
        return Task.CompletedTask;
    }

    public override Task SigningOut(CookieSigningOutContext context)
    {
        Forget(context.HttpContext);
        return Task.CompletedTask;
    }

    // A part of a page cannot be a form to sign in; the page shows itself without it.
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Headers.ContainsKey("HX-Request") || !HttpMethods.IsGet(context.Request.Method)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    internal static ClaimsPrincipal PrincipalOf(Account account)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, account.Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, account.Nickname),
            new(ClaimTypes.Role, account.Role.ToString()),
            new(Claims.Stamp, account.Stamp),
        };
        if (account.MustChangePassword) claims.Add(new Claim(ImposedPassword, ""));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, IdentityConstants.ApplicationScheme));
    }

    static void Forget(HttpContext http) => http.Response.Cookies.Delete(Hint, new CookieOptions { Path = "/" });

    static bool Same(string mine, string? theirs) =>
        theirs is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mine), Encoding.UTF8.GetBytes(theirs));

    static class Claims
    {
        public static readonly string Stamp = new ClaimsIdentityOptions().SecurityStampClaimType;
    }
}
