using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>A chapter as it is written: kept as a draft, released, and never overwritten unseen.</summary>
public sealed class EditorTests : IAsyncLifetime
{
    readonly Cast cast = new();
    Person hopper = null!;
    string chapter = "";

    public async ValueTask InitializeAsync()
    {
        await cast.StartAsync();
        hopper = await cast.SignInAsync(Cast.Hopper);
        chapter = $"/prof/cours/{cast.CourseOfHopper}/chapitres/{cast.ChapterOfHopper}";
    }

    public async ValueTask DisposeAsync()
    {
        hopper.Dispose();
        await cast.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_evicts_nothing_and_a_release_is_on_the_next_page()
    {
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        foreach (var page in new[] { Cast.Chapter, "/cours/sql", "/cours", "/moi" }) await zoe.AskAsync(page);
        var said = await EvictionsAsync();

        var desk = await Desk.OpenAsync(hopper, chapter);
        (desk["Titre"], desk["Texte"]) = ("Jointures externes", "## Externe\n\nUne jointure **externe** garde tout.");
        Assert.Equal(HttpStatusCode.OK, (await desk.AutosaveAsync()).Status);
        desk["Texte"] += " Vraiment.";
        Assert.Equal(HttpStatusCode.OK, (await desk.AutosaveAsync()).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SendAsync("brouillon")).Status);
        Assert.Equal(said, await EvictionsAsync());
        foreach (var page in new[] { Cast.Chapter, "/cours/sql", "/cours", "/moi" }) Assert.True((await zoe.AskAsync(page)).Hit, page);

        // What was saved is found again, and the preview is the portal's own rendering.
        Assert.EndsWith("Vraiment.", (await Desk.OpenAsync(hopper, chapter))["Texte"], StringComparison.Ordinal);
        Assert.Contains("<strong>externe</strong>", (await hopper.AskAsync($"{chapter}/eleve")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await desk.SendAsync("publication", ("Note", "Les jointures externes"))).Status);
        var read = await zoe.AskAsync(Cast.Chapter);
        Assert.Contains("<strong>externe</strong>", read.Text, StringComparison.Ordinal);
        Assert.Contains("Jointures externes", (await zoe.AskAsync("/cours/sql")).Text, StringComparison.Ordinal);
        Assert.Contains("révision 2, depuis le", (await hopper.AskAsync(chapter)).Text, StringComparison.Ordinal);
        Assert.Null(await cast.Host.WithDbAsync(db => db.ChapterDrafts.SingleOrDefaultAsync()));

        // The same again is no revision.
        await desk.SendAsync("publication");
        Assert.Equal(2, await cast.Host.WithDbAsync(db => db.ChapterRevisions.CountAsync()));
    }

    [Fact]
    public async Task Whoever_comes_second_sees_what_the_first_has_saved_and_chooses()
    {
        await hopper.PostAsync($"/prof/cours/{cast.CourseOfHopper}/auteurs", ("pseudo", Cast.Turing));
        using var turing = await cast.SignInAsync(Cast.Turing);
        var (first, second) = (await Desk.OpenAsync(hopper, chapter), await Desk.OpenAsync(turing, chapter));
        first["Texte"] = "Texte de Grace.";
        await first.AutosaveAsync();

        second["Texte"] = "Texte d’Alan.";
        var part = await second.AutosaveAsync();
        Assert.Equal(HttpStatusCode.Conflict, part.Status);
        Assert.DoesNotContain("<html", part.Text, StringComparison.Ordinal);
        foreach (var word in new[] { Cast.Hopper, "Grace", "Garder le mien" }) Assert.Contains(word, part.Text, StringComparison.Ordinal);

        // Without scripts: a page, with what was typed still in its form.
        var page = await second.SendAsync("brouillon");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal("Texte d’Alan.", second["Texte"]);
        Assert.Equal("Texte de Grace.", await DraftAsync());
        // And now knowingly.
        Assert.Equal(HttpStatusCode.Redirect, (await second.SendAsync("brouillon")).Status);
        Assert.Equal("Texte d’Alan.", await DraftAsync());

        // The first is now the second, and what she would release was not written over what is there.
        first["Texte"] = "Texte de Grace, encore.";
        var release = await first.SendAsync("publication");
        Assert.Equal(HttpStatusCode.Conflict, release.Status);
        Assert.Contains(Cast.Turing, release.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await first.SendAsync("publication")).Status);

        // A release is as much a surprise to whoever had the page open.
        second["Texte"] = "Texte d’Alan, encore.";
        Assert.Contains("a publié une nouvelle révision", (await second.AutosaveAsync()).Text, StringComparison.Ordinal);
        Assert.Null(await DraftAsync());
    }

    // The answer to a save was lost on the way, and the page sends again what it began from.
    [Fact]
    public async Task A_page_does_not_collide_with_itself()
    {
        var desk = await Desk.OpenAsync(hopper, chapter);
        var began = desk["Etat"];
        desk["Texte"] = "Un.";
        await desk.AutosaveAsync();
        (desk["Etat"], desk["Texte"]) = (began, "Un, deux.");
        Assert.Equal(HttpStatusCode.OK, (await desk.AutosaveAsync()).Status);
        Assert.Equal("Un, deux.", await DraftAsync());
    }

    [Fact]
    public async Task What_cannot_be_released_says_why_and_keeps_what_was_typed()
    {
        var desk = await Desk.OpenAsync(hopper, chapter);
        (desk["Titre"], desk["Texte"]) = ("", "Gardé <script>alert(1)</script>");
        var refused = await desk.SendAsync("publication");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("ne peut pas rester vide", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Gardé <script>alert(1)</script>", desk["Texte"]);
        Assert.DoesNotContain("<script>alert", refused.Text, StringComparison.Ordinal);

        desk["Titre"] = "x\0y";
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.AutosaveAsync()).Status);
        desk["Titre"] = new string('x', 200);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.AutosaveAsync()).Status);
        // A draft may lack a title.
        desk["Titre"] = "";
        Assert.Equal(HttpStatusCode.OK, (await desk.AutosaveAsync()).Status);
    }

    [Fact]
    public async Task A_new_chapter_appears_when_it_is_released_or_at_its_time()
    {
        var address = (await hopper.PostAsync($"/prof/cours/{cast.CourseOfHopper}/chapitres", ("chapitre", "Sous-requêtes"))).Header("Location")!;
        var desk = await Desk.OpenAsync(hopper, address);
        desk["Texte"] = "Une requête dans une autre.";
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SendAsync("programmation", ("Quand", "2037-03-29T02:30"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SendAsync("programmation", ("Quand", "2037-03-29T08:00"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.AskAsync("/cours/sql/sous-requetes")).Status);
        Assert.Contains("29/03/2037", (await hopper.AskAsync(address)).Text, StringComparison.Ordinal);

        await cast.Host.WithDbAsync(async db =>
        {
            var scheduled = await db.Chapters.SingleAsync(c => c.Slug == "sous-requetes");
            scheduled.SchedulePublication(cast.Now.AddSeconds(-1));
            await db.SaveChangesAsync();
        });
        using var publication = new Data.ScheduledPublication(cast.Host.Services.GetRequiredService<IDbContextFactory<Data.PortalDbContext>>(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Data.ScheduledPublication>.Instance);
        await publication.PublishDueAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Une requête dans une autre", (await hopper.AskAsync("/cours/sql/sous-requetes")).Text, StringComparison.Ordinal);

        await hopper.PostAsync($"{address}/depublication");
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.AskAsync("/cours/sql/sous-requetes")).Status);
    }

    [Fact]
    public async Task A_revision_is_compared_and_taken_up_again_as_a_draft()
    {
        var desk = await Desk.OpenAsync(hopper, chapter);
        desk["Texte"] = "Deuxième texte.";
        await desk.SendAsync("publication", ("Note", "Récrit"));
        var list = await hopper.AskAsync($"{chapter}/revisions");
        Assert.Contains("Récrit", list.Text, StringComparison.Ordinal);
        var difference = await hopper.AskAsync($"{chapter}/revisions/2");
        Assert.Contains("class=\"added\"", difference.Text, StringComparison.Ordinal);

        await hopper.PostAsync($"{chapter}/revisions/1/reprise");
        Assert.Equal("Texte.", await DraftAsync());
        Assert.Contains("Deuxième texte", (await hopper.AskAsync(Cast.Chapter)).Text, StringComparison.Ordinal);
        // A draft that was not seen is not overwritten.
        Assert.Equal(HttpStatusCode.Conflict, (await hopper.PostAsync($"{chapter}/revisions/1/reprise")).Status);
        // Nor is it given up by a page that shows another.
        Assert.Equal(HttpStatusCode.Conflict, (await desk.SendAsync("abandon")).Status);
        Assert.Equal("Texte.", await DraftAsync());
        var open = await Desk.OpenAsync(hopper, chapter);
        Assert.Equal(HttpStatusCode.Redirect, (await open.SendAsync("abandon")).Status);
        Assert.Null(await DraftAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await open.SendAsync("abandon")).Status);
    }

    [Fact]
    public async Task A_long_text_is_kept()
    {
        var desk = await Desk.OpenAsync(hopper, chapter);
        desk["Texte"] = new string('é', 600_000);
        Assert.Equal(HttpStatusCode.OK, (await desk.AutosaveAsync()).Status);
        Assert.Equal(600_000, (await DraftAsync())!.Length);
    }

    [Fact]
    public async Task What_readers_see_is_not_scheduled()
    {
        var desk = await Desk.OpenAsync(hopper, chapter);
        desk["Texte"] = "Texte retenu.";
        var refused = await desk.SendAsync("programmation", ("Quand", "2037-03-29T08:00"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("déjà publié", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Texte retenu.", desk["Texte"]);
        Assert.DoesNotContain("Texte retenu", (await hopper.AskAsync(Cast.Chapter)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chapter_is_copied_with_its_exercises_and_moved_with_its_figures()
    {
        var desk = await Desk.OpenAsync(hopper, chapter);
        desk["Texte"] = "![Schéma](figures/schema.svg)";
        await desk.SendAsync("publication");
        // The preview finds the figure where the course keeps it.
        Assert.Contains($"src=\"/prof/cours/{cast.CourseOfHopper}/fichiers/schema.svg\"", (await hopper.AskAsync(chapter)).Text, StringComparison.Ordinal);

        var copy = (await hopper.PostAsync($"{chapter}/copie")).Header("Location")!;
        Assert.Contains("Jamais publié", (await hopper.AskAsync(copy)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.AskAsync("/cours/sql/jointures-2")).Status);
        Assert.Equal(2, await cast.Host.WithDbAsync(db => db.Exercises.CountAsync(e => e.Title == "Sans partenaire")));

        var target = (await hopper.PostAsync("/prof/cours", ("Titre", "Ailleurs"), ("Niveau", "snt"))).Header("Location")!;
        var id = target.Split('/')[^1];
        await hopper.PostAsync($"{target}/publication");
        // Not where its figures would be others.
        await cast.Host.WithDbAsync(async db =>
        {
            (await db.CourseFiles.SingleAsync(f => f.CourseId == cast.CourseOfHopper)).Describe("Deux tables");
            (await db.Courses.SingleAsync(c => c.Slug == "ailleurs")).Attach("schema.svg", "image/svg+xml", "<svg id='x'/>"u8.ToArray());
            await db.SaveChangesAsync();
        });
        var refused = await hopper.PostAsync($"{chapter}/deplacement", ("cours", id));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("de même nom", refused.Text, StringComparison.Ordinal);
        await cast.Host.WithDbAsync(async db =>
        {
            db.CourseFiles.Remove(await db.CourseFiles.SingleAsync(f => f.CourseId != cast.CourseOfHopper));
            await db.SaveChangesAsync();
        });
        var moved = await hopper.PostAsync($"{chapter}/deplacement", ("cours", id));
        Assert.Equal($"{target}/chapitres/{cast.ChapterOfHopper}", moved.Header("Location"));
        Assert.Equal("/cours/ailleurs/jointures", (await hopper.AskAsync(Cast.Chapter)).Header("Location"));
        Assert.Equal(HttpStatusCode.OK, (await hopper.AskAsync("/cours/ailleurs/fichiers/schema.svg")).Status);
        Assert.Equal("Deux tables", await cast.Host.WithDbAsync(db => db.CourseFiles.Where(f => f.CourseId != cast.CourseOfHopper).Select(f => f.Alternative).SingleAsync()));

        // Not into the course of somebody else.
        using var turing = await cast.SignInAsync(Cast.Turing);
        var theirs = (await turing.PostAsync("/prof/cours", ("Titre", "À moi"), ("Niveau", "snt"))).Header("Location")!.Split('/')[^1];
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.PostAsync($"{copy}/deplacement", ("cours", theirs))).Status);
    }

    [Fact]
    public async Task Another_address_leads_on_from_the_former_one()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await hopper.PostAsync($"{chapter}/adresse", ("adresse", "Avec Espace"))).Status);
        await hopper.PostAsync($"{chapter}/adresse", ("adresse", "joindre"));
        Assert.Equal("/cours/sql/joindre", (await hopper.AskAsync(Cast.Chapter)).Header("Location"));
    }

    Task<string?> DraftAsync() => cast.Host.WithDbAsync(db => db.ChapterDrafts.Where(d => d.ChapterId == cast.ChapterOfHopper).Select(d => (string?)d.Markdown).SingleOrDefaultAsync());

    Task<int> EvictionsAsync() => cast.Host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync());
}
