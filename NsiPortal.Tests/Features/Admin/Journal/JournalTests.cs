using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NsiPortal.Accounts;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Features.Admin.Journal;

public sealed class JournalTests(Cast cast) : IClassFixture<Cast>
{
    [Fact]
    public async Task What_is_done_to_an_account_stands_there_until_the_account_goes()
    {
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        var (actor, id) = (new Actor(cast.IdOf(Cast.Bursar), Cast.Bursar), cast.IdOf(Cast.Oscar));
        await AdministerAsync(async (users, db) =>
        {
            var oscar = await db.Users.SingleAsync(u => u.Id == id);
            Assert.True(await users.BecomeAsync(actor, oscar, Role.Teacher, CancellationToken.None));
            Assert.True(await users.DisableAsync(actor, oscar, CancellationToken.None));
            await users.EnableAsync(actor, oscar, CancellationToken.None);
            await users.SignOutEverywhereAsync(actor, oscar, CancellationToken.None);
            var password = await users.ResetPasswordAsync(actor, oscar, CancellationToken.None);
            Assert.DoesNotContain(password, (await bursar.AskAsync("/admin/journal")).Text, StringComparison.Ordinal);
        });

        var page = await PageAsync(bursar, "/admin/journal?personne=0scar");
        Assert.Equal(
            [("Mot de passe réinitialisé", Cast.Oscar), ("Déconnexion partout", Cast.Oscar), ("Compte réactivé", Cast.Oscar), ("Compte désactivé", Cast.Oscar), ("Rôle changé (professeur)", Cast.Oscar)],
            page.Select(row => (row[2], row[3])));
        Assert.All(page, row => Assert.Equal(Cast.Bursar, row[1]));
        Assert.Single(await PageAsync(bursar, "/admin/journal?acte=RoleChanged&personne=oscar"));
        Assert.Empty(await PageAsync(bursar, "/admin/journal?personne=inconnue"));

        await AdministerAsync(async (_, db) => Assert.Null(await new PersonalData(db).DeleteAsync(await db.Users.SingleAsync(u => u.Id == id), CancellationToken.None)));
        var left = await cast.Host.WithDbAsync(db => db.AuditEntries.Where(e => e.UserId == cast.IdOf(Cast.Bursar)).ToListAsync());
        Assert.Equal(5, left.Count);
        Assert.All(left, entry => Assert.Equal(("", null), (entry.Target, entry.TargetUserId)));
    }

    [Fact]
    public async Task Long_lists_go_on_by_key_and_no_entry_is_missed_or_shown_twice()
    {
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        var count = JournalController.PageSize + 7;
        await cast.Host.WithDbAsync(async db =>
        {
            for (var i = 0; i < count; i++) db.AuditEntries.Add(new AuditEntry(Actor.CommandLine, AuditAct.CacheEvicted, $"chapter:{i + 1}", "", cast.Now));
            await db.SaveChangesAsync();
        });
        var first = Parse(await bursar.AskAsync("/admin/journal?acte=CacheEvicted"));
        var older = first.QuerySelector(".pager a")!.GetAttribute("href")!;
        var second = await PageAsync(bursar, older);
        var seen = first.QuerySelectorAll("tbody tr td:last-child").Select(cell => cell.TextContent.Trim()).Concat(second.Select(row => row[3]));
        Assert.Equal(Enumerable.Range(1, count).Reverse().Select(number => $"chapter:{number}"), seen);
    }

    [Fact]
    public async Task After_a_year_it_is_forgotten()
    {
        await cast.Host.WithDbAsync(async db =>
        {
            db.AuditEntries.Add(new AuditEntry(Actor.CommandLine, AuditAct.CacheCleared, "vieux", "", cast.Now - AuditEntry.Kept - TimeSpan.FromHours(1)));
            db.AuditEntries.Add(new AuditEntry(Actor.CommandLine, AuditAct.CacheCleared, "jeune", "", cast.Now - AuditEntry.Kept + TimeSpan.FromHours(1)));
            await db.SaveChangesAsync();
        });
        await cast.Host.Services.GetServices<IHostedService>().OfType<AuditPruning>().Single().PruneAsync(CancellationToken.None);
        Assert.Equal(["jeune"], await cast.Host.WithDbAsync(db => db.AuditEntries.Where(e => e.Act == AuditAct.CacheCleared).Select(e => e.Target).ToListAsync()));
    }

    [Fact]
    public async Task The_last_administrator_stays_whoever_asks_and_however()
    {
        await using var own = await new Cast().StartAsync();
        using var bursar = await own.SignInAsync(Cast.Bursar);
        await AdministerAsync(own, async (users, db) =>
        {
            var last = await db.Users.SingleAsync(u => u.Id == own.IdOf(Cast.Bursar));
            Assert.False(await users.BecomeAsync(Actor.CommandLine, last, Role.Teacher, CancellationToken.None));
            Assert.False(await users.DisableAsync(Actor.CommandLine, last, CancellationToken.None));
            Assert.Equal((Role.Administrator, false), (last.Role, last.Disabled));
            Assert.Empty(db.AuditEntries);
        });
        var refused = await bursar.PostAsync("/profil/suppression", ("motDePasse", Cast.Password));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("seul administrateur", refused.Text, StringComparison.Ordinal);

        // Of two who remove each other at once, one stays.
        await own.ChangeAsync(Cast.Turing, user => user.Become(Role.Administrator));
        var removed = await Task.WhenAll(new[] { Cast.Turing, Cast.Bursar }.Select(async nickname =>
        {
            var done = false;
            await AdministerAsync(own, async (users, db) => done = await users.DisableAsync(Actor.CommandLine, await db.Users.SingleAsync(u => u.Id == own.IdOf(nickname)), CancellationToken.None));
            return done;
        }));
        Assert.Single(removed, done => done);
        Assert.Equal(1, await own.Host.WithDbAsync(db => db.Users.CountAsync(u => u.Role == Role.Administrator && !u.Disabled)));
    }

    Task AdministerAsync(Func<UserAdministration, PortalDbContext, Task> act) => AdministerAsync(cast, act);

    static async Task AdministerAsync(Cast cast, Func<UserAdministration, PortalDbContext, Task> act)
    {
        await using var scope = cast.Host.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<UserAdministration>(), scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    static async Task<List<string[]>> PageAsync(Person reader, string path) =>
        [.. Parse(await reader.AskAsync(path)).QuerySelectorAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToArray())];

    static IDocument Parse(Answer answer) => new HtmlParser().ParseDocument(answer.Text);
}
