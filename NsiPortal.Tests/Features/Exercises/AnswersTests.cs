using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Features.Exercises;

/// <summary>The answer form, as browsers send it: with scripts and without, signed in and not.</summary>
public sealed class AnswersTests : IAsyncLifetime
{
    const string Word = $"{Classroom.Chapter}/exercices/1";
    const string Form = $"{Word}/reponse";
    const string Limited = $"{Classroom.Chapter}/exercices/3/reponse";
    const string Free = $"{Classroom.Chapter}/exercices/4/reponse";

    Classroom room = null!;
    int ada;

    public async ValueTask InitializeAsync()
    {
        room = await Classroom.StartAsync();
        ada = await room.EnrolAsync("Ada");
    }

    public ValueTask DisposeAsync() => room.DisposeAsync();

    async Task<Pupil> AdaAsync() => await new Pupil(room.Host).SignInAsync(ada);

    static IParentNode Parse(Answer answer) => new HtmlParser().ParseDocument(answer.Text);

    static string? Entered(IParentNode page) => page.QuerySelector("[name='r.texte']")?.GetAttribute("value");

    [Fact]
    public async Task With_scripts_the_verdict_comes_as_a_part_of_the_page()
    {
        using var pupil = await AdaAsync();
        Assert.DoesNotContain("<html", (await pupil.GetAsync(Form, fragment: true)).Text, StringComparison.Ordinal);

        var answer = await pupil.SwapAsync(Form, ("cle", pupil.Key), ("r.texte", "deux"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer.Text, StringComparison.Ordinal);
        Assert.Contains("+ 20 XP", Parse(answer).QuerySelector(".verdict-right")!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal("deux", Entered(Parse(answer)));
    }

    [Fact]
    public async Task Without_scripts_the_browser_is_sent_to_a_page_that_can_be_loaded_again()
    {
        using var pupil = await AdaAsync();
        await pupil.GetAsync(Form);

        var answer = await pupil.PostAsync(Form, ("cle", pupil.Key), ("r.texte", "trois"));

        Assert.Equal((HttpStatusCode.Redirect, Form), (answer.Status, answer.Header("Location")));
        for (var i = 0; i < 2; i++)
        {
            var page = await pupil.PageAsync(Form);
            Assert.Contains("Un de trop.", page.QuerySelector("html .verdict-wrong")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("trois", Entered(page));
        }

        Assert.Single(await room.AttemptsAsync(ada, "mot"));
    }

    [Fact]
    public async Task A_form_without_its_hidden_token_is_refused()
    {
        using var pupil = await AdaAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await pupil.PostAsync(Form, ("r.texte", "deux"), ("__RequestVerificationToken", "x"))).Status);
        Assert.Empty(await room.AttemptsAsync(ada, "mot"));
    }

    [Theory]
    [InlineData(true, Form)]
    [InlineData(true, $"{Word}/indice")]
    [InlineData(false, Form)]
    [InlineData(false, $"{Word}/indice")]
    public async Task A_form_from_before_the_sign_in_changed_comes_back_with_what_was_entered(bool signedIn, string action)
    {
        using var pupil = signedIn ? await AdaAsync() : new Pupil(room.Host);
        await pupil.GetAsync(Form, fragment: true);

        var key = pupil.Key;
        var answer = await pupil.SwapAsync(action, ("cle", key), ("r.texte", "deux"), ("__RequestVerificationToken", "d’avant"));

        Assert.Equal((HttpStatusCode.BadRequest, "deux"), (answer.Status, Entered(Parse(answer))));
        Assert.Contains(signedIn ? "Votre connexion a changé" : "Vous n’êtes pas connecté", Parse(answer).QuerySelector(".message")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await room.AttemptsAsync(ada, "mot"));
        // Perhaps it was counted before, and nobody was told.
        if (action == Form) Assert.Equal(key, pupil.Key);
        // Nothing was judged, and the form that came back can be sent.
        Assert.Null(Parse(answer).QuerySelector(".verdict"));
        Assert.NotNull(Parse(await pupil.SwapAsync(Form, ("cle", pupil.Key), ("r.texte", "deux"))).QuerySelector(".verdict-right"));
    }

    [Fact]
    public async Task Who_has_solved_it_is_not_told_to_read_why()
    {
        using var pupil = await AdaAsync();
        await pupil.GetAsync(Limited);
        await pupil.SwapAsync(Limited, ("cle", pupil.Key), ("r.texte", "oui"));
        Assert.Contains("il n’y a plus rien à essayer", (await pupil.PageAsync(Limited)).QuerySelector(".tries")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_is_told_what_becomes_of_their_answer()
    {
        using var visitor = new Pupil(room.Host);
        await visitor.GetAsync(Limited);
        foreach (var word in new[] { "non", "jamais" }) await visitor.SwapAsync(Limited, ("cle", visitor.Key), ("r.texte", word));
        Assert.Contains("pour ceux qui ont un compte", (await visitor.PageAsync(Limited)).QuerySelector(".tries")!.TextContent, StringComparison.Ordinal);

        await visitor.GetAsync(Free);
        var sent = Parse(await visitor.SwapAsync(Free, ("cle", visitor.Key), ("r.texte", "Parce que.")));
        Assert.Contains("pas encore envoyée", sent.QuerySelector(".verdict")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("lisez la correction", sent.QuerySelector("form")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_long_comes_back_with_a_word_about_it(bool signedIn)
    {
        using var pupil = signedIn ? await AdaAsync() : new Pupil(room.Host);
        await pupil.GetAsync(Free);
        var text = new string('a', Domain.Exercises.Answer.MaximumBytes);

        var answer = await pupil.SwapAsync(Free, ("cle", pupil.Key), ("r.texte", text));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains(text, Parse(answer).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(Parse(answer).QuerySelector(".message-fault"));
        Assert.Empty(await room.AttemptsAsync(ada, "libre"));
    }

    [Theory]
    [InlineData("r.texte", " ", "")]
    [InlineData("r.autre", "deux", "")]
    public async Task What_cannot_be_taken_comes_back_with_a_word_about_it(string field, string value, string entered)
    {
        using var pupil = await AdaAsync();
        await pupil.GetAsync(Form);
        var answer = await pupil.SwapAsync(Form, ("cle", pupil.Key), (field, value));
        Assert.Equal((HttpStatusCode.BadRequest, entered), (answer.Status, Entered(Parse(answer))!.Trim()));
        Assert.NotNull(Parse(answer).QuerySelector(".message-fault"));
    }

    [Fact]
    public async Task A_choice_that_is_there_no_more_brings_the_exercise_as_it_is_now_with_the_rest_of_the_answer()
    {
        const string sheet = "- id: choix\n  titre: Choix\n  type: qcm\n  plusieurs: oui\n  enonce: Lesquels ?\n  choix: [{texte: a, juste: oui}, {texte: b, juste: oui}, {texte: c}]\n";
        await room.CorrectAsync(sheet);
        using var pupil = await AdaAsync();
        var keys = (await pupil.PageAsync(Form)).QuerySelectorAll("[name='r.choix']").ToDictionary(box => box.ParentElement!.TextContent.Trim(), box => box.GetAttribute("value")!);
        await room.CorrectAsync(sheet.Replace("texte: b", "texte: d", StringComparison.Ordinal));

        var answer = await pupil.SwapAsync(Form, ("cle", pupil.Key), ("r.choix", keys["a"]), ("r.choix", keys["b"]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var boxes = Parse(answer).QuerySelectorAll("[name='r.choix']");
        Assert.Equal(["a", "c", "d"], boxes.Select(box => box.ParentElement!.TextContent.Trim()).Order(StringComparer.Ordinal));
        Assert.Equal(["a"], boxes.Where(box => box.HasAttribute("checked")).Select(box => box.ParentElement!.TextContent.Trim()));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_exercise_that_went_meanwhile_gives_back_what_was_typed(bool retired, bool fragment)
    {
        using var pupil = await AdaAsync();
        await pupil.GetAsync(Form);
        if (retired) await room.CorrectAsync("");
        else await room.Host.WriteChapterAsync(Classroom.Sheet, published: false);

        (string, string)[] fields = [("cle", pupil.Key), ("r.texte", "<b>tapé</b>")];
        var answer = fragment ? await pupil.SwapAsync(Form, fields) : await pupil.PostAsync(Form, fields);

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.Equal("<b>tapé</b>", Parse(answer).QuerySelector(".typed")!.TextContent);
        Assert.Equal(!fragment, answer.Text.Contains("<html", StringComparison.Ordinal));
        Assert.Empty(await room.Host.WithDbAsync(db => db.Attempts.ToListAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await pupil.GetAsync(Form)).Status);
    }

    [Fact]
    public async Task A_draft_that_was_saved_on_one_computer_is_there_on_another_until_it_is_submitted()
    {
        using var here = await AdaAsync();
        using var there = await AdaAsync();
        await here.GetAsync(Form);
        Assert.Equal(HttpStatusCode.NoContent, (await here.PostAsync($"{Word}/brouillon", ("r.texte", "tro"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await here.PostAsync($"{Word}/brouillon", ("r.texte", "trois"))).Status);

        Assert.Equal("trois", Entered(await there.PageAsync(Form)));
        await there.SwapAsync(Form, ("cle", there.Key), ("r.texte", "quatre"));
        Assert.Equal("quatre", Entered(await here.PageAsync(Form)));

        using var visitor = new Pupil(room.Host);
        await visitor.GetAsync(Form);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync($"{Word}/brouillon", ("r.texte", "x"))).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hints_come_one_by_one_and_are_counted(bool signedIn)
    {
        using var pupil = signedIn ? await AdaAsync() : new Pupil(room.Host);
        await pupil.GetAsync(Form);
        for (var seen = 1; seen <= 3; seen++)
        {
            var answer = Parse(await pupil.SwapAsync($"{Word}/indice", ("r.texte", "en cours")));
            Assert.Equal(new[] { "Peu.", "Moins que trois." }.Take(seen), answer.QuerySelectorAll(".hint-text").Select(hint => hint.TextContent.Trim()));
            Assert.Equal(("en cours", seen < 2), (Entered(answer), answer.QuerySelector("[formaction$='/indice']") is not null));
        }

        Assert.Equal(2, (await pupil.PageAsync(Form)).QuerySelectorAll(".hint-text").Length);
        if (signedIn) Assert.Equal((2, 0), ((await room.ProgressAsync(ada, "mot"))!.HintsSeen, (await room.ProgressAsync(ada, "mot"))!.Tries));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_correction_is_shown_when_the_tries_are_used_up_to_who_cannot_have_them_again(bool signedIn)
    {
        using var pupil = signedIn ? await AdaAsync() : new Pupil(room.Host);
        for (var tries = 0; tries <= 2; tries++)
        {
            var page = await pupil.PageAsync(Limited);
            Assert.Equal((tries == 2 && signedIn, tries < 2), (page.QuerySelector(".correction") is not null, page.QuerySelector(".submit") is not null));
            Assert.Equal(tries < 2 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, (await pupil.SwapAsync(Limited, ("cle", pupil.Key), ("r.texte", "non"))).Status);
        }
    }

    [Fact]
    public async Task A_form_whose_exercise_has_changed_its_place_answers_no_other()
    {
        using var pupil = await AdaAsync();
        await pupil.GetAsync(Form);
        var other = await room.Host.WithDbAsync(db => db.Exercises.Where(e => e.Key != "mot").Select(e => e.Id).FirstAsync());
        Assert.Equal(HttpStatusCode.Gone, (await pupil.SwapAsync(Form, ("exercice", $"{other}"), ("r.texte", "à garder"))).Status);
        Assert.Null(await room.ProgressAsync(ada, "mot"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_correction_is_shown_to_who_has_solved_it_and_to_nobody_else(bool signedIn)
    {
        using var pupil = signedIn ? await AdaAsync() : new Pupil(room.Host);
        using var other = new Pupil(room.Host);
        await pupil.GetAsync(Form);
        Assert.DoesNotContain("Un et un.", (await pupil.SwapAsync(Form, ("cle", pupil.Key), ("r.texte", "trois"))).Text, StringComparison.Ordinal);
        Assert.Contains("Un et un.", (await pupil.SwapAsync(Form, ("cle", pupil.Key), ("r.texte", "deux"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Un et un.", (await other.GetAsync(Form)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Un et un.", (await other.GetAsync(Word)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_that_is_released_is_shown_to_the_class_only()
    {
        var bob = await room.EnrolAsync("Bob");
        await room.Host.WithDbAsync(async db =>
        {
            var teacher = new User("Prof", Role.Teacher, Classroom.Noon);
            db.Users.Add(teacher);
            await db.SaveChangesAsync();
            var schoolClass = new SchoolClass("T1", teacher.Id, new JoinCode("ACDEFGH"), Classroom.Noon);
            db.ClassMembers.Add(new ClassMember(schoolClass, await db.Users.SingleAsync(u => u.Id == ada), Classroom.Noon));
            await db.SaveChangesAsync();
            db.CorrectionReleases.Add(new CorrectionRelease(schoolClass.Id, (await db.Exercises.SingleAsync(e => e.Key == "mot")).Id, Classroom.Noon));
            await db.SaveChangesAsync();
        });
        using var member = await AdaAsync();
        using var other = await new Pupil(room.Host).SignInAsync(bob);
        using var visitor = new Pupil(room.Host);
        foreach (var reader in new[] { member, other, visitor })
            Assert.Equal(reader == member, (await reader.GetAsync(Form)).Text.Contains("Un et un.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_pupil_sees_the_choices_in_an_order_of_their_own_which_stays()
    {
        await room.CorrectAsync("- id: choix\n  titre: Choix\n  type: qcm\n  enonce: Lequel ?\n  choix: [{texte: a, juste: oui}, {texte: b}, {texte: c}, {texte: d}, {texte: e}, {texte: f}]\n");
        var orders = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            using var pupil = await new Pupil(room.Host).SignInAsync(i == 0 ? ada : await room.EnrolAsync($"Bob {i}"));
            orders.Add(await OrderAsync(pupil));
            Assert.Equal(orders[^1], await OrderAsync(pupil));
        }

        Assert.Equal(4, orders.Distinct().Count());

        static async Task<string> OrderAsync(Pupil pupil) => string.Concat((await pupil.PageAsync(Form)).QuerySelectorAll(".choices label").Select(label => label.TextContent.Trim()));
    }

    [Fact]
    public async Task What_is_shown_tells_nothing_of_what_is_right()
    {
        using var pupil = await AdaAsync();
        foreach (var page in new[] { Word, Form })
            Assert.DoesNotContain("deux", (await pupil.GetAsync(page)).Text, StringComparison.Ordinal);
    }
}
