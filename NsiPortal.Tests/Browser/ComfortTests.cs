using Microsoft.Playwright;
using NsiPortal.Commands.Seeding;
using static Microsoft.Playwright.Assertions;

namespace NsiPortal.Browser;

/// <summary>Reading as one likes, where one stopped, and figures large enough.</summary>
public sealed class ComfortTests(BrowserFixture browser)
{
    const string Chapter = "/cours/bases-de-donnees-et-sql/jointures";
    const string Figures = "/cours/structures-de-donnees/arbres";

    static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new ViewportSize { Width = 390, Height = 844 }, ReducedMotion = ReducedMotion.Reduce };

    [Fact]
    public async Task What_is_chosen_is_kept_for_other_chapters_and_there_before_the_page()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync(Chapter);
        var (size, line) = (await SizeAsync(visit), await StyleAsync(visit, "lineHeight"));
        Assert.Equal("Normale", await visit.Page.Locator(".comforts label:has([name=p-text]:checked)").TextContentAsync());

        await ChooseAsync(visit);
        Assert.Equal(1.5, await SizeAsync(visit) / size, 0.01);
        Assert.NotEqual(line, await StyleAsync(visit, "lineHeight"));
        Assert.NotEqual("normal", await StyleAsync(visit, "letterSpacing"));
        Assert.Equal("pre-wrap", await visit.Page.Locator(".code pre").First.EvaluateAsync<string>("pre => getComputedStyle(pre).whiteSpace"));
        Assert.Empty(visit.Faults);

        // The scripts of the text come late: what was chosen does not wait for them.
        await visit.Page.RouteAsync("**/js/{chapter,prose,code}*.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        await visit.Page.GotoAsync(Specimen.Chapter);
        Assert.Equal(1.5, await SizeAsync(visit) / size, 0.01);
        await visit.Page.Locator(".comforts > summary").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Maximale" })).ToBeCheckedAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Normale" }).CheckAsync();
        Assert.Equal(size, await SizeAsync(visit), 0.01);
        visit.Passed();
    }

    [Fact]
    public async Task Where_nothing_may_be_kept_the_choice_lasts_as_long_as_the_page()
    {
        await using var visit = await browser.VisitAsync();
        await visit.Page.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })");
        await visit.OpenAsync(Chapter);
        var size = await SizeAsync(visit);
        await ChooseAsync(visit);
        Assert.Equal(1.5, await SizeAsync(visit) / size, 0.01);
        await visit.OpenAsync(Chapter);
        Assert.Equal(size, await SizeAsync(visit), 0.01);
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task The_largest_letters_with_the_most_room_fit_a_phone_and_are_in_order()
    {
        await using var visit = await browser.VisitAsync(Phone);
        await visit.OpenAsync(Specimen.Chapter);
        await ChooseAsync(visit);
        foreach (var path in new[] { Specimen.Chapter, Figures, StudentTests.OfEachKind[1] })
        {
            await visit.OpenAsync(path);
            await visit.Page.Locator(".comforts > summary").ClickAsync();
            foreach (var width in new[] { 320, 390, 768 })
            {
                await visit.Page.SetViewportSizeAsync(width, 844);
                var content = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                Assert.True(content <= width, $"{path} is {content} px wide in a window of {width}");
            }

            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                Assert.Empty(await visit.Page.AxeFaultsAsync(scheme == ColorScheme.Light ? [] : Axe.Colours));
            }
        }

        // Nothing scrolls aside but what is no text.
        Assert.Equal(0, await visit.Page.Locator(".code pre").EvaluateAllAsync<int>("all => all.filter(pre => pre.checkVisibility() && pre.scrollWidth > pre.clientWidth).length"));
        visit.Passed();
    }

    [Fact]
    public async Task A_chapter_offers_to_go_on_where_its_reader_stopped()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await visit.OpenAsync(Chapter);
        var resume = visit.Page.Locator(".resume");
        await Expect(resume).ToHaveCountAsync(0);
        var (title, top) = (await StopAsync(visit), await visit.Page.EvaluateAsync<int>("Math.round(scrollY)"));

        await visit.OpenAsync("/cours");
        await visit.OpenAsync(Chapter);
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("scrollY"));
        await Expect(resume).ToHaveTextAsync($"Reprendre la lecture\u00a0: {title}");
        await resume.ClickAsync();
        Assert.InRange(await visit.Page.EvaluateAsync<int>("Math.round(scrollY)"), top - 60, top + 60);
        await Expect(visit.Page.Locator(".prose h2:focus, .prose h3:focus")).ToHaveCountAsync(1);

        // An address that names a place says where to read.
        await visit.OpenAsync("/cours");
        await visit.OpenAsync(Chapter + "#exercices");
        await Expect(resume).ToHaveCountAsync(0);

        // Whoever has come to the end need not be sent back.
        await visit.Page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await visit.OpenAsync("/cours");
        await visit.OpenAsync(Chapter);
        await Expect(resume).ToHaveCountAsync(0);
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task Fifty_places_are_kept_and_those_of_somebody_who_has_left_are_not()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await visit.OpenAsync(Chapter);
        await visit.Page.EvaluateAsync("localStorage.setItem('places', JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`/cours/x/${n}`, ['a', n]]))))");
        await StopAsync(visit);
        await visit.OpenAsync("/cours");
        Assert.Equal(["/cours/x/11", Chapter], await visit.Page.EvaluateAsync<string[]>("(all => all.length === 50 ? [all[0], all.at(-1)] : all)(Object.keys(JSON.parse(localStorage.places)))"));

        await visit.SignInAsync(DemoPeople.Pupil, DemoPeople.Password);
        await visit.OpenAsync(Chapter);
        // What a visitor read is not the pupil's.
        await Expect(visit.Page.Locator(".resume")).ToHaveCountAsync(0);
        await StopAsync(visit);
        await visit.OpenAsync(Chapter);
        await Expect(visit.Page.Locator(".resume")).ToHaveCountAsync(1);

        await visit.Page.GotoAsync("/deconnexion");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter", Exact = true }).ClickAsync();
        await visit.ReachAsync("(?<!/deconnexion)$");
        await visit.OpenAsync("/cours");
        Assert.Equal(["places"], await visit.Page.EvaluateAsync<string[]>("Object.keys(localStorage).filter(key => key.startsWith('places'))"));
        visit.Passed();
    }

    [Fact]
    public async Task Figures_are_seen_at_their_full_size_by_the_keyboard_and_on_a_phone()
    {
        await using var visit = await browser.VisitAsync(Phone);
        await visit.OpenAsync(Figures);
        var picture = visit.Page.Locator(".figure img").First;
        await picture.ScrollIntoViewIfNeededAsync();
        var alternative = (await picture.GetAttributeAsync("alt"))!;
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Agrandir la figure ({alternative})" });
        await button.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = alternative });
        await Expect(dialog.GetByRole(AriaRole.Img, new() { Name = alternative })).ToBeVisibleAsync();
        var shown = (await picture.BoundingBoxAsync())!.Width;
        Assert.True((await dialog.GetByRole(AriaRole.Img).BoundingBoxAsync())!.Width > 1.4 * shown);
        var view = dialog.GetByRole(AriaRole.Region);
        Assert.True(await view.EvaluateAsync<bool>("view => view.scrollWidth > view.clientWidth && view.scrollLeft > 0"));
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            Assert.Empty(await visit.Page.AxeFaultsAsync());
        }

        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();

        // Whoever points presses the figure itself, and beside it to go back.
        await picture.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Fermer" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();

        await visit.OpenAsync(Specimen.Chapter);
        await visit.Page.Locator("[data-language=dot]").ScrollIntoViewIfNeededAsync();
        await visit.Page.Locator("[data-language=dot]").GetByRole(AriaRole.Button, new() { Name = "Agrandir la figure" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Img, new() { Name = "Diagramme (a → b, a → c)" })).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task What_is_printed_by_the_button_or_by_the_keys_is_drawn_first()
    {
        await using var visit = await browser.VisitAsync();
        await visit.Page.AddInitScriptAsync("globalThis.print = () => { document.documentElement.dataset.undrawn = document.querySelectorAll('.math:not([data-typeset])').length; }");
        foreach (var act in new[] { () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Imprimer" }).ClickAsync(), () => visit.Page.Keyboard.PressAsync("Control+p") })
        {
            await visit.OpenAsync("/cours/algorithmique/tri-par-selection");
            await Expect(visit.Page.Locator(".math[data-typeset]")).ToHaveCountAsync(0);
            await act();
            await Expect(visit.Page.Locator("[data-undrawn='0']")).ToBeAttachedAsync();
        }

        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task Without_scripts_nothing_is_offered_that_would_not_work()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.Page.GotoAsync(Figures);
        await Expect(visit.Page.Locator(".reading-bar")).ToBeHiddenAsync();
        await Expect(visit.Page.Locator(".figure img").First).ToBeVisibleAsync();
        visit.Passed();
    }

    static async Task ChooseAsync(Visit visit)
    {
        await visit.Page.Locator(".comforts > summary").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Maximale" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Passer à la ligne" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Espacement pour la dyslexie" }).CheckAsync();
    }

    /// <summary>Goes to a heading in the middle of the text and a little further.</summary>
    static Task<string> StopAsync(Visit visit) => visit.Page.EvaluateAsync<string>("""
        () => {
          const link = document.querySelectorAll('.toc-side a')[3];
          scrollBy({ top: document.getElementById(decodeURIComponent(link.hash.slice(1))).getBoundingClientRect().top + 30, behavior: 'instant' });
          return link.textContent;
        }
        """);

    static async Task<double> SizeAsync(Visit visit) => double.Parse((await StyleAsync(visit, "fontSize"))[..^2], System.Globalization.CultureInfo.InvariantCulture);

    static Task<string> StyleAsync(Visit visit, string property) => visit.Page.Locator(".prose > p").First.EvaluateAsync<string>("(paragraph, property) => getComputedStyle(paragraph)[property]", property);
}
