using Microsoft.Playwright;
using NsiPortal.Features.Teach.Chapters;
using NsiPortal.Support;

namespace NsiPortal.Browser;

/// <summary>A teacher writes a chapter in a browser.</summary>
public sealed class AuthoringTests(BrowserFixture browser) : IAsyncLifetime
{
    readonly Cast cast = new();
    string course = "";
    string chapter = "";

    public async ValueTask InitializeAsync()
    {
        await cast.StartAsync();
        course = $"/prof/cours/{cast.CourseOfHopper}";
        chapter = $"{course}/chapitres/{cast.ChapterOfHopper}";
    }

    public ValueTask DisposeAsync() => cast.DisposeAsync();

    [Fact(Timeout = 600_000)]
    public async Task A_chapter_is_seen_saved_kept_without_network_and_published()
    {
        await using var visit = await SignedInAsync();
        var page = visit.Page;
        await visit.OpenAsync(chapter);
        var (text, saved) = (page.GetByLabel("Texte", new() { Exact = true }), page.Locator("#p-saved"));
        await text.FillAsync("## Externe\n\nUne jointure **externe** garde tout.");
        await Assertions.Expect(page.Locator("#p-preview strong")).ToHaveTextAsync("externe");
        await Assertions.Expect(saved).ToContainTextAsync("Enregistré");
        await JudgeAsync(visit);
        Assert.Empty(visit.Faults);

        // The network goes, and comes back: nothing is lost and nobody presses anything.
        await page.Context.SetOfflineAsync(true);
        await text.PressSequentiallyAsync(" Toujours.");
        await Assertions.Expect(saved).ToContainTextAsync("Pas de réseau");
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(saved).ToContainTextAsync("Enregistré");

        // The server does not answer, and the page is closed: the browser has kept it.
        await page.RouteAsync("**/brouillon", route => route.AbortAsync());
        await text.PressSequentiallyAsync(" Même seul.");
        await Assertions.Expect(saved).ToContainTextAsync("Pas de réseau");
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.ReloadAsync();
        await Assertions.Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Même seul"));
        await page.UnrouteAsync("**/brouillon");
        await Assertions.Expect(saved).ToContainTextAsync("Enregistré");

        await page.GetByLabel("Ce qui change").FillAsync("Jointures externes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier les modifications" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("révision 2");
        await page.GotoAsync(Cast.Chapter);
        await Assertions.Expect(page.Locator(".prose")).ToContainTextAsync("Toujours. Même seul.");
        visit.Passed();
    }

    [Fact(Timeout = 600_000)]
    public async Task Two_who_write_at_once_are_told_and_chapters_are_dragged()
    {
        await using var visit = await SignedInAsync();
        var page = visit.Page;
        await visit.OpenAsync(course);
        await page.GetByLabel("Titre d’un nouveau chapitre").FillAsync("Sous-requêtes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter le chapitre" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sous-requêtes");
        await visit.OpenAsync(course);
        await page.Locator(".order li").Nth(1).Locator(".grip").DragToAsync(page.Locator(".order li").First, new() { TargetPosition = new() { X = 20, Y = 2 } });
        await Assertions.Expect(page.Locator(".order li").First).ToContainTextAsync("Sous-requêtes");
        await visit.OpenAsync(course);
        await Assertions.Expect(page.Locator(".order li").First).ToContainTextAsync("Sous-requêtes");

        await visit.OpenAsync(chapter);
        using (var bursar = await cast.SignInAsync(Cast.Bursar))
        {
            var desk = await Desk.OpenAsync(bursar, chapter);
            desk["Texte"] = "Texte de l’intendance.";
            await desk.AutosaveAsync();
        }

        await page.Locator("#p-markdown").FillAsync("Texte de Grace.");
        var conflict = page.Locator("#p-conflict section");
        await Assertions.Expect(conflict).ToContainTextAsync(Cast.Bursar);
        await JudgeAsync(visit);
        await conflict.GetByRole(AriaRole.Button, new() { Name = "Garder le mien" }).ClickAsync();
        await Assertions.Expect(conflict).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#p-saved")).ToContainTextAsync("Enregistré");

        await visit.OpenAsync($"{chapter}/revisions/1?avec=brouillon");
        await JudgeAsync(visit);
        foreach (var path in new[] { "/prof/cours", $"{chapter}/revisions", $"{chapter}/eleve", "/prof/corbeille", chapter, course })
        {
            await page.SetViewportSizeAsync(320, 800);
            await visit.OpenAsync(path);
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= 320, $"{path} is {width} px wide");
            var faults = await page.AxeFaultsAsync();
            Assert.True(faults.Length == 0, $"{path}:\n{string.Join('\n', faults)}");
        }

        visit.Passed();
    }

    /// <summary>In light and in dark.</summary>
    static async Task JudgeAsync(Visit visit)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var faults = await visit.Page.AxeFaultsAsync();
            Assert.True(faults.Length == 0, $"{visit.Page.Url}, {scheme}:\n{string.Join('\n', faults)}");
        }
    }

    async Task<Visit> SignedInAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var visit = await browser.VisitAsync(other: cast.Host, test: test);
        await visit.SignInAsync(Cast.Hopper, Cast.Password);
        return visit;
    }
}
