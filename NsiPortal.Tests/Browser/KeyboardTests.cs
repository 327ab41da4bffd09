using Microsoft.Playwright;

namespace NsiPortal.Browser;

public sealed class KeyboardTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_first_stop_leads_past_the_header()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/cours");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Aller au contenu", await FocusedAsync(visit.Page, "e.textContent"));
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("p-main", await FocusedAsync(visit.Page, "e.id"));
        visit.Passed();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cours")]
    [InlineData("/cours/specimen")]
    [InlineData(Specimen.Chapter)]
    public async Task Everything_that_acts_is_reached_and_seen(string path)
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await visit.OpenAsync(path);
        // Diagrams are drawn when somebody comes near, with stops of their own.
        var diagrams = visit.Page.Locator("figure:is([data-language=mermaid], [data-language=dot])");
        if (await diagrams.CountAsync() > 0) await diagrams.First.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(diagrams.Filter(new() { HasNot = visit.Page.Locator(".diagram-view, .diagram-fault") })).ToHaveCountAsync(0);
        await visit.Page.EvaluateAsync("scrollTo(0, 0)");
        // One radio button of a group is a stop, and one tab; what is not displayed is none.
        var expected = await visit.Page.EvaluateAsync<int>("""
            [...document.querySelectorAll("a[href], button:not([tabindex='-1']), summary, [tabindex='0'], input:checked")].filter(e => e.checkVisibility()).length
            """);

        var seen = new HashSet<int>();
        var unseen = new List<string>();
        for (var press = 0; press < expected; press++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var stop = await visit.Page.EvaluateAsync<Stop>("""
                () => {
                  const e = document.activeElement;
                  const drawn = (node) => node && getComputedStyle(node).outlineStyle !== "none" && parseFloat(getComputedStyle(node).outlineWidth) >= 2;
                  const box = e.getBoundingClientRect();
                  return { place: [...document.querySelectorAll("*")].indexOf(e), html: e.outerHTML.slice(0, 120),
                           seen: (drawn(e) || drawn(e.closest("label, .card, .chapters li"))) && box.bottom > 0 && box.top < innerHeight };
                }
                """);
            seen.Add(stop.Place);
            if (!stop.Seen) unseen.Add(stop.Html);
        }

        Assert.Equal([], unseen);
        Assert.Equal(expected, seen.Count);
        visit.Passed();
    }

    static Task<string> FocusedAsync(IPage page, string what) => page.EvaluateAsync<string>($"(e => {what})(document.activeElement)");

    sealed class Stop
    {
        public int Place { get; set; }
        public string Html { get; set; } = "";
        public bool Seen { get; set; }
    }
}
