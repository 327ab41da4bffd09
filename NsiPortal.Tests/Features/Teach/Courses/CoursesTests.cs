using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>Courses as their authors keep them.</summary>
public sealed class CoursesTests(Cast cast) : IClassFixture<Cast>
{
    [Fact]
    public async Task A_teacher_creates_a_course_whose_address_comes_from_its_title()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var created = await turing.PostAsync("/prof/cours", ("Titre", "Machines & état"), ("Niveau", "terminale"), ("Resume", "Des automates."));
        var page = await turing.AskAsync(created.Header("Location")!);
        Assert.Contains("machines-etat", page.Text, StringComparison.Ordinal);
        Assert.Contains("Brouillon", page.Text, StringComparison.Ordinal);

        // What was typed is still there when the address is taken.
        var taken = await turing.PostAsync("/prof/cours", ("Titre", "Autre"), ("Niveau", "snt"), ("Resume", "Gardé tel quel"), ("Adresse", "machines-etat"));
        Assert.Equal(HttpStatusCode.BadRequest, taken.Status);
        Assert.Contains("déjà prise", taken.Text, StringComparison.Ordinal);
        Assert.Contains("Gardé tel quel", taken.Text, StringComparison.Ordinal);
        Assert.Contains("<option value=\"snt\" selected=\"selected\">", taken.Text, StringComparison.Ordinal);

        // And nobody else finds it.
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.AskAsync(created.Header("Location")!)).Status);
        Assert.DoesNotContain("Machines", (await hopper.AskAsync("/prof/cours")).Text, StringComparison.Ordinal);
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        Assert.Contains("Machines", (await bursar.AskAsync("/prof/cours")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_co_author_is_let_in_by_their_exact_nickname_and_the_last_one_stays()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var address = await NewCourseAsync(turing, "Graphes");
        using var hopper = await cast.SignInAsync(Cast.Hopper);

        var pupil = await turing.PostAsync($"{address}/auteurs", ("pseudo", Cast.Zoe));
        Assert.Equal(HttpStatusCode.BadRequest, pupil.Status);
        Assert.Contains("Aucun professeur", pupil.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await turing.PostAsync($"{address}/auteurs", ("pseudo", "mme hopper"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await hopper.AskAsync(address)).Status);

        Assert.Equal("/prof/cours", (await turing.PostAsync($"{address}/auteurs/{cast.IdOf(Cast.Turing)}/retrait")).Header("Location"));
        Assert.Equal(HttpStatusCode.NotFound, (await turing.AskAsync(address)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await hopper.PostAsync($"{address}/auteurs/{cast.IdOf(Cast.Hopper)}/retrait")).Status);
    }

    [Fact]
    public async Task Chapters_are_put_in_order_one_by_one_or_all_at_once()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var address = await NewCourseAsync(turing, "Tris");
        var ids = new List<string>();
        foreach (var title in new[] { "Insertion", "Sélection", "Fusion" })
            ids.Add((await turing.PostAsync($"{address}/chapitres", ("chapitre", title))).Header("Location")!.Split('/')[^1]);

        await turing.PostAsync($"{address}/ordre", ("monter", ids[2]));
        Assert.Equal(["Insertion", "Fusion", "Sélection"], await TitlesAsync());
        await turing.PostAsync($"{address}/ordre", ("descendre", ids[0]));
        Assert.Equal(["Fusion", "Insertion", "Sélection"], await TitlesAsync());
        // What is not there, and the ends, change nothing.
        await turing.PostAsync($"{address}/ordre", ("monter", ids[2]));
        await turing.PostAsync($"{address}/ordre", ("descendre", $"{cast.ChapterOfHopper}"));
        Assert.Equal(["Fusion", "Insertion", "Sélection"], await TitlesAsync());
        await turing.PostAsync($"{address}/ordre", ("ordre", ids[1]), ("ordre", ids[0]), ("ordre", "987654"));
        Assert.Equal(["Sélection", "Insertion", "Fusion"], await TitlesAsync());

        Task<List<string>> TitlesAsync()
        {
            var courseId = int.Parse(address.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            return cast.Host.WithDbAsync(db => db.Chapters.Where(c => c.CourseId == courseId).OrderBy(c => c.Position).Select(c => c.Title).ToListAsync());
        }
    }

    [Fact]
    public async Task A_course_that_is_scheduled_or_archived_is_shown_as_such()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var address = await NewCourseAsync(turing, "Réseaux");
        var skipped = await turing.PostAsync($"{address}/programmation", ("quand", "2037-03-29T02:30"));
        Assert.Equal(HttpStatusCode.BadRequest, skipped.Status);
        Assert.Contains("n’existe pas", skipped.Text, StringComparison.Ordinal);
        Assert.Contains("2037-03-29T02:30", skipped.Text, StringComparison.Ordinal);

        await turing.PostAsync($"{address}/programmation", ("quand", "2037-03-29T08:00"));
        Assert.Contains("29/03/2037 à 08", (await turing.AskAsync(address)).Text, StringComparison.Ordinal);
        await turing.PostAsync($"{address}/deprogrammation");
        Assert.DoesNotContain("29/03/2037", (await turing.AskAsync("/prof/cours")).Text, StringComparison.Ordinal);

        await turing.PostAsync($"{address}/publication");
        // A page from before does not hide it.
        Assert.Equal(HttpStatusCode.Conflict, (await turing.PostAsync($"{address}/programmation", ("quand", "2037-03-29T08:00"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await turing.AskAsync("/cours/reseaux")).Status);
        await turing.PostAsync($"{address}/archive");
        Assert.Equal(HttpStatusCode.NotFound, (await turing.AskAsync("/cours/reseaux")).Status);
        Assert.Contains("1 cours archivé", (await turing.AskAsync("/prof/cours")).Text, StringComparison.Ordinal);
        await turing.PostAsync($"{address}/desarchive");
        Assert.Contains("Brouillon", (await turing.AskAsync(address)).Text, StringComparison.Ordinal);
    }

    static async Task<string> NewCourseAsync(Person teacher, string title) => (await teacher.PostAsync("/prof/cours", ("Titre", title), ("Niveau", "terminale"))).Header("Location")!;
}
