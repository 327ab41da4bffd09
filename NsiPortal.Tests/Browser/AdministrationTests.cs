using Microsoft.Playwright;
using NsiPortal.Commands.Seeding;

namespace NsiPortal.Browser;

/// <summary>Search and administration in a browser.</summary>
public sealed class AdministrationTests(BrowserFixture browser)
{
    static readonly string[] Paths =
    [
        "/recherche?q=jointure", "/recherche?q=zorglub", "/recherche", "/admin", "/admin/actualisation", "/admin/utilisateurs", "/admin/utilisateurs?debut=zz", "/admin/utilisateurs/1", "/admin/cache",
        "/admin/cache/oubli?tag=courses", "/admin/cache/oubli?tag=rien", "/admin/cache/vidage", "/admin/journal", "/admin/journal?acte=CacheCleared",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_has_an_accessibility_fault_or_is_wider_than_a_phone(ColorScheme scheme)
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await visit.SignInAsync(DemoPeople.Administrator, DemoPeople.Password);

        await visit.Page.GotoAsync("/admin/cache/vidage");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Vider" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Le cache est vide");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Journal" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("tbody tr").First).ToContainTextAsync("Cache vidé");

        var faults = new List<string>();
        foreach (var path in Paths)
        {
            // Where nothing is found, the page tells so with a status of its own.
            await visit.Page.SetViewportSizeAsync(1366, 768);
            await visit.Page.GotoAsync(path);
            faults.AddRange(await visit.Page.AxeFaultsAsync());
            await visit.Page.SetViewportSizeAsync(320, 640);
            var width = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 320) faults.Add($"{path} is {width} px wide");
        }

        Assert.Equal([], faults);
        visit.Passed();
    }

    [Fact]
    public async Task A_word_typed_into_the_header_is_found_by_the_keyboard_alone()
    {
        await using var visit = await browser.VisitAsync();
        await visit.Page.SetViewportSizeAsync(1366, 768);
        await visit.OpenAsync("/");
        await visit.Page.Locator("#p-q").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("Jointures externes");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ReachAsync(@"/recherche\?q=");
        await Assertions.Expect(visit.Page.Locator("#r-q")).ToHaveValueAsync("jointures externes");
        Assert.NotEqual(0, await visit.Page.Locator(".results mark").CountAsync());
        await visit.Page.Locator(".results h3 a").First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ReachAsync("/cours/bases-de-donnees-et-sql/");
        Assert.Empty(visit.Faults);
        visit.Passed();
    }
}
