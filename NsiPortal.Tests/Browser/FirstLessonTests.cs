using Microsoft.Playwright;
using NsiPortal.Exchange.Uploads;
using NsiPortal.Support;

namespace NsiPortal.Browser;

/// <summary>A teacher's first evening: from signing in to a class that reads a chapter of theirs.</summary>
public sealed class FirstLessonTests(BrowserFixture browser) : IAsyncLifetime
{
    readonly Cast cast = new();
    int actions;

    public ValueTask InitializeAsync() => new(cast.StartAsync());

    public ValueTask DisposeAsync() => cast.DisposeAsync();

    [Fact(Timeout = 240_000)]
    public async Task A_chapter_with_a_picture_a_formula_and_an_exercise_is_read_by_a_class_after_forty_actions_at_most()
    {
        await using var teacher = await browser.VisitAsync(other: cast.Host);
        await GoAsync(teacher, "/connexion");
        await FillAsync(teacher, "Pseudo", Cast.Hopper);
        await FillAsync(teacher, "Mot de passe", Cast.Password);
        await PressAsync(teacher, "Se connecter");

        await FollowAsync(teacher, "Mes cours");
        await FillAsync(teacher, "Titre", "Trigonométrie et images");
        await PressAsync(teacher, "Créer le cours");
        await FillAsync(teacher, "Titre d’un nouveau chapitre", "Le cercle");
        await PressAsync(teacher, "Ajouter le chapitre");

        await FillAsync(teacher, "Texte", "## Une formule\n\nOn a toujours $a^2 + b^2 = c^2$.\n\n");
        actions++;
        await teacher.Page.Locator(".insert input[type=file]").SetInputFilesAsync(new FilePayload { Name = "cercle.png", MimeType = "image/png", Buffer = Pictures.Png(grey: 90) });
        var dialog = teacher.Page.GetByRole(AriaRole.Dialog);
        actions++;
        await dialog.GetByLabel("Texte alternatif").FillAsync("Un cercle et son rayon");
        actions++;
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Insérer" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await PressAsync(teacher, "Publier maintenant");
        await Assertions.Expect(teacher.Page.Locator(".page-head")).ToContainTextAsync("révision 1");

        await FollowAsync(teacher, "Exercices");
        await FollowAsync(teacher, "Réponse courte");
        await FillAsync(teacher, "Titre", "Le rayon");
        await FillAsync(teacher, "Énoncé", "Un cercle a un diamètre de 8. Quel est son rayon ?");
        await FillAsync(teacher, "Réponse 1", "4", teacher.Page.GetByRole(AriaRole.Group, new() { Name = "Réponses acceptées" }));
        await PressAsync(teacher, "Enregistrer");
        await Assertions.Expect(teacher.Page.Locator(".sheet")).ToContainTextAsync("Le rayon");

        await FollowAsync(teacher, "Trigonométrie et images");
        await PressAsync(teacher, "Publier le cours");
        await FollowAsync(teacher, "Mon espace", teacher.Page.Locator("header"));
        await FollowAsync(teacher, "Mes classes");
        await FillAsync(teacher, "Nom de la classe", "Terminale, groupe 3");
        await PressAsync(teacher, "Créer la classe");
        var code = await teacher.Page.Locator(".join-code").First.InnerTextAsync();

        await using var pupil = await browser.VisitAsync(other: cast.Host);
        await GoAsync(pupil, "/inscription");
        await FillAsync(pupil, "Code de la classe", code);
        await FillAsync(pupil, "Pseudo", "Blaise");
        await FillAsync(pupil, "Mot de passe", "quatre gros chats");
        await FillAsync(pupil, "Le même mot de passe, encore une fois", "quatre gros chats");
        await PressAsync(pupil, "Créer mon compte");
        await pupil.ReachAsync("/moi$");
        await GoAsync(pupil, "/cours/trigonometrie-et-images/le-cercle");

        await Assertions.Expect(pupil.Page.Locator(".math[data-typeset]")).ToBeAttachedAsync();
        Assert.True(await pupil.Page.GetByAltText("Un cercle et son rayon").EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth > 0; }"));
        await FollowAsync(pupil, "Le rayon");
        await FillAsync(pupil, "Votre réponse", "4", pupil.Page.Locator(".answer-form"));
        await PressAsync(pupil, "Valider");
        await Assertions.Expect(pupil.Page.Locator("#p-verdict")).ToContainTextAsync("juste", new() { IgnoreCase = true });

        Assert.InRange(actions, 20, 40);
        Assert.Empty(teacher.Faults.Concat(pupil.Faults));
        teacher.Passed();
        pupil.Passed();
    }

    Task GoAsync(Visit visit, string path)
    {
        actions++;
        return visit.OpenAsync(path);
    }

    Task FillAsync(Visit visit, string label, string text, ILocator? within = null)
    {
        actions++;
        return (within?.GetByLabel(label, new() { Exact = true }) ?? visit.Page.GetByLabel(label, new() { Exact = true })).Last.FillAsync(text);
    }

    Task PressAsync(Visit visit, string name)
    {
        actions++;
        return visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).Last.ClickAsync();
    }

    Task FollowAsync(Visit visit, string name, ILocator? within = null)
    {
        actions++;
        return (within ?? visit.Page.Locator("main")).GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();
    }
}
