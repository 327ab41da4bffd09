using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NsiPortal.Browser;

public sealed class ThemeTests(BrowserFixture browser)
{
    const string Background = "getComputedStyle(document.documentElement).backgroundColor";

    [Fact]
    public async Task A_chosen_theme_is_kept_and_the_system_can_be_followed_again()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        await visit.OpenAsync("/");
        var light = await visit.Page.EvaluateAsync<string>(Background);
        await Expect(Choice(visit, "Thème du système")).ToBeCheckedAsync();

        await Choice(visit, "Thème sombre").CheckAsync(new LocatorCheckOptions { Force = true });
        var dark = await visit.Page.EvaluateAsync<string>(Background);
        Assert.NotEqual(light, dark);

        await visit.OpenAsync("/cours");
        Assert.Equal(dark, await visit.Page.EvaluateAsync<string>(Background));
        await Expect(Choice(visit, "Thème sombre")).ToBeCheckedAsync();
        Assert.Equal("#1b1e27", await visit.Page.Locator("meta[name=theme-color]").First.GetAttributeAsync("content"));

        await Choice(visit, "Thème du système").CheckAsync(new LocatorCheckOptions { Force = true });
        Assert.Equal(light, await visit.Page.EvaluateAsync<string>(Background));
        visit.Passed();
    }

    static ILocator Choice(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Radio, new() { Name = name });
}
