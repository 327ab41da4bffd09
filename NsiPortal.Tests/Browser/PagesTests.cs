using Microsoft.Playwright;

namespace NsiPortal.Browser;

/// <summary>What is true of every page: found by following links from the home page, and errors besides.</summary>
public sealed class PagesTests(BrowserFixture browser)
{
    /// <summary>One of each kind.</summary>
    static readonly string[] Exercises = StudentTests.OfEachKind;

    static readonly string[] Studies = ["/etudes/matieres", "/etudes/universite-de-lille", "/etudes/universite-de-lille/licence-informatique"];

    // Of a content that is covered, and of one that is not yet.
    static readonly string[] Programme = ["/programme", "/programme/t-bdd-4", "/programme/p-hist-1"];

    const string Chapter = "/cours/bases-de-donnees-et-sql/jointures";

    static readonly string[] Errors = ["/nulle-part", "/cours?niveau=%01"];

    [Fact]
    public async Task No_link_image_or_script_is_missing()
    {
        Assert.Empty((await browser.CrawlAsync()).DeadLinks);
    }

    [Fact]
    public async Task No_page_has_an_accessibility_fault_complains_asks_anyone_else_or_is_wider_than_the_window()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        var (faults, judged) = (new List<string>(), new HashSet<string>());
        foreach (var path in await AllPathsAsync())
        {
            await visit.OpenAsync(path);
            // To the end, for what loads only when it is near.
            await visit.Page.EvaluateAsync("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })");
            if (await visit.Page.Locator(".math").CountAsync() > 0)
            {
                await visit.Page.Locator(".math").First.ScrollIntoViewIfNeededAsync();
                await Assertions.Expect(visit.Page.Locator(".math[data-typeset]").First).ToBeAttachedAsync();
                await visit.LettersAsync();
            }

            // Which unfolds the page too.
            faults.AddRange(await visit.Page.AxeFaultsButColoursAsync());
            foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                faults.AddRange(await visit.Page.ColourFaultsAsync(judged));
            }

            foreach (var width in new[] { 320, 390, 768, 1920, 1366 })
            {
                await visit.Page.SetViewportSizeAsync(width, 800);
                var content = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                if (content > width) faults.Add($"{path} is {content} px wide in a window of {width}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task Every_page_can_be_read_without_scripts()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        // What differs from one chapter of ours to the next is its text, of which the specimen has all there is.
        foreach (var path in (await AllPathsAsync()).Where(path => !IsChapter(path) || path is Specimen.Chapter or Chapter))
        {
            await visit.Page.GotoAsync(path);
            Assert.True(await visit.Page.Locator("h1").IsVisibleAsync(), path);
            Assert.True(await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cours", Exact = true }).First.IsVisibleAsync(), path);
            // A switch that would do nothing is not shown.
            Assert.False(await visit.Page.Locator(".theme").IsVisibleAsync(), path);
        }

        await visit.Page.GotoAsync(Specimen.Chapter);
        var fold = visit.Page.Locator("details.admonition").Filter(new() { HasText = "Un secret." }).First;
        Assert.False(await fold.GetByText("Un secret.").IsVisibleAsync());
        await fold.Locator("summary").ClickAsync();
        Assert.True(await fold.GetByText("Un secret.").IsVisibleAsync());
        Assert.True(await visit.Page.Locator("span.math").Filter(new() { HasText = "a^2 + b^2 = c^2" }).First.IsVisibleAsync());
        visit.Passed();
    }

    [Fact]
    public async Task Each_error_says_what_to_do_next_and_gives_its_number()
    {
        await using var visit = await browser.VisitAsync();
        foreach (var path in Errors)
        {
            var answer = await visit.Page.GotoAsync(path);
            Assert.Equal($"{answer!.Status}", await visit.Page.Locator(".status").TextContentAsync());
            Assert.False(string.IsNullOrWhiteSpace(await visit.Page.Locator(".reference code").TextContentAsync()));
        }

        await visit.Page.GotoAsync(Errors[0]);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Voir les cours" }).ClickAsync();
        await visit.ReachAsync("/cours$");
        visit.Passed();
    }

    static bool IsChapter(string path) => path.StartsWith("/cours/", StringComparison.Ordinal) && path.Count('/') == 3;

    async Task<IEnumerable<string>> AllPathsAsync()
    {
        var found = (await browser.CrawlAsync()).Pages;
        Assert.Contains(Specimen.Chapter, found);
        Assert.Contains(Chapter, found);
        Assert.Contains("/cours?page=2", found);
        Assert.Empty(Studies.Except(found));
        Assert.Empty(Programme.Except(found));
        Assert.Contains(Exercises[0], found);
        // Twelve alike teach nothing more than one, nor do eight exercises of each chapter more than one of each kind.
        return found.Where(path => !path.StartsWith("/cours/divers-", StringComparison.Ordinal) && (!path.StartsWith("/etudes/", StringComparison.Ordinal) || Studies.Contains(path)) && (!path.StartsWith("/programme", StringComparison.Ordinal) || Programme.Contains(path)) && !path.Contains("/exercices/", StringComparison.Ordinal))
            .Append("/cours/divers-1/seul").Concat(Exercises).Concat(Exercises.Select(path => path + "/reponse")).Concat(Errors);
    }
}
