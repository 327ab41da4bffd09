using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Data.Search;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Search;
using NsiPortal.Support;

namespace NsiPortal.Features.Search;

public sealed class SearchTests(Cast cast) : IClassFixture<Cast>
{
    [Theory]
    [InlineData("jointure")]
    [InlineData("JOINTURES")]
    [InlineData("joint")]
    [InlineData("auteurs sans livres")]
    [InlineData("partenaire")]
    [InlineData("texte de chapitre sql")]
    [InlineData("\"jointure\" -(texte)*")]
    public async Task A_chapter_is_found_by_its_words_and_by_those_of_its_exercises(string typed)
    {
        Assert.Equal([Cast.Chapter], (await SearchAsync(typed)).Addresses);
    }

    // The words of hint, correction, answer and feedback, none of which stand elsewhere.
    [Theory]
    [InlineData("comptez")]
    [InlineData("lignes")]
    [InlineData("disparaît")]
    [InlineData("externe")]
    [InlineData("paires")]
    [InlineData("zygomatique")]
    public async Task What_is_right_is_never_found(string typed)
    {
        var (addresses, answer) = await SearchAsync(typed);
        Assert.Empty(addresses);
        Assert.Contains("Aucun chapitre", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_published_renamed_or_taken_back_is_so_for_the_next_search()
    {
        Assert.Empty((await SearchAsync("quicksort")).Addresses);
        Assert.True((await SearchAsync(" QuickSort ")).Answer.Hit);

        await ChangeAsync(c => c.AddChapter("tris", "Les tris").Write("", Text.Of("Le <em>quicksort</em> d’Élodie coûte cher.")));
        Assert.Empty((await SearchAsync("quicksort")).Addresses);
        await ChapterAsync(c => c.Publish());
        Assert.Equal(["/cours/tri/tris"], (await SearchAsync("quicksort")).Addresses);
        Assert.Equal(["/cours/tri/tris"], (await SearchAsync("elodie cout")).Addresses);
        Assert.Contains("Le <mark>quicksort</mark> d’Élodie coûte cher.", WebUtility.HtmlDecode((await SearchAsync("quicksort")).Answer.Text), StringComparison.Ordinal);

        await ChapterAsync(c => c.Write("", Text.Of("Le tri par tas.")));
        Assert.Empty((await SearchAsync("quicksort")).Addresses);
        Assert.Equal(["/cours/tri/tris"], (await SearchAsync("trie tas")).Addresses);

        await ChangeAsync(c => c.Describe("Ordonner", "", Level.Premiere, 1));
        Assert.Equal(["/cours/tri/tris"], (await SearchAsync("ordonner tas")).Addresses);
        await ChangeAsync(c => c.Unpublish());
        Assert.Empty((await SearchAsync("tri tas")).Addresses);
        await ChangeAsync(c => c.Publish());
        Assert.Single((await SearchAsync("tri tas")).Addresses);

        await ChapterAsync(c => c.Unpublish());
        Assert.Empty((await SearchAsync("tri tas")).Addresses);
        await ChapterAsync(c => c.Publish());
        await cast.Host.WithDbAsync(async db =>
        {
            db.Remove(await db.Chapters.SingleAsync(c => c.Slug == "tris"));
            await db.SaveChangesAsync();
        });
        Assert.Empty((await SearchAsync("tri tas")).Addresses);
        Assert.Empty(await cast.Host.WithDbAsync(db => db.Matching(SearchQuery.Parse("tas")).ToListAsync()));
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_there()
    {
        await cast.Host.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var chapter = await db.Chapters.SingleAsync(c => c.Slug == "jointures");
            chapter.Write("", Text.Of("Abracadabra."));
            await db.SaveChangesAsync();
            Assert.Single(await db.Matching(SearchQuery.Parse("abracadabra")).ToListAsync());
        });
        Assert.Empty(await cast.Host.WithDbAsync(db => db.Matching(SearchQuery.Parse("abracadabra")).ToListAsync()));
        Assert.Single((await SearchAsync("jointure")).Addresses);
    }

    [Fact]
    public async Task Two_who_change_a_chapter_at_once_are_both_found()
    {
        await ChangeAsync(c => c.AddChapter("couleurs", "Couleurs").AddExercise("rouge").Write(1, "Rouge", 1, true, null, "a", Statement("vermillon")));
        await Task.WhenAll(
            cast.Host.WithDbAsync(async db =>
            {
                (await db.Chapters.SingleAsync(c => c.Slug == "couleurs")).Write("", Text.Of("Turquoise."));
                await db.SaveChangesAsync();
            }),
            cast.Host.WithDbAsync(async db =>
            {
                (await db.Exercises.SingleAsync(e => e.Key == "rouge")).Write(1, "Rouge", 1, true, null, "b", Statement("écarlate"));
                await db.SaveChangesAsync();
            }));
        Assert.Single(await cast.Host.WithDbAsync(db => db.Matching(SearchQuery.Parse("turquoise ecarlate")).ToListAsync()));
        Assert.Empty(await cast.Host.WithDbAsync(db => db.Matching(SearchQuery.Parse("vermillon")).ToListAsync()));

        static Domain.Exercises.ExerciseContent Statement(string word) => new Domain.Exercises.ShortAnswer([new Domain.Exercises.Accepted("oui")], [], null) { Statement = new Domain.Exercises.RichText(word, $"<p>{word}</p>") };
    }

    [Fact]
    public async Task Results_come_by_pages_and_the_best_first()
    {
        await cast.Host.WithDbAsync(async db =>
        {
            var course = new CourseBuilder("pages").Build();
            for (var i = 1; i <= SearchController.PageSize + 3; i++)
            {
                var chapter = course.AddChapter($"c{i}", i == 17 ? "Zinzolin" : $"Chapitre {i}");
                chapter.Write("", Text.Of("Du zinzolin."));
                chapter.Publish();
            }

            db.Add(course);
            await db.SaveChangesAsync();
        });
        var (first, second) = ((await SearchAsync("zinzolin")).Addresses, (await SearchAsync("zinzolin&page=2")).Addresses);
        Assert.Equal("/cours/pages/c17", first[0]);
        Assert.Equal((SearchController.PageSize, 3, SearchController.PageSize + 3), (first.Count, second.Count, first.Concat(second).Distinct().Count()));
        foreach (var page in new[] { "zinzolin&page=3", "zinzolin&page=1", "zinzolin&page=02", "zinzolin&page=x", "&page=2" })
            Assert.Equal((page, HttpStatusCode.NotFound), (page, (await SearchAsync(page)).Answer.Status));
    }

    [Fact]
    public async Task Chapters_that_an_older_portal_knew_are_indexed_at_the_next_start()
    {
        await using var host = await PortalHost.StartAsync(withDemo: true);
        await host.WithDbAsync(db => db.InTransactionAsync(async () =>
        {
            db.RemoveRange(await db.SearchTexts.ToListAsync());
            await db.SaveChangesAsync();
        }, CancellationToken.None));
        Assert.Empty(await host.WithDbAsync(db => db.Matching(SearchQuery.Parse("jointure")).ToListAsync()));
        await using var next = await PortalHost.StartAsync(beside: host);
        var found = await next.WithDbAsync(db => db.Matching(SearchQuery.Parse("jointure")).OrderBy(hit => hit.Rank).ToListAsync());
        Assert.InRange(found.Count, 1, 6);
        Assert.Equal("jointures", await next.WithDbAsync(db => db.Chapters.Where(c => c.Id == found[0].ChapterId).Select(c => c.Slug).SingleAsync()));
    }

    [Fact]
    public async Task Nothing_that_is_typed_breaks_it_and_a_flood_stays_in_its_own_memory()
    {
        string[] parts = ["\"", "'", "*", "NEAR", "NEAR(", "AND", "OR", "NOT", ":", "-", "(", ")", "^", "{", "}", "+", "&", "|", "!", "<->", "\\", "%", "_", ";", "--", "/*", "é", "œ", "ǅ", "İ", "字", "Ω", "😀", "\u0301",
            "\u200d", "\u202e", "\uFFFD", "x", "pile", "jointure", "3.14", "1e9", "a.b@c.fr", "http://x", "1", "½", "Ⅳ", "ﬁ", "ٱ", "๙", " ", "\u00A0", "TitleWords", "SearchIndex", "rank", "<script>", "&lt;"];
        var random = new Random(20261128);
        using var client = cast.Host.CreateClient();
        var store = cast.Host.Services.GetRequiredService<PageStore>();
        await client.AskAsync("/cours");
        foreach (var some in Enumerable.Range(0, 5_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]))).Chunk(8))
        {
            var answers = await Task.WhenAll(some.Select(typed => client.AskAsync($"/recherche?q={Uri.EscapeDataString(typed)}")));
            Assert.All(answers.Zip(some), pair => Assert.True(pair.First.Status == HttpStatusCode.OK, $"{pair.Second}: {pair.First.Status}"));
        }

        Assert.True((await client.AskAsync("/cours")).Hit);
        Assert.InRange(store.Bytes, 1, (16 + 2) * 1024 * 1024);
    }

    async Task<(List<string> Addresses, Answer Answer)> SearchAsync(string typed)
    {
        using var client = cast.Host.CreateClient();
        var parts = typed.Split("&page=");
        var answer = await client.AskAsync($"/recherche?q={Uri.EscapeDataString(parts[0])}{(parts.Length > 1 ? "&page=" + parts[1] : "")}");
        return ([.. new HtmlParser().ParseDocument(answer.Text).QuerySelectorAll(".results h3 a").Select(link => link.GetAttribute("href")!)], answer);
    }

    Task ChangeAsync(Action<Course> change) => cast.Host.WithDbAsync(async db =>
    {
        if (await db.Courses.Include(c => c.Chapters).SingleOrDefaultAsync(c => c.Slug == "tri") is not { } course) db.Add(course = new CourseBuilder("tri").Build());
        change(course);
        await db.SaveChangesAsync();
    });

    Task ChapterAsync(Action<Chapter> change) => cast.Host.WithDbAsync(async db =>
    {
        change(await db.Chapters.SingleAsync(c => c.Slug == "tris"));
        await db.SaveChangesAsync();
    });
}
