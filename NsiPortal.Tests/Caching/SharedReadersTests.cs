using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Pages;
using NsiPortal.Domain.Exercises;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>What everybody shares is the same to the byte for each of them, has no form that sends, and no answer to an exercise.</summary>
public sealed partial class SharedReadersTests : IAsyncLifetime
{
    readonly Cast cast = new() { WithDemo = true };

    public ValueTask InitializeAsync() => cast.InitializeAsync();

    public ValueTask DisposeAsync() => cast.DisposeAsync();

    [Fact]
    public async Task Every_shared_page_is_the_same_for_everybody_and_sends_nothing()
    {
        using var visitor = cast.Visitor();
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await zoe.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"));
        var pages = await PagesAsync();
        // Each reader is the first to have one of three made.
        Person[] readers = [zoe, visitor, hopper];
        for (var i = 0; i < pages.Count; i++)
        {
            var answers = new List<Support.Answer>();
            for (var j = 0; j < readers.Length; j++) answers.Add(await readers[(i + j) % readers.Length].AskAsync(pages[i]));
            Assert.All(answers, answer =>
            {
                Assert.Equal((pages[i], HttpStatusCode.OK), (pages[i], answer.Status));
                Assert.Equal(answers[0].ETag, answer.ETag);
                Assert.Equal(answers[0].Text, answer.Text);
                Assert.Null(answer.Header("Set-Cookie"));
            });
            Assert.NotNull(answers[0].ETag);
            Assert.DoesNotContain("__RequestVerificationToken", answers[0].Text, StringComparison.Ordinal);
            Assert.DoesNotMatch(PostingForm(), answers[0].Text);
        }
    }

    [Fact]
    public async Task Neither_the_statement_nor_the_form_tells_what_is_right()
    {
        using var visitor = cast.Visitor();
        var exercises = await cast.Host.WithDbAsync(db => db.Exercises.Where(e => e.Number > 0).Select(e => new { e.Chapter.Course.Slug, Chapter = e.Chapter.Slug, e.Number, e.Content }).ToListAsync());
        Assert.Equal(Enum.GetValues<ExerciseKind>(), exercises.Select(e => e.Content.Kind).Distinct().Order());
        foreach (var exercise in exercises)
        {
            var address = $"/cours/{exercise.Slug}/{exercise.Chapter}/exercices/{exercise.Number}";
            var statement = await visitor.AskAsync(address);
            var form = await visitor.AskAsync(address + "/reponse", "HX-Request: true");
            foreach (var page in new[] { statement, form })
            {
                Assert.Equal((address, HttpStatusCode.OK), (address, page.Status));
                Assert.All(SecretsOf(exercise.Content), secret => Assert.DoesNotContain(secret.Html.Trim(), page.Text, StringComparison.Ordinal));
                Assert.DoesNotMatch(Marked(), page.Text);
            }

            Assert.All(KeysOf(exercise.Content), key => Assert.DoesNotContain($"\"{key}\"", statement.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_form_is_the_same_whatever_is_right()
    {
        using var visitor = cast.Visitor();
        var before = await FormAsync();
        await cast.Host.WithDbAsync(async db =>
        {
            var exercise = await db.Exercises.SingleAsync(e => e.Chapter.Course.Slug == "sql");
            var choices = (MultipleChoice)exercise.Content;
            exercise.Show(choices with { Choices = [.. choices.Choices.Select(choice => choice with { Right = !choice.Right })] });
            await db.SaveChangesAsync();
        });
        Assert.Equal(before, await FormAsync());

        async Task<string> FormAsync() => Varying().Replace((await visitor.AskAsync(Cast.Exercise + "/reponse", "HX-Request: true")).Text, "");
    }

    static IEnumerable<RichText> SecretsOf(ExerciseContent content)
    {
        IEnumerable<RichText?> own = content switch
        {
            MultipleChoice choice => choice.Choices.Select(c => c.Feedback),
            ShortAnswer answer => answer.Foreseen.Select(f => f.Feedback),
            Gaps gaps => gaps.Items.Select(gap => gap.Feedback),
            Parsons parsons => parsons.Lines.Concat(parsons.Distractors).Select(line => line.Feedback),
            Matching matching => matching.Pairs.Select(pair => pair.Feedback),
            FreeAnswer free => [free.Criteria],
            var other => throw new InvalidOperationException($"{other.GetType().Name} has secrets that this test does not know."),
        };
        return own.Append(content.Correction).Concat(content.Hints).OfType<RichText>();
    }

    static IEnumerable<string> KeysOf(ExerciseContent content) => content switch
    {
        MultipleChoice choice => choice.Choices.Select(c => c.Key),
        Parsons parsons => parsons.Lines.Concat(parsons.Distractors).Select(line => line.Key),
        Matching matching => matching.Pairs.SelectMany(pair => new[] { pair.Key, pair.Right.Key }),
        _ => [],
    };

    /// <summary>An address for each way to fill the routes of shared pages.</summary>
    async Task<List<string>> PagesAsync()
    {
        var routes = cast.Host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<ControllerActionDescriptor>()
            .Where(action => action.ControllerTypeInfo.Assembly == typeof(Program).Assembly && action.EndpointMetadata.OfType<SharedPageAttribute>().Any())
            .Select(action => "/" + action.AttributeRouteInfo!.Template!.TrimStart('/'))
            .Select(route => route.Replace("/etudes/{university}/{programme}", Cast.Programme, StringComparison.Ordinal).Replace("/etudes/{university}", Cast.University, StringComparison.Ordinal).Replace("{code}", "t-bdd-4", StringComparison.Ordinal)).ToList();
        var courses = await cast.Host.WithDbAsync(db => db.Courses.Select(c => new
        {
            c.Slug,
            Files = db.CourseFiles.Where(f => f.CourseId == c.Id).Select(f => f.Name).ToList(),
            Chapters = c.Chapters.Select(chapter => new { chapter.Slug, Exercises = chapter.Exercises.Where(e => e.Number > 0).Select(e => e.Number).ToList() }).ToList(),
        }).AsSplitQuery().ToListAsync());
        var filled =
            from route in routes
            from course in courses
            from chapter in course.Chapters
            from number in chapter.Exercises.DefaultIfEmpty(0)
            from name in course.Files.DefaultIfEmpty("")
            where !(number == 0 && route.Contains("{number", StringComparison.Ordinal)) && !(name == "" && route.Contains("{name}", StringComparison.Ordinal))
            select route.Replace("{course}", course.Slug, StringComparison.Ordinal).Replace("{chapter}", chapter.Slug, StringComparison.Ordinal)
                .Replace("{number:int}", $"{number}", StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal);
        var pages = filled.Distinct().Append("/classement?periode=toujours").Append("/cours?niveau=terminale").Append("/programme?niveau=terminale").Append("/recherche?q=jointure").Append("/etudes?q=informatique").ToList();
        Assert.DoesNotContain(pages, page => page.Contains('{'));
        return pages;
    }

    [GeneratedRegex("""<form[^>]*method=["']?post|hx-(post|put|patch|delete)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex PostingForm();

    [GeneratedRegex("""class="(right|wrong)|p-verdict""", RegexOptions.ExplicitCapture)]
    private static partial Regex Marked();

    [GeneratedRegex("""name="(__RequestVerificationToken|cle)"( type="hidden")? value="[^"]+""", RegexOptions.ExplicitCapture)]
    private static partial Regex Varying();
}
