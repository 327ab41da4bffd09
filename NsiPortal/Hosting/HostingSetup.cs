using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.WebEncoders;

namespace NsiPortal.Hosting;

/// <summary>How the portal meets the outside: addresses, proxies, language, views by feature, health.</summary>
public static class HostingSetup
{
    static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static WebApplicationBuilder AddPortalHosting(this WebApplicationBuilder builder)
    {
        // Railway says which port to listen on, and may reach it over IPv6 only: [::] takes both families.
        if (builder.Configuration["PORT"] is { Length: > 0 } port) builder.WebHost.UseUrls($"http://[::]:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var services = builder.Services;
        services.AddSingleton(PublicAddress.From(builder.Configuration));
        services.AddSingleton<FrontEndLibraries>();
        services.AddControllersWithViews();
        // Pages are UTF-8: é stays é, only what HTML reserves is escaped.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<Microsoft.AspNetCore.Mvc.Razor.RazorViewEngineOptions>(razor =>
        {
            razor.ViewLocationFormats.Clear();
            razor.ViewLocationFormats.Add("/Features/{1}/{0}.cshtml");
            razor.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
        });
        services.AddLocalization();
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddHealthChecks();
        services.Configure<RouteOptions>(routing => routing.LowercaseUrls = true);

        // The language never comes from Accept-Language: it would multiply entries and surprise whoever shares a screen.
        services.Configure<RequestLocalizationOptions>(localization =>
        {
            localization.DefaultRequestCulture = new RequestCulture(French);
            localization.SupportedCultures = localization.SupportedUICultures = [French];
            localization.RequestCultureProviders.Clear();
        });

        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = 1;
            // Railway's edge reaches the portal from the shared address space. Other proxies are named by configuration.
            var proxies = builder.Configuration["Portal:TrustedProxies"] ?? (builder.Configuration["RAILWAY_ENVIRONMENT_NAME"] is null ? "" : "100.64.0.0/10");
            foreach (var proxy in proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        });
        return builder;
    }

    public static void UsePortalForwardedHeaders(this WebApplication app)
    {
        if (!app.Environment.IsProduction()) return;
        app.UseForwardedHeaders();
        app.UseHsts();
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve.</summary>
    public static void MapPortalHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }
}
