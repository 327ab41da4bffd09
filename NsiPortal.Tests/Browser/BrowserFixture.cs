using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using NsiPortal.Browser;
using NsiPortal.Domain.Courses;
using NsiPortal.Rendering;
using NsiPortal.Support;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace NsiPortal.Browser;

/// <summary>One portal with the demo course, and one Chromium, for all browser tests. Started by the first that needs them.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    readonly SemaphoreSlim gate = new(1, 1);
    PortalHost? host;
    IPlaywright? playwright;
    IBrowser? browser;
    Crawl? crawl;

    public string Url => host!.Url;

    public static string Executable => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A page in a context of its own: nothing is remembered from one test to the next.</summary>
    /// <param name="options">What the browser is like.</param>
    /// <param name="other">A portal of the test's own, instead of the one that all share.</param>
    /// <param name="test">The name of the test.</param>
    public async Task<Visit> VisitAsync(BrowserNewContextOptions? options = null, PortalHost? other = null, [CallerMemberName] string test = "")
    {
        await StartAsync();
        options ??= new BrowserNewContextOptions();
        options.BaseURL = other?.Url ?? Url;
        options.Locale ??= "fr-FR";
        options.ViewportSize ??= new ViewportSize { Width = 1366, Height = 768 };
        return await Visit.BeginAsync(await browser!.NewContextAsync(options), options.BaseURL, test);
    }

    /// <summary>What links lead to from the home page.</summary>
    public async Task<Crawl> CrawlAsync()
    {
        await StartAsync();
        return crawl!;
    }

    async Task StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (browser is not null) return;
            host = await PortalHost.StartAsync(withDemo: true);
            await host.WithDbAsync(async db =>
            {
                foreach (var course in Specimen.Courses(new MarkdownRenderer())) db.Add(course);
                await db.SaveChangesAsync();
            });
            crawl = await Crawl.RunAsync(host);
            playwright = await Playwright.CreateAsync();
            // What is waited for comes in a moment; the limit is for machines that have other work.
            Assertions.SetDefaultExpectTimeout(30_000);
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (host is not null) await host.DisposeAsync();
        gate.Dispose();
    }
}
