using Microsoft.Playwright;
using NsiPortal.Commands.Seeding;

namespace NsiPortal.Browser;

/// <summary>A pupil's day in a browser. Each test is another pupil of the demo class, so that none minds what another does.</summary>
public sealed class StudentTests(BrowserFixture browser)
{
    const string Chapter = "/cours/bases-de-donnees-et-sql/sgbd";
    const string Matching = $"{Chapter}/exercices/1";
    const string Choices = $"{Chapter}/exercices/4";
    const string Short = $"{Chapter}/exercices/3";
    const string Gaps = $"{Chapter}/exercices/5";
    const string Parsons = $"{Chapter}/exercices/7";
    const string Free = $"{Chapter}/exercices/8";

    internal static string[] OfEachKind { get; } = [Matching, Choices, Short, Gaps, Parsons, Free];

    static readonly string[] Mine =
    [
        "/moi", "/moi/statistiques", "/moi/tentatives", "/moi/badges", $"/moi/progression{Chapter["/cours".Length..]}", "/profil", "/profil/suppression", "/mot-de-passe", "/rejoindre",
        "/deconnexion", "/classement", "/classement?periode=toujours", "/classement/ligue", "/classes/1/classement", Chapter, Choices, Parsons,
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_of_a_pupil_has_an_accessibility_fault_or_complains(ColorScheme scheme)
    {
        await using var visit = await SignedInAsync(DemoPeople.Pupil, new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await JudgeAsync(visit, Mine);
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_of_a_teacher_has_an_accessibility_fault_or_complains(ColorScheme scheme)
    {
        await using var visit = await SignedInAsync(DemoPeople.Teacher, new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await JudgeAsync(visit, "/prof/classes", "/prof/classes/1");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = scheme == ColorScheme.Light ? "Yanis" : "Victor" });
        await row.GetByRole(AriaRole.Link, new() { Name = "Nouveau mot de passe" }).ClickAsync();
        await JudgeAsync(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Donner un nouveau mot de passe" }).ClickAsync();
        Assert.Equal(14, (await visit.Page.Locator(".slip .password").TextContentAsync())!.Length);
        await JudgeAsync(visit);
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact]
    public async Task No_page_of_a_pupil_is_wider_than_a_phone()
    {
        await using var visit = await SignedInAsync(DemoPeople.Pupil);
        await visit.Page.SetViewportSizeAsync(320, 800);
        // Those with long units and holes, by which pages are widened.
        string[] wide =
        [
            "algorithmique/parcours-sequentiel/exercices/6", "structures-de-donnees/piles-et-files/exercices/7", "structures-de-donnees/listes-et-listes-chainees/exercices/6",
            "types-de-base-et-types-construits/entiers-naturels-et-bases/exercices/6",
        ];
        foreach (var path in Mine.Concat(OfEachKind).Concat(wide.Select(exercise => $"/cours/{exercise}")))
        {
            await OpenAsync(visit, path);
            var width = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= 320, $"{path} is {width} px wide");
        }

        visit.Passed();
    }

    [Fact]
    public async Task An_answer_is_judged_in_the_page_and_shows_on_the_next_one()
    {
        await using var visit = await SignedInAsync("Ada");
        await OpenAsync(visit, Short);
        await visit.Page.GetByLabel("Votre réponse").Last.FillAsync("je ne sais pas");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#p-verdict")).ToContainTextAsync("pas encore");
        Assert.Equal("p-verdict", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("je ne sais pas", await visit.Page.GetByLabel("Votre réponse").Last.InputValueAsync());

        await visit.OpenAsync("/moi/tentatives");
        await Assertions.Expect(visit.Page.Locator("tbody tr").First).ToContainTextAsync("faux");
        visit.Passed();
    }

    [Fact]
    public async Task Lines_are_put_in_order_with_keys_alone()
    {
        await using var visit = await SignedInAsync("Alix");
        await OpenAsync(visit, Parsons);
        var lines = visit.Page.Locator(".parsons li");
        await lines.First.Locator("[data-act=down]").FocusAsync();
        var moved = await lines.First.GetAttributeAsync("data-line");
        var key = $".parsons li[data-line='{moved}']";
        // Lines come one after the other only once they are in.
        await visit.Page.EvaluateAsync("document.querySelectorAll('.parsons li').forEach(li => { if (!li.querySelector('[data-order]').value) li.querySelector('[data-act=toggle]').click(); })");
        var before = await visit.Page.Locator($"{key} [data-order]").InputValueAsync();
        await visit.Page.Locator($"{key} [data-act=down]").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Alt+ArrowDown");
        Assert.Equal(int.Parse(before) + 1, int.Parse(await visit.Page.Locator($"{key} [data-order]").InputValueAsync()));
        await visit.Page.Keyboard.PressAsync("Alt+ArrowRight");
        Assert.Equal("1", await visit.Page.Locator($"{key} [data-indent]").InputValueAsync());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Valider", Exact = true }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#p-verdict")).ToBeVisibleAsync();
        visit.Passed();
    }

    [Fact]
    public async Task What_was_typed_is_found_again_on_another_computer()
    {
        await using (var school = await SignedInAsync("Amine"))
        {
            await OpenAsync(school, Free);
            await school.Page.GetByLabel("Votre réponse").Last.FillAsync("Les deux mises à jour");
            await Assertions.Expect(school.Page.Locator(".draft-state")).ToContainTextAsync("enregistré");
            school.Passed();
        }

        await using var home = await SignedInAsync("Amine");
        await OpenAsync(home, Free);
        Assert.Equal("Les deux mises à jour", (await home.Page.GetByLabel("Votre réponse").Last.InputValueAsync()).Trim());
        home.Passed();
    }

    [Fact]
    public async Task An_answer_given_without_network_leaves_when_it_is_back_and_counts_once()
    {
        await using var visit = await SignedInAsync("Anaïs");
        await OpenAsync(visit, Short);
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.GetByLabel("Votre réponse").Last.FillAsync("42000");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Valider", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".draft-state")).ToContainTextAsync("réseau");
        Assert.Equal("42000", await visit.Page.GetByLabel("Votre réponse").Last.InputValueAsync());
        await visit.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(visit.Page.Locator("#p-verdict")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".tries").First).ToContainTextAsync("2 essais");
        visit.Passed();
    }

    // The times that count are the server's; by the browser's own, what was typed just now would be years old, or is yet to come.
    [Theory]
    [InlineData("Chiara", 2019)]
    [InlineData("Camille", 2035)]
    public async Task A_wrong_clock_of_the_browser_loses_nothing_and_counts_for_nothing(string nickname, int year)
    {
        await using var visit = await SignedInAsync(nickname, test: $"{nameof(A_wrong_clock_of_the_browser_loses_nothing_and_counts_for_nothing)}{year}");
        await visit.Page.Clock.SetFixedTimeAsync(new DateTime(year, 1, 15, 12, 0, 0, DateTimeKind.Utc));
        await OpenAsync(visit, Short);
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.GetByLabel("Votre réponse").Last.FillAsync("42000");
        await Assertions.Expect(visit.Page.Locator(".draft-state")).ToContainTextAsync("réseau");
        await visit.Page.Context.SetOfflineAsync(false);

        await OpenAsync(visit, Short);
        Assert.Equal("42000", await visit.Page.GetByLabel("Votre réponse").Last.InputValueAsync());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Valider", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#p-verdict")).ToBeVisibleAsync();
        await visit.OpenAsync("/moi/tentatives");
        await Assertions.Expect(visit.Page.Locator("tbody tr").First).ToContainTextAsync($"{TimeProvider.System.GetUtcNow().Year}");
        visit.Passed();
    }

    [Fact]
    public async Task After_signing_out_the_way_back_shows_nothing_personal()
    {
        await using var visit = await SignedInAsync("Axelle");
        await visit.OpenAsync(Chapter);
        await Assertions.Expect(visit.Page.Locator("#p-me")).ToContainTextAsync("Axelle");
        await visit.OpenAsync("/moi");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Se déconnecter" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter", Exact = true }).ClickAsync();
        await visit.ReachAsync("/$");
        for (var step = 0; step < 3; step++)
        {
            await visit.Page.GoBackAsync();
            await visit.LettersAsync();
            await Assertions.Expect(visit.Page.Locator("body")).Not.ToContainTextAsync("Axelle");
        }

        visit.Passed();
    }

    [Fact]
    public async Task Without_scripts_an_exercise_is_answered_on_a_page_of_its_own()
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.Page.GotoAsync(Matching);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Répondre" }).ClickAsync();
        foreach (var choice in await visit.Page.Locator(".matching select").AllAsync()) await choice.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Valider", Exact = true }).ClickAsync();
        Assert.EndsWith("/reponse", visit.Page.Url, StringComparison.Ordinal);
        Assert.True(await visit.Page.Locator("#p-verdict").IsVisibleAsync());
        // A visitor is told how to keep it.
        Assert.True(await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Créer un compte" }).IsVisibleAsync());
        visit.Passed();
    }

    [Fact]
    public async Task A_new_pupil_signs_up_with_the_code_and_keeps_what_they_tried()
    {
        await using var visit = await browser.VisitAsync();
        await OpenAsync(visit, Short);
        await visit.Page.GetByLabel("Votre réponse").Last.FillAsync("7");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#p-verdict")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Créer un compte" }).ClickAsync();
        await visit.Page.GetByLabel("Code de la classe").FillAsync("dem-ensi");
        await visit.Page.GetByLabel("Pseudo").FillAsync("Nouvelle venue");
        await visit.Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync("trois petits chats");
        await visit.Page.GetByLabel("Le même mot de passe").FillAsync("trois petits chats");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Créer mon compte" }).ClickAsync();
        await visit.ReachAsync($"{Short}$");
        await Assertions.Expect(visit.Page.Locator("#p-me")).ToContainTextAsync("Nouvelle venue");
        await visit.OpenAsync("/moi/tentatives");
        Assert.Equal(1, await visit.Page.Locator("tbody tr").CountAsync());
        visit.Passed();
    }

    static async Task JudgeAsync(Visit visit, params string[] paths)
    {
        var faults = new List<string>();
        foreach (var path in paths.Length > 0 ? paths : [""])
        {
            if (path.Length > 0) await OpenAsync(visit, path);
            faults.AddRange(await visit.Page.AxeFaultsAsync());
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>With the parts that come apart.</summary>
    static async Task OpenAsync(Visit visit, string path)
    {
        await visit.OpenAsync(path);
        if (path.Contains("/exercices/", StringComparison.Ordinal)) await Assertions.Expect(visit.Page.Locator(".answer-form")).ToBeVisibleAsync();
        if (await visit.Page.EvaluateAsync<bool>("document.cookie.includes('connecte=1')")) await Assertions.Expect(visit.Page.Locator("#p-me .avatar")).ToBeAttachedAsync();
    }

    async Task<Visit> SignedInAsync(string nickname, BrowserNewContextOptions? options = null, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var visit = await browser.VisitAsync(options, test: test);
        await visit.SignInAsync(nickname, DemoPeople.Password);
        return visit;
    }
}
