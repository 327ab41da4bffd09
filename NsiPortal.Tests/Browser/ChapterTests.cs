using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NsiPortal.Browser;

/// <summary>What scripts and paper add to a chapter.</summary>
public sealed class ChapterTests(BrowserFixture browser)
{
    [Fact]
    public async Task Code_is_copied_as_it_was_written_and_said_so()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { Permissions = ["clipboard-read", "clipboard-write"] });
        await visit.OpenAsync(Specimen.Chapter);
        var figure = visit.Page.Locator("figure.code").First;
        Assert.Equal(["\u20078", "\u20079", "10"], await figure.Locator(".line").EvaluateAllAsync<string[]>("lines => lines.map(line => line.dataset.number)"));

        await figure.GetByRole(AriaRole.Button, new() { Name = "Copier le code" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Code copié");
        var copied = await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith("def carre(x: int) -> int:\n", copied, StringComparison.Ordinal);
        Assert.EndsWith("    return x ** 2  # commentaire\n", copied, StringComparison.Ordinal);

        // By hand, too: neither numbers nor empty lines come along.
        var selected = await figure.Locator("code").EvaluateAsync<string>("code => { getSelection().selectAllChildren(code); return String(getSelection()); }");
        Assert.Equal(copied.TrimEnd(), selected.TrimEnd());
        visit.Passed();
    }

    [Fact]
    public async Task Code_is_coloured_and_formulas_are_typeset()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync(Specimen.Chapter);
        await visit.Page.Locator("figure.code").First.ScrollIntoViewIfNeededAsync();
        await Expect(visit.Page.Locator("pre .hljs-keyword").First).ToHaveTextAsync("def");
        await Expect(visit.Page.Locator("p code .hljs-built_in")).ToHaveTextAsync("print");

        await visit.Page.Locator("div.math").First.ScrollIntoViewIfNeededAsync();
        await Expect(visit.Page.Locator("div.math .katex-display")).ToBeVisibleAsync();
        // A formula that is not one stays readable.
        var unreadable = visit.Page.Locator(".math:not([data-typeset])");
        await Expect(unreadable).ToContainTextAsync(@"\frac{1 Formule illisible : ");
        await Expect(unreadable).ToContainTextAsync("expected '}'");
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task Tabs_are_walked_through_by_the_keyboard_and_groups_do_not_mix()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync(Specimen.Chapter);
        var groups = visit.Page.Locator(".tabs");
        var first = groups.Nth(0);
        var tabs = first.GetByRole(AriaRole.Tab);
        await Expect(tabs).ToHaveTextAsync([new Regex("Énoncé"), new Regex("Solution"), new Regex("Autre solution")]);
        // The one that its author has chosen.
        await Expect(first.GetByRole(AriaRole.Tabpanel)).ToContainTextAsync("Du texte de l’autre solution.");

        await tabs.Nth(2).FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(tabs.Nth(0)).ToBeFocusedAsync();
        await Expect(tabs.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(first.GetByRole(AriaRole.Tabpanel)).ToContainTextAsync("Écrire une fonction.");
        await visit.Page.Keyboard.PressAsync("End");
        await Expect(tabs.Nth(2)).ToBeFocusedAsync();
        await Expect(groups.Nth(1).GetByRole(AriaRole.Tabpanel)).ToHaveTextAsync(new Regex("Le premier."));
        visit.Passed();
    }

    [Fact]
    public async Task Diagrams_are_drawn_and_say_what_they_show()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync(Specimen.Chapter);
        await visit.Page.Locator("[data-language=mermaid]").First.ScrollIntoViewIfNeededAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Img, new() { Name = "Diagramme (Début → Choix, Choix → Fin (oui), Choix → Début (non))" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Img, new() { Name = "Diagramme (a → b, a → c)" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".diagram-fault")).ToHaveTextAsync("Le portail ne dessine pas ce diagramme, dont voici la source. (sequenceDiagram)");
        await Expect(visit.Page.Locator("[data-language=mermaid]").Nth(1).Locator("pre")).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task A_link_to_what_a_tab_hides_opens_it()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync(Specimen.Chapter + "#cache-dans-un-onglet");
        await Expect(visit.Page.Locator("#cache-dans-un-onglet")).ToBeInViewportAsync();
        visit.Passed();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_paper_and_without_scripts_all_tabs_are_read(bool scripts)
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { JavaScriptEnabled = scripts });
        await visit.OpenAsync(Specimen.Chapter);
        if (scripts) await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        foreach (var text in (string[])["Énoncé", "Écrire une fonction.", "Autre solution", "Du texte de l’autre solution.", "Le premier.", "Le second."])
            await Expect(visit.Page.Locator(".tab").GetByText(text).First).ToBeVisibleAsync();
        visit.Passed();
    }

    [Fact]
    public async Task Formulas_far_below_are_not_loaded_before_they_are_near()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/cours/divers-1/seul");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("performance.getEntriesByType('resource').filter(e => /katex|highlight/.test(e.name)).length"));
        visit.Passed();
    }

    [Fact]
    public async Task The_table_of_contents_leads_to_each_heading_and_follows_the_reader()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await visit.OpenAsync("/cours/bases-de-donnees-et-sql/jointures");
        var links = visit.Page.Locator(".toc-side a");
        Assert.True(await links.CountAsync() >= 5);
        for (var i = 0; i < await links.CountAsync(); i++)
        {
            var link = links.Nth(i);
            await link.ClickAsync();
            var heading = visit.Page.Locator((await link.GetAttributeAsync("href"))!);
            await Expect(heading).ToBeInViewportAsync();
            await Expect(heading).ToContainTextAsync((await link.TextContentAsync())!);
            await Expect(link).ToHaveAttributeAsync("aria-current", "true");
        }

        Assert.Equal(1, await visit.Page.Locator(".toc-side [aria-current]").CountAsync());
        visit.Passed();
    }

    [Fact]
    public async Task On_a_phone_the_table_of_contents_is_folded()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        await visit.OpenAsync("/cours/bases-de-donnees-et-sql/jointures");
        var exercises = visit.Page.Locator(".toc-fold").GetByRole(AriaRole.Link, new() { Name = "Exercices" });
        await Expect(visit.Page.Locator(".toc-side")).ToBeHiddenAsync();
        await Expect(exercises).ToBeHiddenAsync();
        await visit.Page.Locator(".toc-fold summary").ClickAsync();
        await exercises.ClickAsync();
        await Expect(visit.Page.Locator("#exercices")).ToBeInViewportAsync();
        visit.Passed();
    }

    [Fact]
    public async Task Paper_shows_the_corrections_and_no_chrome()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync(Specimen.Chapter);
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        foreach (var chrome in new[] { ".header", ".footer", ".crumbs", ".toc-side", ".toc-fold", ".code .tools" })
            await Expect(visit.Page.Locator(chrome).First).ToBeHiddenAsync();
        Assert.False(await visit.Page.Locator("details.admonition").First.EvaluateAsync<bool>("e => e.open"));
        await Expect(visit.Page.GetByText("Un secret.").First).ToBeVisibleAsync();

        await visit.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(0, await visit.Page.Locator("details.admonition:not([open])").CountAsync());
        await visit.Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.NotEqual(0, await visit.Page.Locator("details.admonition:not([open])").CountAsync());
        visit.Passed();
    }
}
