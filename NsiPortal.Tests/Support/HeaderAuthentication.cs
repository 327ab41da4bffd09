using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NsiPortal.Support;

/// <summary>Signs in whoever the header <c>X-Test-User</c> names, and counts how often it was asked.</summary>
public sealed class HeaderAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, HeaderAuthentication.Calls calls)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Test-User";

    public sealed class Calls
    {
        int count;

        public int Count => Volatile.Read(ref count);

        public void Add() => Interlocked.Increment(ref count);
    }

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Calls>();
        builder.Services.AddAuthentication("essai").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("essai", null);
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        calls.Add();
        var name = Request.Headers[Header].ToString();
        if (name.Length == 0) return Task.FromResult(AuthenticateResult.NoResult());
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, name)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
