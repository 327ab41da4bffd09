using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.WebEncoders;
using IPNetwork = System.Net.IPNetwork;

namespace NsiPortal.Hosting;

/// <summary>How the portal meets the outside: addresses, proxies, language, views by feature, health.</summary>
public static class HostingSetup
{

    public static WebApplicationBuilder AddPortalHosting(this WebApplicationBuilder builder)
    {
        builder.UseListenAddresses();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A form is read before it is known who sent it; what takes more says so.
            kestrel.Limits.MaxRequestBodySize = 256 * 1024;
        });

        var services = builder.Services;
        services.AddSingleton(PublicAddress.From(builder.Configuration));
        services.AddSingleton<FrontEndLibraries>();
        services.AddControllersWithViews(mvc =>
        {
            mvc.Filters.Add<ReadableForms>();
            mvc.Filters.Add<StaleForms>();
            // Names of fields with brackets, as a library of ours does not write them; what does not close is a fault of theirs.
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
        });
        // Pages are UTF-8: é stays é, only what HTML reserves is escaped.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<Microsoft.AspNetCore.Mvc.Razor.RazorViewEngineOptions>(razor =>
        {
            razor.ViewLocationFormats.Clear();
            razor.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
            razor.ViewLocationExpanders.Add(new FeatureViews());
        });
        services.AddLocalization();
        services.AddHealthChecks();
        services.Configure<RouteOptions>(routing => routing.LowercaseUrls = true);

        services.Configure<RequestLocalizationOptions>(Languages.Configure);

        var networks = TrustedProxies(builder.Configuration);
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = 1;
            foreach (var network in networks) forwarded.KnownIPNetworks.Add(network);
        });
        return builder;
    }

    // Railway's edge reaches the portal from the shared address space. Other proxies are named by configuration.
    static List<IPNetwork> TrustedProxies(ConfigurationManager configuration)
    {
        var proxies = configuration["Portal:TrustedProxies"] ?? (configuration["RAILWAY_ENVIRONMENT_NAME"] is null ? "" : "100.64.0.0/10");
        return [.. proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(proxy =>
            IPNetwork.TryParse(proxy, out var network) ? network : throw new UnusableSettingException(
                $"Portal:TrustedProxies : « {proxy} » n’est pas un réseau. Exemple : 10.0.0.0/8."))];
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
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            // What is wrong, for whoever reads the probe; why stands in the log.
            ResponseWriter = (http, report) => http.Response.WriteAsync(
                string.Concat(report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status}\n").Prepend($"{report.Status}\n")), http.RequestAborted),
        });
    }
}
