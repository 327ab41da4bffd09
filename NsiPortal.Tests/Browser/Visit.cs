using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NsiPortal.Browser;

/// <summary>A reader's visit: the page, and all that went wrong in it without being seen.</summary>
public sealed class Visit : IAsyncDisposable
{
    static readonly string Results = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults")).FullName;

    readonly IBrowserContext context;
    readonly ConcurrentQueue<string> faults = new();
    readonly string test;
    bool passed;

    Visit(IBrowserContext context, IPage page, string url, string test)
    {
        this.context = context;
        this.test = test;
        Page = page;
        page.Console += (_, message) =>
        {
            // The page of an error is itself an answer of that status, which Chromium notes.
            var ownStatus = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(page.Url, StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !ownStatus) faults.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => faults.Enqueue($"exception: {error}");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(url, StringComparison.Ordinal)) faults.Enqueue($"request to another host: {request.Url}");
        };
        context.RequestFailed += (_, request) => faults.Enqueue($"failed: {request.Url}: {request.Failure}");
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, violations of the content policy, exceptions, failed requests, requests to others.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    internal static async Task<Visit> BeginAsync(IBrowserContext context, string url, string test) =>
        new(context, await context.NewPageAsync(), url, test);

    /// <summary>Opens a page and waits until its scripts have done what they do at the start.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        // Only chapters ask for more once they are there, and only where there are scripts; they say when they have it.
        if (await Page.Locator("[data-scripts] .prose").CountAsync() > 0) await Assertions.Expect(Page.Locator(".prose[data-enhanced]")).ToBeAttachedAsync();
        await LettersAsync();
    }

    /// <summary>Signs in by the form, and is on the reader's own page.</summary>
    public async Task SignInAsync(string nickname, string password)
    {
        await Page.GotoAsync("/connexion");
        await Page.GetByLabel("Pseudo").FillAsync(nickname);
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        await ReachAsync("/moi$");
    }

    /// <summary>Waits until the browser is at an address and has the whole page. What the library offers for that can miss the event it waits for (microsoft/playwright-dotnet#3364).</summary>
    public async Task ReachAsync([StringSyntax(StringSyntaxAttribute.Regex)] string address)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex(address));
        await LoadedAsync();
    }

    /// <summary>Waits until the page that is open has loaded all it asks for itself.</summary>
    public Task LoadedAsync() => Page.EvaluateAsync("document.readyState === 'complete' ? null : new Promise(done => addEventListener('load', () => done(null), { once: true }))");

    /// <summary>Waits until nothing more comes by itself, for two minutes at most. Asked again and again: an event that was missed is remembered.</summary>
    public async Task IdleAsync()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Page.WaitForLoadStateAsync(LoadState.NetworkIdle, new PageWaitForLoadStateOptions { Timeout = 5_000 });
                return;
            }
            catch (TimeoutException) when (tries < 24)
            {
                // Not yet, or missed.
            }
        }
    }

    /// <summary>Waits for the fonts of what is shown: a page that is left while it loads them counts as a failed request.</summary>
    public Task LettersAsync() => Page.EvaluateAsync("document.body.offsetHeight, document.fonts.ready.then(() => null)");

    /// <summary>Said at the end of a test; a visit that ends without it leaves a screenshot behind.</summary>
    public void Passed() => passed = true;

    public async ValueTask DisposeAsync()
    {
        if (!passed) await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Results, $"{test}.png") });
        await context.DisposeAsync();
    }
}
