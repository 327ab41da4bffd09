using System.Text;
using Microsoft.Playwright;
using NsiPortal.Commands.Seeding;

namespace NsiPortal.Browser;

/// <summary>A teacher runs a class in a browser.</summary>
public sealed class ClassTests(BrowserFixture browser)
{
    static readonly string[] Pages = ["", "/affiche", "/reglages", "/liste", "/travail", "/grille", "/notes", "/corrections", "/a-noter"];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_of_a_class_has_an_accessibility_fault_or_is_wider_than_a_phone(ColorScheme scheme)
    {
        await using var visit = await TeacherAsync(new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var faults = new List<string>();
        foreach (var page in Pages)
        {
            await visit.OpenAsync($"/prof/classes/1{page}");
            faults.AddRange(await visit.Page.AxeFaultsAsync());
            await visit.Page.SetViewportSizeAsync(320, 800);
            if (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > 320 and var width) faults.Add($"{page} is {width} px wide");
            await visit.Page.SetViewportSizeAsync(1366, 768);
        }

        Assert.Empty(faults);
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    // Scripts are off: each step is a form or a link.
    [Fact]
    public async Task A_class_is_made_from_a_file_given_work_and_a_pupil_taken_out_and_back_without_scripts()
    {
        await using var visit = await TeacherAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = visit.Page;
        await page.GotoAsync("/prof/classes");
        await page.GetByLabel("Nom de la classe").FillAsync("Classe du navigateur");
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer la classe" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ajouter une liste d’élèves" }).ClickAsync();
        // As an old spreadsheet saves it.
        await page.GetByLabel("Fichier CSV").SetInputFilesAsync(new FilePayload { Name = "élèves.csv", MimeType = "text/csv", Buffer = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Pseudo;Mot de passe\r\nHéloïse;\r\nÉmile;\r\nx;\r\n") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Vérifier la liste" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Pseudo trop court" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer 2 comptes" }).ClickAsync();
        Assert.Equal(2, await page.Locator(".slip .password").CountAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Retour à Classe du navigateur" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Retirer Héloïse" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer Héloïse" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Héloïse ne fait plus partie de la classe.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler Héloïse" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Héloïse" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Travail", Exact = true }).ClickAsync();
        await page.GetByLabel("Chapitre").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Pour le").FillAsync("2090-01-14T18:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fixer la date" }).ClickAsync();
        await Assertions.Expect(page.GetByText("14/01/2090 à 18 h 00")).ToBeVisibleAsync();
        visit.Passed();
    }

    [Fact]
    public async Task The_button_of_a_slip_prints_it()
    {
        await using var visit = await TeacherAsync(new BrowserNewContextOptions());
        await visit.OpenAsync("/prof/classes/1");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Nouveau mot de passe Inès" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Donner un nouveau mot de passe" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".slip .password")).ToBeVisibleAsync();
        await visit.LoadedAsync();
        await visit.Page.EvaluateAsync("() => { window.print = () => { document.body.dataset.printed = 'yes'; }; }");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Imprimer" }).ClickAsync();
        Assert.Equal("yes", await visit.Page.Locator("body").GetAttributeAsync("data-printed"));
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    async Task<Visit> TeacherAsync(BrowserNewContextOptions options)
    {
        var visit = await browser.VisitAsync(options);
        await visit.SignInAsync(DemoPeople.Teacher, DemoPeople.Password);
        return visit;
    }
}
