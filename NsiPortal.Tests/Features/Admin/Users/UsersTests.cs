using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Features.Admin.Users;

public sealed class UsersTests : IAsyncLifetime
{
    readonly Cast cast = new();
    Person bursar = null!;

    public async ValueTask InitializeAsync()
    {
        await cast.StartAsync();
        bursar = await cast.SignInAsync(Cast.Bursar);
    }

    public ValueTask DisposeAsync()
    {
        bursar.Dispose();
        return cast.DisposeAsync();
    }

    [Fact]
    public async Task Each_act_is_so_for_the_next_page_and_leaves_one_entry()
    {
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        await ActAsync("role", AuditAct.RoleChanged, ("role", "Teacher"));
        Assert.Equal(HttpStatusCode.Redirect, (await oscar.AskAsync("/moi")).Status);
        await oscar.SignInAsync(Cast.Oscar);
        Assert.Equal(HttpStatusCode.OK, (await oscar.AskAsync("/prof/classes")).Status);

        await ActAsync("deconnexion", AuditAct.SignedOutEverywhere);
        Assert.Equal(HttpStatusCode.Redirect, (await oscar.AskAsync("/moi")).Status);

        await ActAsync("desactivation", AuditAct.AccountDisabled);
        Assert.Equal(HttpStatusCode.BadRequest, (await oscar.SignInAsync(Cast.Oscar)).Status);
        Assert.Equal([Cast.Oscar], await ListAsync("/admin/utilisateurs?desactives=true"));
        await ActAsync("reactivation", AuditAct.AccountEnabled);
        Assert.Equal("/moi", (await oscar.SignInAsync(Cast.Oscar)).Header("Location"));

        var slip = await bursar.PostAsync($"/admin/utilisateurs/{cast.IdOf(Cast.Oscar)}/mot-de-passe");
        var password = new HtmlParser().ParseDocument(slip.Text).QuerySelector(".password")!.TextContent;
        Assert.Equal(HttpStatusCode.BadRequest, (await oscar.SignInAsync(Cast.Oscar)).Status);
        Assert.Equal("/mot-de-passe", (await oscar.SignInAsync(Cast.Oscar, password)).Header("Location"));
        Assert.Equal(5, await cast.Host.WithDbAsync(db => db.AuditEntries.CountAsync()));
        Assert.DoesNotContain(password, (await bursar.AskAsync($"/admin/utilisateurs/{cast.IdOf(Cast.Oscar)}")).Text, StringComparison.Ordinal);

        async Task ActAsync(string path, AuditAct act, params (string, string)[] fields)
        {
            var before = await cast.Host.WithDbAsync(db => db.AuditEntries.CountAsync());
            var answer = await bursar.PostAsync($"/admin/utilisateurs/{cast.IdOf(Cast.Oscar)}/{path}", fields);
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
            Assert.Contains("message-good", (await bursar.AskAsync(answer.Header("Location")!)).Text, StringComparison.Ordinal);
            var entries = await cast.Host.WithDbAsync(db => db.AuditEntries.OrderBy(e => e.Id).Skip(before).ToListAsync());
            Assert.Equal((act, Cast.Bursar, Cast.Oscar), (Assert.Single(entries).Act, entries[0].Nickname, entries[0].Target));
        }
    }

    [Fact]
    public async Task The_last_administrator_is_told_why_not()
    {
        foreach (var (path, field) in new[] { ("role", "Student"), ("desactivation", "") })
        {
            var answer = await bursar.PostAsync($"/admin/utilisateurs/{cast.IdOf(Cast.Bursar)}/{path}", ("role", field));
            Assert.Equal(HttpStatusCode.Conflict, answer.Status);
            Assert.Contains("seul administrateur", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.PostAsync($"/admin/utilisateurs/{cast.IdOf(Cast.Oscar)}/role", ("role", "17"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bursar.PostAsync("/admin/utilisateurs/987654/desactivation")).Status);
        Assert.Empty(await cast.Host.WithDbAsync(db => db.AuditEntries.ToListAsync()));
    }

    [Fact]
    public async Task Accounts_are_found_by_the_beginning_of_their_nickname_page_by_page()
    {
        await cast.Host.WithDbAsync(async db =>
        {
            foreach (var number in Enumerable.Range(100, UsersController.PageSize + 20)) db.Add(new User($"Élève {number}", Role.Student, cast.Now) { SecurityStamp = "x" });
            await db.SaveChangesAsync();
        });
        Assert.Equal([Cast.Hopper, Cast.Turing], await ListAsync("/admin/utilisateurs?role=Teacher"));
        Assert.Equal([Cast.Zoe], await ListAsync("/admin/utilisateurs?debut=ZOE"));
        Assert.Equal([Cast.Hopper], await ListAsync("/admin/utilisateurs?debut=m-m&role=Teacher"));
        Assert.Empty(await ListAsync("/admin/utilisateurs?debut=%25"));
        Assert.Empty(await ListAsync("/admin/utilisateurs?debut=oscarr"));

        var first = new HtmlParser().ParseDocument((await bursar.AskAsync("/admin/utilisateurs?debut=eleve&role=Student")).Text);
        var all = first.QuerySelectorAll("tbody th a").Select(link => link.TextContent).Concat(await ListAsync(first.QuerySelector(".pager a")!.GetAttribute("href")!)).ToList();
        Assert.Equal(UsersController.PageSize + 20, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    async Task<List<string>> ListAsync(string path) => [.. new HtmlParser().ParseDocument((await bursar.AskAsync(path)).Text).QuerySelectorAll("tbody th a").Select(link => link.TextContent)];
}
