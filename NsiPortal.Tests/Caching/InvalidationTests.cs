using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>A saved change is seen by the next reader, and evicts no page that it does not touch.</summary>
public sealed class InvalidationTests : IAsyncLifetime
{
    PortalHost host = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync();
        visitor = host.CreateClient();
        await host.WithDbAsync(db =>
        {
            var sql = new CourseBuilder("sql").WithChapter("relations").WithChapter("jointures").WithChapter("brouillon", draft: true).Build();
            sql.Attach("schema.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray());
            db.Add(sql);
            db.Add(new CourseBuilder("python").WithChapter("boucles").Build());
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    static readonly string[] Pages =
    [
        "/", "/cours", "/cours/sql", "/cours/sql/relations", "/cours/sql/jointures", "/cours/sql/fichiers/schema.svg", "/cours/python", "/cours/python/boucles",
    ];

    [Fact]
    public async Task A_new_text_evicts_its_own_page_only()
    {
        await EvictsAsync(db => ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Texte neuf."))), "/cours/sql/jointures");
        Assert.Contains("Texte neuf.", (await visitor.AskAsync("/cours/sql/jointures")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_that_are_explained_otherwise_evict_the_pages_of_the_course()
    {
        string[] course = ["/cours/sql", "/cours/sql/relations", "/cours/sql/jointures", "/cours/sql/fichiers/schema.svg"];
        await EvictsAsync(db => ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Un <abbr title=\"Structured Query Language\">SQL</abbr>."))), course);
        await EvictsAsync(db => ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Du <abbr title=\"Structured Query Language\">SQL</abbr>, encore."))), "/cours/sql/jointures");
        await EvictsAsync(db => ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Plus rien."))), course);
    }

    [Fact]
    public Task A_new_reading_time_evicts_what_shows_it() =>
        EvictsAsync(db => ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Texte.", minutes: 40))),
            "/", "/cours", "/cours/sql", "/cours/sql/relations", "/cours/sql/jointures", "/cours/sql/fichiers/schema.svg", "/cours/python");

    [Fact]
    public Task A_draft_evicts_nothing() => EvictsAsync(async db =>
    {
        await ChangeAsync(db, "brouillon", c => c.Describe("Titre neuf", "Résumé neuf", 9));
        await ChangeAsync(db, "brouillon", c => c.Write("y", Text.Of("Texte neuf.", minutes: 50)));
    });

    [Fact]
    public async Task Exercises_evict_what_shows_them_only_when_somebody_sees_their_chapter()
    {
        Assert.Empty(await TagsOfAsync(db => ChangeAsync(db, "brouillon", c => Write(c.AddExercise("un"), "Un"))));
        Assert.Empty(await TagsOfAsync(db => ReviseAsync(db, "Une")));

        // Published, changed and hidden in one save each: it was seen before, or is afterwards.
        await BothAsync(c => c.Publish());
        await BothAsync(_ => { });
        await BothAsync(c => c.Unpublish());
        Assert.Empty(await TagsOfAsync(db => ReviseAsync(db, "Encore")));
        // Where nobody has read whether it is seen, it may be.
        Assert.Superset(Shown, await TagsOfAsync(async db =>
        {
            Write(await db.Exercises.SingleAsync(), "Toujours");
            await db.SaveChangesAsync();
        }));

        async Task BothAsync(Action<Chapter> change) => Assert.Superset(Shown, await TagsOfAsync(db => ReviseAsync(db, Guid.NewGuid().ToString(), change)));

        static async Task ReviseAsync(PortalDbContext db, string title, Action<Chapter>? change = null)
        {
            var chapter = await db.Chapters.Include(c => c.Exercises).SingleAsync(c => c.Slug == "brouillon");
            Write(chapter.Exercises.Single(), title);
            change?.Invoke(chapter);
            await db.SaveChangesAsync();
        }
    }

    static readonly HashSet<string> Shown = [Tags.Exercises, Tags.Search];

    static void Write(Exercise exercise, string title) => exercise.Write(1, title, points: 1, required: true, maximumTries: null, title,
        new FreeAnswer(100, null) { Statement = new("Combien ?", "<p>Combien ?</p>") });

    /// <summary>What the change wrote into the outbox.</summary>
    async Task<HashSet<string>> TagsOfAsync(Func<PortalDbContext, Task> change)
    {
        var last = await host.WithDbAsync(db => db.Set<CacheInvalidation>().MaxAsync(row => (long?)row.Id)) ?? 0;
        await host.WithDbAsync(change);
        var rows = await host.WithDbAsync(db => db.Set<CacheInvalidation>().Where(row => row.Id > last).Select(row => row.Tags).ToListAsync());
        return [.. rows.SelectMany(CacheInvalidation.Split)];
    }

    [Fact]
    public Task An_unchanged_save_evicts_nothing() => EvictsAsync(async db =>
    {
        var chapter = await db.Chapters.SingleAsync(c => c.Slug == "jointures");
        chapter.Describe(chapter.Title, chapter.Summary, chapter.Position);
        await db.SaveChangesAsync();
    });

    [Fact]
    public Task A_row_that_is_written_whole_evicts_though_its_values_look_unchanged() => EvictsAsync(async db =>
    {
        // What the database held may differ from what the context believes.
        db.Entry(await db.Chapters.SingleAsync(c => c.Slug == "boucles")).State = EntityState.Modified;
        await db.SaveChangesAsync();
    }, [.. Pages.Except(["/cours/sql/relations", "/cours/sql/jointures", "/cours/sql/fichiers/schema.svg"])]);

    [Fact]
    public async Task A_published_draft_appears_and_an_unpublished_chapter_is_gone()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/sql/brouillon")).Status);
        await host.WithDbAsync(db => ChangeAsync(db, "brouillon", c => c.Publish()));
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/sql/brouillon")).Status);
        Assert.Contains("/cours/sql/brouillon", (await visitor.AskAsync("/cours/sql")).Text, StringComparison.Ordinal);

        await host.WithDbAsync(db => ChangeAsync(db, "brouillon", c => c.Unpublish()));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/sql/brouillon")).Status);
        Assert.DoesNotContain("/cours/sql/brouillon", (await visitor.AskAsync("/cours/sql")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_course_answers_under_its_new_address_and_redirects_from_the_old_ones()
    {
        await ReadAllAsync();
        foreach (var slug in (string[])["bases", "bases-de-donnees"])
        {
            await host.WithDbAsync(async db =>
            {
                var course = await db.Courses.SingleAsync(c => c.Slug == "sql" || c.Slug == "bases");
                db.Add(course.MoveTo(slug)!);
                await db.SaveChangesAsync();
            });
        }

        await visitor.AskAsync("/");
        foreach (var old in (string[])["sql", "bases"])
        {
            var moved = await visitor.AskAsync($"/cours/{old}/jointures?x=1");
            Assert.Equal(HttpStatusCode.Redirect, moved.Status);
            Assert.Equal("/cours/bases-de-donnees/jointures?x=1", moved.Header("Location"));
            Assert.Equal("no-store", moved.Header("Cache-Control"));
            Assert.Equal(0, moved.SqlCount);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/bases-de-donnees/jointures")).Status);
        Assert.Contains("/cours/bases-de-donnees", (await visitor.AskAsync("/cours")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chapter_moved_to_another_course_redirects_to_it()
    {
        await ReadAllAsync();
        await host.WithDbAsync(async db =>
        {
            var chapter = await db.Chapters.Include(c => c.Course).SingleAsync(c => c.Slug == "jointures");
            db.Add(chapter.MoveTo(await db.Courses.SingleAsync(c => c.Slug == "python"), position: 9)!);
            await db.SaveChangesAsync();
        });

        Assert.Equal("/cours/python/jointures", (await visitor.AskAsync("/cours/sql/jointures")).Header("Location"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/python/jointures")).Status);
        Assert.DoesNotContain("/jointures", (await visitor.AskAsync("/cours/sql")).Text, StringComparison.Ordinal);
        Assert.Contains("/jointures", (await visitor.AskAsync("/cours/python")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slug_given_again_leads_to_its_new_owner()
    {
        await host.WithDbAsync(async db =>
        {
            db.Add((await db.Courses.SingleAsync(c => c.Slug == "sql")).MoveTo("bases")!);
            await db.SaveChangesAsync();
            db.Add(new CourseBuilder("sql").WithChapter("select").Build());
            await db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/sql/select")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/bases/jointures")).Status);
    }

    [Fact]
    public async Task A_deleted_course_takes_its_chapters_along_even_those_the_context_did_not_load()
    {
        await ReadAllAsync();
        await host.WithDbAsync(async db =>
        {
            db.Remove(await db.Courses.SingleAsync(c => c.Slug == "sql"));
            await db.SaveChangesAsync();
        });

        foreach (var gone in Pages.Where(p => p.StartsWith("/cours/sql", StringComparison.Ordinal)))
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync(gone)).Status);
        Assert.DoesNotContain("/cours/sql", (await visitor.AskAsync("/cours")).Text, StringComparison.Ordinal);
        Assert.True((await visitor.AskAsync("/cours/python/boucles")).Hit);
    }

    [Fact]
    public async Task What_a_chapter_covers_is_seen_though_the_chapter_itself_did_not_change()
    {
        await EvictsAsync(async db =>
        {
            var chapter = await db.Chapters.Include(c => c.Contents).SingleAsync(c => c.Slug == "jointures");
            chapter.Cover(await db.ProgrammeContents.Where(c => c.Code == "T-BDD-4").ToListAsync());
            await db.SaveChangesAsync();
        }, "/cours/sql/jointures");
    }

    [Fact]
    public async Task A_replaced_figure_is_seen()
    {
        await ReadAllAsync();
        await host.WithDbAsync(async db =>
        {
            var course = await db.Courses.Include(c => c.Files).SingleAsync(c => c.Slug == "sql");
            course.Attach("schema.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"neuf\"/>"u8.ToArray());
            await db.SaveChangesAsync();
        });

        Assert.Contains("neuf", (await visitor.AskAsync("/cours/sql/fichiers/schema.svg")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_transaction_evicts_when_it_commits_and_not_before() => EvictsAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Un.")));
        await ChangeAsync(db, "relations", c => c.Write("x", Text.Of("Deux.")));
        Assert.True((await visitor.AskAsync("/cours/sql/jointures")).Hit);
        await transaction.CommitAsync();
    }, "/cours/sql/jointures", "/cours/sql/relations");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_transaction_that_is_rolled_back_or_abandoned_evicts_nothing(bool explicitly) => EvictsAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Jamais.")));
        if (explicitly) await transaction.RollbackAsync();
    });

    [Fact]
    public async Task What_a_savepoint_undid_is_not_seen_and_what_it_kept_is()
    {
        await ReadAllAsync();
        await host.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Gardé.")));
            await transaction.CreateSavepointAsync("ici");
            await ChangeAsync(db, "relations", c => c.Write("x", Text.Of("Perdu.")));
            await transaction.RollbackToSavepointAsync("ici");
            await transaction.CommitAsync();
        });

        Assert.Contains("Gardé.", WebUtility.HtmlDecode((await visitor.AskAsync("/cours/sql/jointures")).Text), StringComparison.Ordinal);
        Assert.DoesNotContain("Perdu.", (await visitor.AskAsync("/cours/sql/relations")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_that_fails_leaves_the_pages_as_they_were_and_the_next_save_works()
    {
        await ReadAllAsync();
        await host.WithDbAsync(async db =>
        {
            db.Add(new CourseBuilder("sql").Build());
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        });
        await host.WithDbAsync(db => ChangeAsync(db, "jointures", c => c.Write("x", Text.Of("Ensuite."))));

        Assert.Contains("Ensuite.", (await visitor.AskAsync("/cours/sql/jointures")).Text, StringComparison.Ordinal);
    }

    static async Task ChangeAsync(PortalDbContext db, string slug, Action<Chapter> change)
    {
        change(await db.Chapters.SingleAsync(c => c.Slug == slug));
        await db.SaveChangesAsync();
    }

    async Task ReadAllAsync()
    {
        foreach (var page in Pages) Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync(page)).Status);
    }

    /// <summary>Every page is read, the change is made, and exactly the given pages miss afterwards.</summary>
    async Task EvictsAsync(Func<PortalDbContext, Task> change, params string[] evicted)
    {
        await ReadAllAsync();
        await host.WithDbAsync(change);
        var missed = new List<string>();
        foreach (var page in Pages)
            if (!(await visitor.AskAsync(page)).Hit) missed.Add(page);
        Assert.Equal(evicted.Order(), missed.Order());
    }
}
