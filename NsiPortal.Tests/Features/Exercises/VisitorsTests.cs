using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.People;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Features.Exercises;

/// <summary>What visitors try is in their session, and theirs for good once they have an account.</summary>
public sealed class VisitorsTests : IAsyncLifetime
{
    const string Form = $"{Classroom.Chapter}/exercices/1/reponse";

    Classroom room = null!;

    public async ValueTask InitializeAsync() => room = await Classroom.StartAsync();

    public ValueTask DisposeAsync() => room.DisposeAsync();

    static async Task TryAsync(Pupil visitor, string form, params (string, string)[] fields)
    {
        await visitor.GetAsync(form);
        Assert.Equal(HttpStatusCode.OK, (await visitor.SwapAsync(form, fields.Prepend(("cle", visitor.Key)))).Status);
    }

    [Fact]
    public async Task A_try_is_judged_and_still_there_on_the_next_page()
    {
        using var visitor = new Pupil(room.Host);
        await visitor.GetAsync(Form);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync(Form, ("cle", visitor.Key), ("r.texte", "trois"))).Status);

        var page = await visitor.PageAsync(Form);
        Assert.NotNull(page.QuerySelector(".verdict-wrong"));
        Assert.Equal("trois", page.QuerySelector("[name='r.texte']")!.GetAttribute("value"));
        Assert.Empty(await room.Host.WithDbAsync(db => db.Attempts.ToListAsync()));
        using var other = new Pupil(room.Host);
        Assert.Null((await other.PageAsync(Form)).QuerySelector("[class*='verdict']"));
    }

    [Fact]
    public async Task What_was_tried_is_kept_at_sign_in()
    {
        var ada = await room.EnrolAsync("Ada");
        using var visitor = new Pupil(room.Host);
        await TryAsync(visitor, Form, ("r.texte", "trois"));
        await TryAsync(visitor, Form, ("r.texte", "deux"));
        await TryAsync(visitor, $"{Classroom.Chapter}/exercices/2/reponse", ("r.trou-1", "un"), ("r.trou-2", "trois"));

        await visitor.SignInAsync(ada);

        // The last answer to each.
        Assert.Equal(Outcome.Right, Assert.Single(await room.AttemptsAsync(ada, "mot")).Outcome);
        Assert.Equal(Outcome.Partial, Assert.Single(await room.AttemptsAsync(ada, "trous")).Outcome);
        Assert.Equal(20, await room.XpAsync(ada));
        Assert.NotNull((await visitor.PageAsync(Form)).QuerySelector(".verdict-right"));

        // Who signs in again with the same browser does not send it again.
        await visitor.GetAsync("/deconnexion");
        await visitor.PostAsync("/deconnexion");
        await visitor.SignInAsync(ada);
        Assert.Single(await room.AttemptsAsync(ada, "mot"));
    }

    [Fact]
    public async Task What_was_tried_is_kept_at_sign_up()
    {
        await room.Host.WithDbAsync(async db =>
        {
            var teacher = new User("Prof", Role.Teacher, Classroom.Noon);
            db.Users.Add(teacher);
            await db.SaveChangesAsync();
            db.Classes.Add(new SchoolClass("T1", teacher.Id, new JoinCode("ACDEFGH"), Classroom.Noon));
            await db.SaveChangesAsync();
        });
        using var visitor = new Pupil(room.Host);
        await TryAsync(visitor, Form, ("r.texte", "deux"));
        await visitor.GetAsync("/inscription");

        var answer = await visitor.PostAsync("/inscription", ("Code", "acd-efgh"), ("Pseudo", "Ada"), ("MotDePasse", Pupil.Password), ("Confirmation", Pupil.Password), ("Retour", Form));

        Assert.Equal((HttpStatusCode.Redirect, Form), (answer.Status, answer.Header("Location")));
        var ada = await room.Host.WithDbAsync(db => db.Users.Where(u => u.Nickname == "Ada").Select(u => u.Id).SingleAsync());
        Assert.Equal(20, await room.XpAsync(ada));
    }

    [Fact]
    public async Task Of_what_was_tried_what_is_there_no_more_is_left_out()
    {
        var ada = await room.EnrolAsync("Ada");
        using var visitor = new Pupil(room.Host);
        await TryAsync(visitor, Form, ("r.texte", "deux"));
        await TryAsync(visitor, $"{Classroom.Chapter}/exercices/3/reponse", ("r.texte", "oui"));
        await room.CorrectAsync(Classroom.Limited);

        await visitor.SignInAsync(ada);
        Assert.Equal((0, 1), ((await room.AttemptsAsync(ada, "mot")).Count, (await room.AttemptsAsync(ada, "compte")).Count));
    }

    [Fact]
    public async Task The_same_try_sent_again_counts_once()
    {
        using var visitor = new Pupil(room.Host);
        var form = $"{Classroom.Chapter}/exercices/3/reponse";
        await visitor.GetAsync(form);
        var key = visitor.Key;
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await visitor.SwapAsync(form, ("cle", key), ("r.texte", "non"))).Status);
        Assert.NotNull((await visitor.PageAsync(form)).QuerySelector(".submit"));
    }

    [Fact]
    public async Task Without_Redis_a_pupil_still_submits_and_a_visitor_is_told_that_nothing_was_kept()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await PortalHost.StartAsync(settings: [$"--REDIS_URL={redis.Url}"]);
        await host.WriteChapterAsync(Classroom.Sheet);
        using var pupil = await new Pupil(host).SignInAsync(await host.EnrolAsync("Ada"));
        using var visitor = new Pupil(host);
        await visitor.GetAsync(Form);
        await pupil.GetAsync(Form);

        await redis.KillAsync();

        Assert.Contains("verdict-right", (await pupil.SwapAsync(Form, ("cle", pupil.Key), ("r.texte", "deux"))).Text, StringComparison.Ordinal);
        var answer = await visitor.PostAsync(Form, ("cle", visitor.Key), ("r.texte", "deux"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("saisie", answer.Text, StringComparison.Ordinal);
        await redis.StartAgainAsync();
    }
}
