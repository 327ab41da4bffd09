using Microsoft.Playwright;
using NsiPortal.Commands.Seeding;
using NsiPortal.Exchange.Uploads;

namespace NsiPortal.Browser;

/// <summary>A teacher puts pictures in a chapter and writes its exercises.</summary>
public sealed class SheetTests(BrowserFixture browser)
{
    const string Chapter = "/prof/cours/1/chapitres/6";
    const string Exercises = $"{Chapter}/exercices";

    static readonly string[] Kinds = ["qcm", "reponse-courte", "texte-a-trous", "parsons", "appariement", "reponse-libre"];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_of_files_or_exercises_has_an_accessibility_fault_or_is_too_wide(ColorScheme scheme)
    {
        await using var visit = await TeacherAsync(new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await visit.Page.GotoAsync(Exercises);
        var first = await visit.Page.Locator(".sheet h2 a").First.GetAttributeAsync("href");
        var faults = new List<string>();
        foreach (var path in Kinds.Select(kind => $"{Exercises}/nouveau/{kind}").Concat(["/prof/cours/1/fichiers", Exercises, first!, $"{first}/source"]))
        {
            await visit.OpenAsync(path);
            faults.AddRange(await visit.Page.AxeFaultsAsync());
            await visit.Page.SetViewportSizeAsync(320, 800);
            var width = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 320) faults.Add($"{path} is {width} px wide");
            await visit.Page.SetViewportSizeAsync(1366, 768);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task A_picture_that_is_chosen_is_described_and_stands_in_the_text()
    {
        await using var visit = await TeacherAsync();
        await visit.OpenAsync(Chapter);
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await visit.Page.Locator("#p-markdown").EvaluateAsync("text => { text.focus(); text.setSelectionRange(0, 0); }");
        await visit.Page.Locator(".insert input[type=file]").SetInputFilesAsync(new FilePayload { Name = "Mon Schéma.png", MimeType = "image/png", Buffer = Pictures.Png(grey: 77) });
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        Assert.Empty(await visit.Page.AxeFaultsAsync());
        // Nothing is inserted undescribed.
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Insérer" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".fault")).ToContainTextAsync("Décrivez l’image");
        await dialog.GetByLabel("Texte alternatif").FillAsync("Un carré gris");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Insérer" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        Assert.StartsWith("![Un carré gris](figures/mon-schema.png)\n\n", await visit.Page.Locator("#p-markdown").InputValueAsync(), StringComparison.Ordinal);
        // It is seen beside the text, as it is by its author alone until the chapter is released.
        await Assertions.Expect(visit.Page.Locator("#p-preview img[src$='mon-schema.png']")).ToBeVisibleAsync();
        Assert.True(await visit.Page.Locator("#p-preview img[src$='mon-schema.png']").EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth === 8; }"));

        // Pasted and given up, it is only sent; what is none is refused with the reason.
        await PasteAsync("image/png", "autre.png", Pictures.Png(grey: 78));
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visit.Page.Locator(".insert [role=status]")).ToContainTextAsync("Non inséré");
        await PasteAsync("image/png", "faux.png", [.. "PK\u0003\u0004"u8, .. new byte[20]]);
        await Assertions.Expect(visit.Page.Locator(".insert [role=status]")).ToContainTextAsync("une archive ZIP");
        // What was refused here, which Chromium notes, and nothing else.
        Assert.All(visit.Faults, fault => Assert.Contains("400 (Bad Request)", fault, StringComparison.Ordinal));
        visit.Passed();

        Task PasteAsync(string type, string name, byte[] bytes) => visit.Page.Locator("#p-markdown").EvaluateAsync(
            """
            (text, { type, name, bytes }) => {
                const data = new DataTransfer();
                data.items.add(new File([Uint8Array.from(bytes)], name, { type }));
                text.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """, new { type, name, bytes = bytes.Select(value => (int)value).ToArray() });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exercise_gains_a_row_and_is_tried_with_scripts_and_without(bool scripts)
    {
        await using var visit = await TeacherAsync(new BrowserNewContextOptions { JavaScriptEnabled = scripts });
        await visit.Page.GotoAsync($"{Exercises}/nouveau/qcm");
        await visit.Page.GetByLabel("Titre").FillAsync("Au clavier");
        await visit.Page.GetByLabel("Énoncé").FillAsync("Lequel ?");
        await visit.Page.GetByLabel("Choix 1", new() { Exact = true }).FillAsync("celui-ci");
        await visit.Page.GetByLabel("Juste (Choix 1)").CheckAsync();
        await visit.Page.GetByLabel("Choix 2", new() { Exact = true }).FillAsync("celui-là");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ajouter un choix" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByLabel("Choix 5", new() { Exact = true })).ToBeFocusedAsync();
        Assert.Equal("celui-ci", await visit.Page.GetByLabel("Choix 1", new() { Exact = true }).InputValueAsync());
        await visit.Page.Locator("#x-preview").ClickAsync();
        await visit.Page.Locator("#x-trial").GetByText("celui-ci").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Essayer cette réponse" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".verdict-right")).ToBeVisibleAsync();
        await visit.Page.Locator("#x-points").FillAsync("99");
        await visit.Page.Locator("#x-preview").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#x-points-fault")).ToContainTextAsync("de 1 à 20");
        Assert.Equal("Au clavier", await visit.Page.GetByLabel("Titre").InputValueAsync());
        visit.Passed();
    }

    async Task<Visit> TeacherAsync(BrowserNewContextOptions? options = null, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var visit = await browser.VisitAsync(options, test: test);
        await visit.SignInAsync(DemoPeople.Teacher, DemoPeople.Password);
        return visit;
    }
}
