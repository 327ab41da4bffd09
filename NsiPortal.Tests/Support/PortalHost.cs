using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Commands;
using NsiPortal.Data;

namespace NsiPortal.Support;

/// <summary>The real portal on real Kestrel, on a free port and a database of its own.</summary>
public sealed class PortalHost : IAsyncDisposable
{
    readonly bool ownsData;

    PortalHost(TempFolder? beside, string[] settings, Action<WebApplicationBuilder>? adjust)
    {
        Data = beside ?? new TempFolder();
        ownsData = beside is null;
        App = Program.Build(
            ["--urls=http://127.0.0.1:0", "--environment=Development", "--Portal:ShowSqlCount=true", .. Data.Settings, .. settings],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(Probe);
                builder.Services.AddControllers().AddApplicationPart(typeof(PortalHost).Assembly);
                // A licence runs out on a machine that is busy for two seconds, and these tests are not about that: time stands still for it.
                builder.Services.AddSingleton(_ => new Caching.Outbox.Licence(new ManualTime()));
                adjust?.Invoke(builder);
            });
    }

    public WebApplication App { get; }

    /// <summary>The folder and the database, for whoever works on them beside the portal.</summary>
    public TempFolder Data { get; }

    public IServiceProvider Services => App.Services;

    public string Url => App.Urls.First();

    /// <summary>What the test-only pages under <c>/essai</c> do.</summary>
    public Probe Probe { get; } = new();

    /// <summary>A portal that has its services and the database of <paramref name="beside"/>, and serves nobody: what a command is.</summary>
    public static PortalHost Command(PortalHost beside, Action<WebApplicationBuilder>? adjust = null) => Command(beside.Data, adjust);

    /// <inheritdoc cref="Command(PortalHost, Action{WebApplicationBuilder}?)"/>
    public static PortalHost Command(TempFolder beside, Action<WebApplicationBuilder>? adjust = null) => new(beside, [], adjust);

    public static Task<PortalHost> StartAsync(bool withDemo = false, Action<WebApplicationBuilder>? adjust = null, params string[] settings) =>
        StartAsync(beside: (TempFolder?)null, withDemo, adjust, settings);

    /// <summary>Another serving portal on the database of <paramref name="beside"/>, which outlives it.</summary>
    public static Task<PortalHost> StartAsync(PortalHost beside, Action<WebApplicationBuilder>? adjust = null, params string[] settings) =>
        StartAsync(beside.Data, adjust, settings);

    /// <inheritdoc cref="StartAsync(PortalHost, Action{WebApplicationBuilder}?, string[])"/>
    public static Task<PortalHost> StartAsync(TempFolder beside, Action<WebApplicationBuilder>? adjust = null, params string[] settings) =>
        StartAsync(beside, withDemo: false, adjust, settings);

    static async Task<PortalHost> StartAsync(TempFolder? beside, bool withDemo, Action<WebApplicationBuilder>? adjust, string[] settings)
    {
        var host = new PortalHost(beside, settings, adjust);
        await host.Services.GetRequiredService<Preparation>().RunAsync(withDemo, serving: beside is not null, CancellationToken.None);
        await host.App.StartAsync();
        return host;
    }

    /// <summary>A client that shows what the server sent: no redirect followed, no encoding undone, no cookie kept.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
    })
    { BaseAddress = new Uri(Url) };

    /// <summary>Does something in a context of its own, as a request or a command would.</summary>
    public async Task<T> WithDbAsync<T>(Func<PortalDbContext, Task<T>> act)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await act(db);
    }

    public Task WithDbAsync(Func<PortalDbContext, Task> act) => WithDbAsync(async db =>
    {
        await act(db);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (ownsData) await Data.DisposeAsync();
    }
}
