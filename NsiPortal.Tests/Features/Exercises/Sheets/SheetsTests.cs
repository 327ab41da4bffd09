using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Exercises;
using NsiPortal.Support;

namespace NsiPortal.Features.Exercises.Sheets;

/// <summary>A teacher writes exercises in forms and as text, looks at them, tries them, and puts them in order.</summary>
public sealed class SheetsTests(Cast cast) : IClassFixture<Cast>
{
    string List => $"/prof/cours/{cast.CourseOfHopper}/chapitres/{cast.ChapterOfHopper}/exercices";

    static (string, string)[] Choices(string title, string right = "disparaît") =>
    [
        ("Title", title), ("Statement", "Un auteur **sans livre** :"), ("Points", "2"), ("Required", "true"), ("Shuffled", "true"), ("Scoring", "tout-ou-rien"),
        ("Choices[0].Text", "disparaît"), ("Choices[1].Text", "reste"), (right == "disparaît" ? "Choices[0].Right" : "Choices[1].Right", "true"), ("Choices[1].Feedback", "Ce serait une jointure externe."),
        ("Hints[0]", "Comptez les lignes."),
    ];

    [Fact]
    public async Task An_exercise_is_written_tried_and_kept_and_pupils_see_it_at_once()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        var before = (await zoe.AskAsync(Cast.Chapter)).Text;
        Assert.DoesNotContain("Une question neuve", before, StringComparison.Ordinal);

        // A look keeps nothing.
        var look = await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("Une question neuve"), ("faire", "apercu")]);
        Assert.Equal(HttpStatusCode.OK, look.Status);
        Assert.Contains("<strong>sans livre</strong>", look.Text, StringComparison.Ordinal);
        Assert.Equal(0, await cast.Host.WithDbAsync(db => db.Exercises.CountAsync(e => e.Title == "Une question neuve")));

        // Nor does a try, which is graded as a pupil's.
        var key = look.Text.Split("name=\"r.choix\" value=\"").Skip(1).Select(part => part[..8]).ToList();
        var verdicts = new List<string>();
        foreach (var choice in key) verdicts.Add((await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("Une question neuve"), ("r.choix", choice), ("faire", "essayer")])).Text);
        Assert.Equal(1, verdicts.Count(text => text.Contains("verdict-right", StringComparison.Ordinal)));
        Assert.Equal(1, verdicts.Count(text => text.Contains("verdict-wrong", StringComparison.Ordinal)));
        Assert.Equal(0, await cast.Host.WithDbAsync(db => db.Attempts.CountAsync(a => a.UserId == cast.IdOf(Cast.Hopper))));

        Assert.Equal(List, (await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("Une question neuve"), ("faire", "enregistrer")])).Header("Location"));
        Assert.Contains("Une question neuve", (await zoe.AskAsync(Cast.Chapter)).Text, StringComparison.Ordinal);
        var number = await NumberAsync("Une question neuve");
        Assert.Contains("sans livre", (await zoe.AskAsync($"{Cast.Chapter}/exercices/{number}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_still_there_after_every_error_and_every_row()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var wrong = await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("<b>Titre</b>").Where(field => !field.Item1.EndsWith("Right", StringComparison.Ordinal)), ("Points", "50"), ("Correction", "Ligne 1\nLigne 2"), ("faire", "enregistrer")]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        var page = WebUtility.HtmlDecode(wrong.Text);
        foreach (var typed in new[] { "<b>Titre</b>", "Un auteur **sans livre** :", "disparaît", "Ce serait une jointure externe.", "Comptez les lignes.", "Ligne 1\nLigne 2", "aucun choix n’est juste" }) Assert.Contains(typed, page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>Titre</b>", wrong.Text, StringComparison.Ordinal);

        var another = await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("Titre"), ("faire", "ajouter Choices")]);
        Assert.Equal(HttpStatusCode.OK, another.Status);
        Assert.Contains("name=\"Choices[2].Text\"", another.Text, StringComparison.Ordinal);
        Assert.Contains("Comptez les lignes.", another.Text, StringComparison.Ordinal);
        var moved = WebUtility.HtmlDecode((await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("Titre"), ("faire", "monter Choices 1")])).Text);
        Assert.True(moved.IndexOf("value=\"reste\"", StringComparison.Ordinal) < moved.IndexOf("value=\"disparaît\"", StringComparison.Ordinal));
        // A script gets the form without the page.
        Assert.DoesNotContain("<html", (await hopper.PostAsync($"{List}/nouveau/qcm", Choices("Titre"), "HX-Request: true")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reponse-courte", "Accepted[0].Value=42;Accepted[0].Mode=nombre;Accepted[0].Tolerance=0,5;Unit=km", "essai=42,3")]
    [InlineData("texte-a-trous", "Text=SELECT [[1]] FROM t;Language=sql;Gaps[0].Accepted[0].Value=nom;Gaps[0].Accepted[0].Mode=exact", "trou-1=nom")]
    [InlineData("parsons", "Language=python;Indented=true;Lines=for i in range(3):|    print(i);Distractors[0].Text=while:", "")]
    [InlineData("appariement", "Pairs[0].Left=CPU;Pairs[0].Right=calcule;Pairs[1].Left=RAM;Pairs[1].Right=retient;Intruders=imprime", "")]
    [InlineData("reponse-libre", "MaximumLength=500;Criteria=Deux arguments", "")]
    public async Task Every_kind_has_its_form_from_blank_to_kept_and_opened_again(string kind, string fields, string tried)
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Equal(HttpStatusCode.OK, (await hopper.AskAsync($"{List}/nouveau/{kind}")).Status);
        (string, string)[] form =
        [
            ("Title", $"Un {kind}"), ("Statement", "Énoncé."), ("Points", "3"), ("Required", "true"),
            .. fields.Split(';').Select(field => (field[..field.IndexOf('=', StringComparison.Ordinal)], field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace("|", "\n", StringComparison.Ordinal))),
        ];
        var look = await hopper.PostAsync($"{List}/nouveau/{kind}", [.. form, ("faire", "apercu")]);
        Assert.True(look.Status == HttpStatusCode.OK, WebUtility.HtmlDecode(look.Text));
        Assert.Contains("id=\"x-trial\"", look.Text, StringComparison.Ordinal);
        if (tried.Length > 0)
        {
            var (name, value) = tried.StartsWith("essai", StringComparison.Ordinal) ? ("r.texte", "42,3") : ("r.trou-1", "nom");
            Assert.Contains("verdict-right", (await hopper.PostAsync($"{List}/nouveau/{kind}", [.. form, (name, value), ("faire", "essayer")])).Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await hopper.PostAsync($"{List}/nouveau/{kind}", [.. form, ("faire", "enregistrer")])).Status);
        var id = await cast.Host.WithDbAsync(db => db.Exercises.Where(e => e.Title == $"Un {kind}").Select(e => e.Id).SingleAsync());
        var again = WebUtility.HtmlDecode((await hopper.AskAsync($"{List}/{id}")).Text);
        foreach (var (name, value) in form.Where(field => field.Item2 != "true")) Assert.True(again.Contains(value, StringComparison.Ordinal), $"{name}: {value}");
    }

    [Fact]
    public async Task A_change_makes_a_version_and_grades_anew_and_none_makes_none()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("Mal corrigée"), ("faire", "enregistrer")]);
        var exercise = await cast.Host.WithDbAsync(db => db.Exercises.AsNoTracking().SingleAsync(e => e.Title == "Mal corrigée"));
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        var reste = ((MultipleChoice)exercise.Content).Choices.Single(choice => choice.Text.Markdown == "reste").Key;
        await zoe.PostAsync($"{Cast.Chapter}/exercices/{exercise.Number}/reponse", ("r.choix", reste));
        Assert.Equal(Outcome.Wrong, await LastAsync());

        // Kept as it is.
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(1, Choices("Mal corrigée"))).Status);
        Assert.Equal(1, await VersionAsync());
        // Another title asks nothing else, but the right one is another.
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(1, Choices("Mal corrigée", right: "reste"))).Status);
        Assert.Equal(2, await VersionAsync());
        Assert.Equal(Outcome.Right, await LastAsync());

        // Whoever comes from the former version learns it, and has what they typed.
        var late = await SaveAsync(1, Choices("Trop tard", right: "reste"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Quelqu’un d’autre a modifié", WebUtility.HtmlDecode(late.Text), StringComparison.Ordinal);
        Assert.Contains("Trop tard", late.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"2\"", late.Text, StringComparison.Ordinal);

        Task<Support.Answer> SaveAsync(int version, (string, string)[] form) => hopper.PostAsync($"{List}/{exercise.Id}", [.. form, ("Version", $"{version}"), ("faire", "enregistrer")]);
        Task<int> VersionAsync() => cast.Host.WithDbAsync(db => db.Exercises.Where(e => e.Id == exercise.Id).Select(e => e.Version).SingleAsync());
        Task<Outcome> LastAsync() => cast.Host.WithDbAsync(db => db.Attempts.Where(a => a.ExerciseId == exercise.Id).OrderByDescending(a => a.Id).Select(a => a.Outcome).FirstAsync());
    }

    [Fact]
    public async Task As_text_it_is_the_same_exercise_and_faults_have_lines()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices("En texte"), ("faire", "enregistrer")]);
        var exercise = await cast.Host.WithDbAsync(db => db.Exercises.AsNoTracking().SingleAsync(e => e.Title == "En texte"));
        var address = $"{List}/{exercise.Id}/source";
        Assert.Contains("bonne: réponse", WebUtility.HtmlDecode((await PostAsync(exercise.Source.Replace("\"reste\"", "\"bonne: réponse\"", StringComparison.Ordinal), "apercu")).Text), StringComparison.Ordinal);

        var broken = await PostAsync(exercise.Source.Replace("points: 2", "points: 99", StringComparison.Ordinal), "enregistrer");
        Assert.Equal(HttpStatusCode.BadRequest, broken.Status);
        Assert.Contains("Ligne 4\u00a0: la clé «\u00a0points\u00a0» attend un nombre entier de 1 à 20, pas «\u00a099\u00a0».", WebUtility.HtmlDecode(broken.Text), StringComparison.Ordinal);
        Assert.Contains("points: 99", broken.Text, StringComparison.Ordinal);
        Assert.Contains("L’identifiant reste", WebUtility.HtmlDecode((await PostAsync(exercise.Source.Replace("id: \"en-texte\"", "id: autre", StringComparison.Ordinal), "enregistrer")).Text), StringComparison.Ordinal);
        Assert.Contains("un deuxième exercice", WebUtility.HtmlDecode((await PostAsync(exercise.Source + exercise.Source.Replace("en-texte", "autre", StringComparison.Ordinal), "enregistrer")).Text), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync($"# Revu.\n{exercise.Source}", "enregistrer")).Status);
        Assert.Contains("# Revu.", (await hopper.AskAsync(address)).Text, StringComparison.Ordinal);

        Task<Support.Answer> PostAsync(string yaml, string faire) => hopper.PostAsync(address, ("yaml", yaml), ("version", $"{exercise.Version}"), ("faire", faire));
    }

    /// <summary>A sheet speaks of keys, a form of fields.</summary>
    [Theory]
    [InlineData("fr", "Ligne 4\u00a0: la clé «\u00a0points\u00a0» attend un nombre entier de 1 à 20, pas «\u00a099\u00a0».", "Ce champ attend un nombre entier de 1 à 20, pas «\u00a099\u00a0».", "Ce champ est à remplir.", "Aucun choix n’est juste")]
    [InlineData("en", "Line 4: the key “points” must be a whole number from 1 to 20, not “99”.", "This field must be a whole number from 1 to 20, not “99”.", "This field must be filled in.", "No choice is right")]
    public async Task Faults_are_told_in_the_language_of_the_reader(string language, string ofKey, string ofField, string missing, string ofNone)
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        hopper.Cookies["langue"] = language;
        var title = $"Fautes en {language}";
        await hopper.PostAsync($"{List}/nouveau/qcm", [.. Choices(title), ("faire", "enregistrer")]);
        var exercise = await cast.Host.WithDbAsync(db => db.Exercises.AsNoTracking().SingleAsync(e => e.Title == title));
        var source = await hopper.PostAsync($"{List}/{exercise.Id}/source", ("yaml", exercise.Source.Replace("points: 2", "points: 99", StringComparison.Ordinal)), ("version", "1"), ("faire", "enregistrer"));
        Assert.Contains(ofKey, WebUtility.HtmlDecode(source.Text), StringComparison.Ordinal);

        await Says(ofField, "Points", "99");
        await Says(missing, "Title", "");
        await Says(ofNone, "Choices[0].Right", "false");

        async Task Says(string fault, string field, string value)
        {
            var form = Choices(title).Select(f => f.Item1 == field ? (field, value) : f).ToArray();
            var answer = await hopper.PostAsync($"{List}/{exercise.Id}", [.. form, ("Version", "1"), ("faire", "enregistrer")]);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains(fault, WebUtility.HtmlDecode(answer.Text), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Order_and_retirement_leave_no_gap_and_lose_no_answer()
    {
        await using var own = await new Cast().StartAsync();
        var list = $"/prof/cours/{own.CourseOfHopper}/chapitres/{own.ChapterOfHopper}/exercices";
        using var hopper = await own.SignInAsync(Cast.Hopper);
        foreach (var title in new[] { "Deux", "Trois" }) await hopper.PostAsync($"{list}/nouveau/qcm", [.. Choices(title), ("faire", "enregistrer")]);
        await PostAsync("Trois", "place", ("vers", "haut"));
        Assert.Equal(["Sans partenaire 1", "Trois 2", "Deux 3"], await OrderAsync());
        await PostAsync("Sans partenaire", "retrait");
        Assert.Equal(["Sans partenaire 0", "Trois 1", "Deux 2"], await OrderAsync());
        await PostAsync("Sans partenaire", "retour");
        await PostAsync("Sans partenaire", "retour");
        await PostAsync("Trois", "place", ("vers", "haut"));
        Assert.Equal(["Trois 1", "Deux 2", "Sans partenaire 3"], await OrderAsync());

        async Task PostAsync(string title, string act, params (string, string)[] fields)
        {
            var id = await own.Host.WithDbAsync(db => db.Exercises.Where(e => e.Title == title).Select(e => e.Id).SingleAsync());
            Assert.Equal(HttpStatusCode.Redirect, (await hopper.PostAsync($"{list}/{id}/{act}", fields)).Status);
        }

        Task<List<string>> OrderAsync() => own.Host.WithDbAsync(async db => (await db.Exercises.OrderBy(e => e.Number).ToListAsync()).ConvertAll(e => $"{e.Title} {e.Number}"));
    }

    Task<int> NumberAsync(string title) => cast.Host.WithDbAsync(db => db.Exercises.Where(e => e.Title == title).Select(e => e.Number).SingleAsync());
}
