using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;
using NsiPortal.Commands.Seeding;
using NsiPortal.Content;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

public sealed class CourseImporterTests : IAsyncDisposable
{
    const string Header = "titre: Essai\nadresse: essai\nniveau: snt\npublie: true\n";

    const string Renamed = "titre: Essai\nadresse: epreuve\nancienneAdresse: essai\nniveau: snt\npublie: true\n";

    readonly TempFolder folder = new();

    public CourseImporterTests()
    {
        Write("cours.yml", Header);
        Chapter("01-un.md");
        Chapter("02-deux.md");
        Chapter("03-trois.md");
        Write("donnees.csv", "a;b\n");
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task The_demo_is_loaded_whole()
    {
        await using var host = await PortalHost.StartAsync();

        var (courses, problems) = await host.WithDbAsync(db => host.Services.GetRequiredService<DemoContent>().LoadAsync(db, CancellationToken.None));

        Assert.Empty(problems);
        Assert.Equal(DemoCourse.Names.Count, courses);
        var loaded = await host.WithDbAsync(db => db.Courses.Include(c => c.Files).Include(c => c.Chapters).ThenInclude(c => c.Contents).ToListAsync());
        Assert.Equal(DemoCourse.Names, loaded.Select(course => course.Slug).Order(StringComparer.Ordinal));
        Assert.All(loaded, course =>
        {
            Assert.True(course.Published);
            Assert.Equal(Content.ChapterSource.NamesOf(course.Slug).Select(name => name[(name.IndexOf('/', StringComparison.Ordinal) + "/NN-".Length)..^".md".Length]), course.Chapters.OrderBy(c => c.Position).Select(c => c.Slug));
            Assert.Equal(Directory.EnumerateFiles(DemoCourse.FolderOf(course.Slug), "*", SearchOption.AllDirectories).Count(file => Path.GetExtension(file) is not (".md" or ".yml")), course.Files.Count);
        });
        Assert.All(loaded.SelectMany(course => course.Chapters), chapter =>
        {
            Assert.True(chapter.Published);
            Assert.NotEmpty(chapter.Contents);
            Assert.NotEmpty(chapter.TableOfContents);
            Assert.Equal(MarkdownRenderer.Version, chapter.RendererVersion);
        });
        var databases = loaded.Single(course => course.Slug == DemoCourse.Databases);
        Assert.Equal(6, databases.Chapters.Count);
        Assert.Contains(databases.Files, file => file.Name == "bibliotheque.sql");
    }

    [Fact]
    public async Task Loading_the_demo_again_changes_nothing()
    {
        await using var host = await PortalHost.StartAsync(withDemo: true);
        var (courses, problems) = await host.WithDbAsync(db => host.Services.GetRequiredService<DemoContent>().LoadAsync(db, CancellationToken.None));
        Assert.Equal((0, 0), (courses, problems.Count));
        Assert.Equal(DemoCourse.Names.Count, await host.WithDbAsync(db => db.Courses.CountAsync()));
    }

    [Fact]
    public async Task A_broken_chapter_is_left_out_and_the_others_are_loaded()
    {
        await using var host = await PortalHost.StartAsync();
        Write("02-deux.md", "Rien.\n");

        await ImportAsync(host);

        using var visitor = host.CreateClient();
        Assert.Contains("<em>texte</em>", (await visitor.AskAsync("/cours/essai/un")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/essai/deux")).Status);
    }

    [Fact]
    public async Task A_folder_that_has_not_changed_writes_nothing_and_evicts_nothing()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        using var visitor = host.CreateClient();
        await visitor.AskAsync("/cours/essai/un");
        var before = await host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync());

        var report = await ImportAsync(host);

        Assert.Equal(ImportOutcome.Unchanged, report.Course);
        Assert.All(report.Chapters.Concat(report.Files), item => Assert.Equal(ImportOutcome.Unchanged, item.Outcome));
        Assert.Equal(0, rowsSaved);
        Assert.Equal(before, await host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync()));
        Assert.True((await visitor.AskAsync("/cours/essai/un")).Hit);
    }

    [Fact]
    public async Task What_has_changed_is_written_in_place_and_seen_at_once()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        using var visitor = host.CreateClient();
        await visitor.AskAsync("/cours/essai/deux");
        Chapter("02-deux.md", text: "Un autre texte.");
        Write("donnees.csv", "a;b;c\n");
        Write("cours.yml", Header + "resume: Nouveau.\n");

        var report = await ImportAsync(host);

        Assert.Equal(ImportOutcome.Changed, report.Course);
        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Changed, ImportOutcome.Unchanged], report.Chapters.Select(item => item.Outcome));
        Assert.Equal(ImportOutcome.Changed, Assert.Single(report.Files).Outcome);
        Assert.Equal(ids, await IdsAsync(host));
        Assert.Contains("Un autre texte.", (await visitor.AskAsync("/cours/essai/deux")).Text, StringComparison.Ordinal);
        Assert.Equal("a;b;c\n", (await visitor.AskAsync("/cours/essai/fichiers/donnees.csv")).Text);
    }

    [Fact]
    public async Task The_contents_that_a_chapter_covers_are_a_change_of_it()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        Chapter("01-un.md", keys: "contenus: [T-BDD-4, P-TAB-1]\n");
        Assert.Equal(ImportOutcome.Changed, (await ImportAsync(host)).Chapters[0].Outcome);
        Assert.Equal(["P-TAB-1", "T-BDD-4"], await host.WithDbAsync(db =>
            db.Chapters.Where(c => c.Slug == "un").SelectMany(c => c.Contents).Select(c => c.Code).OrderBy(code => code).ToListAsync()));
        Assert.Equal(ImportOutcome.Unchanged, (await ImportAsync(host)).Chapters[0].Outcome);
    }

    [Fact]
    public async Task Drafts_and_drafts_again_follow_the_folder()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        using var visitor = host.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/essai/un")).Status);
        Write("01-un.md", "---\ntitre: Un\n---\n");
        await ImportAsync(host);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/essai/un")).Status);
        Write("cours.yml", Header.Replace("publie: true\n", "", StringComparison.Ordinal));
        await ImportAsync(host);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/essai")).Status);
    }

    [Fact]
    public async Task What_is_not_in_the_folder_is_kept_unless_pruning_is_asked_for()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Delete("02-deux.md");
        Delete("donnees.csv");

        var kept = await ImportAsync(host);
        Assert.Equal([new ImportedItem("deux", ImportOutcome.Kept)], kept.Chapters.Where(item => item.Outcome != ImportOutcome.Unchanged));
        Assert.Equal([new ImportedItem("donnees.csv", ImportOutcome.Kept)], kept.Files);
        Assert.Equal(ids, await IdsAsync(host));

        var pruned = await ImportAsync(host, prune: true);
        Assert.Equal([new ImportedItem("deux", ImportOutcome.Deleted)], pruned.Chapters.Where(item => item.Outcome != ImportOutcome.Unchanged));
        Assert.Equal([new ImportedItem("donnees.csv", ImportOutcome.Deleted)], pruned.Files);
        Assert.Equal(["trois", "un"], (await IdsAsync(host)).Keys.Order());
        using var visitor = host.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/essai/deux")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/essai/fichiers/donnees.csv")).Status);
    }

    [Fact]
    public async Task What_is_in_the_bin_is_not_pruned()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        await host.WithDbAsync(async db =>
        {
            (await db.Chapters.SingleAsync(c => c.Slug == "deux")).Delete(TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync();
        });
        Delete("02-deux.md");
        Assert.DoesNotContain((await ImportAsync(host, prune: true)).Chapters, item => item.Name == "deux");
        Assert.Equal(ids, await IdsAsync(host));
    }

    [Fact]
    public async Task A_chapter_that_has_become_unreadable_keeps_its_text_even_while_pruning()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Write("02-deux.md", "---\ntitre: [\n---\nUn texte tout neuf.\n");

        var report = await ImportAsync(host, prune: true);

        Assert.Contains(new ImportedItem("deux", ImportOutcome.Kept), report.Chapters);
        Assert.Equal(0, rowsSaved);
        Assert.Equal(ids, await IdsAsync(host));
        using var visitor = host.CreateClient();
        Assert.Contains("<em>texte</em>", (await visitor.AskAsync("/cours/essai/deux")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chapters_that_are_renumbered_keep_their_ids()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Rename("01-un.md", "03-un.md");
        Rename("03-trois.md", "01-trois.md");

        Assert.Equal([ImportOutcome.Changed, ImportOutcome.Unchanged, ImportOutcome.Changed], (await ImportAsync(host)).Chapters.Select(item => item.Outcome));
        Assert.Equal(ids, await IdsAsync(host));
        Assert.Equal(["trois", "deux", "un"], await host.WithDbAsync(db => db.Chapters.OrderBy(c => c.Position).Select(c => c.Slug).ToListAsync()));
    }

    [Fact]
    public async Task Two_files_that_exchange_their_addresses_exchange_their_texts()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Chapter("01-un.md", keys: "adresse: deux\n", text: "Le premier.");
        Chapter("02-deux.md", keys: "adresse: un\n", text: "Le deuxième.");
        await ImportAsync(host);
        Assert.Equal(ids, await IdsAsync(host));
        using var visitor = host.CreateClient();
        Assert.Contains("Le premier.", (await visitor.AskAsync("/cours/essai/deux")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chapter_that_names_its_former_address_moves_and_is_found_from_there()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        using var visitor = host.CreateClient();
        await visitor.AskAsync("/cours/essai/deux");
        Delete("02-deux.md");
        Chapter("02-second.md", keys: "ancienneAdresse: deux\n");

        Assert.Contains(new ImportedItem("second", ImportOutcome.Changed, FormerSlug: "deux"), (await ImportAsync(host)).Chapters);

        Assert.Equal(ids["deux"], (await IdsAsync(host))["second"]);
        Assert.Equal("/cours/essai/second", (await visitor.AskAsync("/cours/essai/deux")).Header("Location"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/essai/second")).Status);
        // What was done is not done again.
        await ImportAsync(host);
        Assert.Equal(0, rowsSaved);
    }

    [Fact]
    public async Task Chapters_can_take_each_others_addresses_in_a_circle()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Chapter("01-un.md", keys: "ancienneAdresse: trois\n");
        Chapter("02-deux.md", keys: "ancienneAdresse: un\n");
        Chapter("03-trois.md", keys: "ancienneAdresse: deux\n");

        await ImportAsync(host);

        var moved = new Dictionary<string, int> { ["un"] = ids["trois"], ["deux"] = ids["un"], ["trois"] = ids["deux"] };
        Assert.Equal(moved, await IdsAsync(host));
        Assert.Equal(["deux", "trois", "un"], await host.WithDbAsync(db => db.OldSlugs.Select(old => old.Slug).OrderBy(slug => slug).ToListAsync()));
        await ImportAsync(host);
        Assert.Equal((0, moved.Count), (rowsSaved, (await IdsAsync(host)).Intersect(moved).Count()));
    }

    [Fact]
    public async Task An_address_that_a_chapter_leaves_can_be_taken_by_another_or_by_a_new_one()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Chapter("01-un.md", text: "Un chapitre tout neuf.");
        Chapter("02-deux.md", keys: "ancienneAdresse: un\n");
        Chapter("03-trois.md");
        Chapter("04-quatre.md", keys: "ancienneAdresse: deux\n");

        var report = await ImportAsync(host);

        var present = await IdsAsync(host);
        Assert.Equal((ids["un"], ids["deux"], ids["trois"]), (present["deux"], present["quatre"], present["trois"]));
        Assert.DoesNotContain(present["un"], ids.Values);
        Assert.Equal(ImportOutcome.Created, report.Chapters.Single(item => item.Name == "un").Outcome);
        await ImportAsync(host);
        Assert.Equal((0, 4), (rowsSaved, (await IdsAsync(host)).Intersect(present).Count()));
    }

    [Fact]
    public async Task A_chapter_can_leave_its_address_to_a_new_one_in_one_import()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Chapter("04-ancien.md", keys: "ancienneAdresse: un\n");
        await ImportAsync(host);
        var present = await IdsAsync(host);
        Assert.Equal(ids["un"], present["ancien"]);
        Assert.DoesNotContain(present["un"], ids.Values);
    }

    [Fact]
    public async Task A_chapter_that_stays_keeps_others_out_of_its_address()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Delete("01-un.md");
        Chapter("02-deux.md", keys: "ancienneAdresse: un\n");
        Assert.Contains(new ImportedItem("un", ImportOutcome.Kept), (await ImportAsync(host)).Chapters);
        Assert.Equal(ids, await IdsAsync(host));
    }

    [Fact]
    public async Task Former_addresses_lead_to_chapters_that_are_new_here_and_move_nothing_later()
    {
        await using var host = await PortalHost.StartAsync();
        Chapter("01-un.md", keys: "ancienneAdresse: deux\n");
        Chapter("02-deux.md", keys: "ancienneAdresse: un\n");
        Chapter("03-trois.md", keys: "ancienneAdresse: tres-vieux\n");
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        using var visitor = host.CreateClient();
        Assert.Equal("/cours/essai/trois", (await visitor.AskAsync("/cours/essai/tres-vieux")).Header("Location"));
        await ImportAsync(host);
        Assert.Equal(0, rowsSaved);
        Assert.Equal(ids, await IdsAsync(host));
    }

    [Fact]
    public async Task A_course_that_names_its_former_address_moves_with_its_chapters_when_that_is_asked_for()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Write("cours.yml", Renamed);
        var report = await ImportAsync(host, rename: true);
        Assert.Equal((ImportOutcome.Changed, "essai"), (report.Course, report.FormerSlug));
        Assert.Equal(ids, await IdsAsync(host));
        using var visitor = host.CreateClient();
        Assert.Equal("/cours/epreuve/un", (await visitor.AskAsync("/cours/essai/un")).Header("Location"));
        // What was done is not done again, and need not be asked for.
        Assert.Null((await ImportAsync(host)).FormerSlug);
        Assert.Equal(0, rowsSaved);
    }

    [Fact]
    public async Task A_course_at_the_former_address_may_be_another_one_and_is_left_alone_unless_asked()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var before = (await host.WithDbAsync(db => db.Courses.SingleAsync()), await IdsAsync(host));
        Write("cours.yml", Renamed);
        Chapter("04-quatre.md");

        Assert.Equal("essai", (await Assert.ThrowsAsync<FormerCourseException>(() => ImportAsync(host, prune: true))).FormerSlug);

        Assert.Equivalent(before.Item1, await host.WithDbAsync(db => db.Courses.SingleAsync()));
        Assert.Equal(before.Item2, await IdsAsync(host));
        Assert.Empty(await host.WithDbAsync(db => db.OldSlugs.ToListAsync()));
    }

    [Fact]
    public async Task The_import_that_renames_deletes_nothing()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        Write("cours.yml", Renamed);
        Delete("02-deux.md");
        Delete("donnees.csv");
        var report = await ImportAsync(host, prune: true, rename: true);
        Assert.Equal(["deux", "donnees.csv"], report.Chapters.Concat(report.Files).Where(item => item.Outcome == ImportOutcome.Kept).Select(item => item.Name));
        Assert.Equal(ids, await IdsAsync(host));
        Assert.Contains(new ImportedItem("deux", ImportOutcome.Deleted), (await ImportAsync(host, prune: true, rename: true)).Chapters);
    }

    [Fact]
    public async Task The_former_address_of_a_course_that_is_new_here_leads_to_it()
    {
        await using var host = await PortalHost.StartAsync();
        Write("cours.yml", Renamed);
        Assert.Equal((ImportOutcome.Created, null), ((await ImportAsync(host)).Course, (await ImportAsync(host)).FormerSlug));
        Assert.Equal(0, rowsSaved);
        using var visitor = host.CreateClient();
        Assert.Equal("/cours/epreuve/un", (await visitor.AskAsync("/cours/essai/un")).Header("Location"));
    }

    [Fact]
    public async Task A_course_that_names_its_own_address_as_the_former_one_stays_there()
    {
        await using var host = await PortalHost.StartAsync();
        Write("cours.yml", Header + "ancienneAdresse: essai\n");
        Assert.Equal(ImportOutcome.Created, (await ImportAsync(host, rename: true)).Course);
        Assert.Equal(ImportOutcome.Unchanged, (await ImportAsync(host, rename: true)).Course);
        Assert.Empty(await host.WithDbAsync(db => db.OldSlugs.ToListAsync()));
    }

    [Fact]
    public async Task A_former_address_that_leads_to_another_course_goes_on_leading_there()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        await host.WithDbAsync(async db =>
        {
            db.Add((await db.Courses.SingleAsync()).MoveTo("essai-des-autres")!);
            await db.SaveChangesAsync();
        });
        Write("cours.yml", Renamed);
        Assert.Equal(ImportOutcome.Created, (await ImportAsync(host)).Course);
        using var visitor = host.CreateClient();
        Assert.Equal("/cours/essai-des-autres", (await visitor.AskAsync("/cours/essai")).Header("Location"));
    }

    [Fact]
    public async Task A_publication_that_is_due_later_is_kept_and_one_that_was_due_has_happened()
    {
        await using var host = await PortalHost.StartAsync();
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (later, before) = (new DateTimeOffset(now.Year + 1, 12, 1, 7, 0, 0, TimeSpan.Zero), PublicationTime.Format(now.AddDays(-2)));
        var draft = Header.Replace("publie: true\n", "", StringComparison.Ordinal);

        Write("cours.yml", $"{draft}publieLe: {now.Year + 1}-12-01 08:00\n");
        await ImportAsync(host);
        Assert.Equal((false, later), await PublicationAsync());

        Write("cours.yml", $"{draft}publieLe: {before}\n");
        await ImportAsync(host);
        Assert.Equal((true, null), await PublicationAsync());

        // A correction of a course that has appeared must not hide it.
        await ImportAsync(host);
        Assert.Equal(0, rowsSaved);

        async Task<(bool, DateTimeOffset?)> PublicationAsync()
        {
            var course = await host.WithDbAsync(db => db.Courses.SingleAsync());
            return (course.Published, course.PublishAt);
        }
    }

    [Fact]
    public async Task An_import_that_fails_half_way_leaves_everything_as_it_was()
    {
        await using var host = await PortalHost.StartAsync();
        await ImportAsync(host);
        var ids = await IdsAsync(host);
        // The second of its two saves fails.
        Chapter("01-un.md", keys: "ancienneAdresse: deux\n", text: "Déplacé.");
        Chapter("02-deux.md", keys: "ancienneAdresse: un\n", text: "Déplacé.");
        var saves = 0;
        await Assert.ThrowsAsync<IOException>(() => ImportAsync(host, beforeSave: () =>
        {
            if (++saves == 2) throw new IOException("full");
        }));
        Assert.Equal(2, saves);
        Assert.Equal(ids, await IdsAsync(host));
        Assert.Empty(await host.WithDbAsync(db => db.OldSlugs.ToListAsync()));
    }

    int rowsSaved;

    async Task<ImportReport> ImportAsync(PortalHost host, bool prune = false, bool rename = false, Action? beforeSave = null)
    {
        rowsSaved = 0;
        var reading = await CourseFolder.ReadAsync(folder.Path, CancellationToken.None);
        return await host.WithDbAsync(db =>
        {
            db.SavingChanges += (_, _) => beforeSave?.Invoke();
            db.SavedChanges += (_, saved) => rowsSaved += saved.EntitiesSavedCount;
            return host.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune, rename, CancellationToken.None);
        });
    }

    static Task<Dictionary<string, int>> IdsAsync(PortalHost host) => host.WithDbAsync(db => db.Chapters.ToDictionaryAsync(c => c.Slug, c => c.Id));

    void Chapter(string name, string keys = "", string text = "Du *texte*.") => Write(name, $"---\ntitre: Chapitre\npublie: true\n{keys}---\n\n{text}\n");

    void Write(string name, string text) => File.WriteAllText(folder[name], text);

    void Rename(string name, string other) => File.Move(folder[name], folder[other]);

    void Delete(string name) => File.Delete(folder[name]);
}
