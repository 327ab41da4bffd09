using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Commands.Seeding;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;
using NsiPortal.Hosting;
using NsiPortal.Support;

namespace NsiPortal.Commands;

public sealed class UserCommandsTests
{
    const string Curie = "Mme Curie";

    [Fact]
    public async Task Accounts_and_classes_are_made_beside_a_portal_that_serves_and_are_there_at_once()
    {
        await using var cast = await new Cast().StartAsync();
        using var curie = cast.Visitor();

        var password = After(Curie, await RunAsync("user", "create", Curie, "--role", "prof"));
        Assert.Equal("/mot-de-passe", (await curie.SignInAsync(Curie, password)).Header("Location"));
        Assert.Equal("/mot-de-passe", (await curie.AskAsync("/prof/classes")).Header("Location"));
        await curie.PostAsync("/mot-de-passe", ("Actuel", password), ("Nouveau", Cast.Password), ("Confirmation", Cast.Password));
        password = Cast.Password;
        Assert.Equal(HttpStatusCode.OK, (await curie.AskAsync("/prof/classes")).Status);

        var code = After("Première NSI", await RunAsync("class", "create", "Première NSI", "--teacher", "mme curie"));
        using var irene = cast.Visitor();
        var entry = await irene.PostAsync("/inscription", ("Code", code), ("Pseudo", "Irène"), ("MotDePasse", Cast.Password), ("Confirmation", Cast.Password));
        Assert.Equal("/moi", entry.Header("Location"));

        Assert.Contains("Student", await RunAsync("user", "role", Curie, "eleve"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await curie.AskAsync("/prof/classes")).Status);
        await curie.SignInAsync(Curie, password);
        Assert.Equal(HttpStatusCode.Forbidden, (await curie.AskAsync("/prof/classes")).Status);

        var other = After(Curie, await RunAsync("user", "reset-password", Curie));
        Assert.Equal(HttpStatusCode.Redirect, (await curie.AskAsync("/moi")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await curie.SignInAsync(Curie, password)).Status);
        Assert.Equal("/mot-de-passe", (await curie.SignInAsync(Curie, other)).Header("Location"));

        await RunAsync("user", "disable", Curie);
        Assert.Equal(HttpStatusCode.Redirect, (await curie.AskAsync("/moi")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await curie.SignInAsync(Curie, other)).Status);

        Assert.Equal([AuditAct.AccountCreated, AuditAct.RoleChanged, AuditAct.PasswordReset, AuditAct.AccountDisabled],
            await cast.Host.WithDbAsync(db => db.AuditEntries.Where(e => e.Target == Curie && e.Nickname == Actor.CommandLine.Nickname).OrderBy(e => e.Id).Select(e => e.Act).ToListAsync()));

        await irene.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"));
        Assert.Contains("0 badge(s) à donner", await RunAsync("badges", "award", "--dry-run"), StringComparison.Ordinal);

        async Task<string> RunAsync(params string[] arguments)
        {
            var ending = await PortalProcess.RunAsync(arguments, cast.Host.Data.Variables);
            Assert.Equal((0, ""), (ending.Code, ending.Errors));
            return ending.Output;
        }

        static string After(string name, string output) => Assert.Single(output.Split('\n'), line => line.StartsWith(name + "  ", StringComparison.Ordinal))[(name.Length + 2)..].Trim();
    }

    [Theory]
    [InlineData("déjà pris", "user", "create", "0scar")]
    [InlineData("blessant", "user", "create", "C0nnard")]
    [InlineData("Personne ne s’appelle", "user", "disable", "inconnue")]
    [InlineData("seul administrateur", "user", "disable", Cast.Bursar)]
    [InlineData("seul administrateur", "user", "role", Cast.Bursar, "prof")]
    [InlineData("Aucun professeur", "class", "create", "Première NSI", "--teacher", Cast.Zoe)]
    public async Task What_cannot_be_is_told_and_changes_nothing(string said, params string[] arguments)
    {
        await using var cast = await new Cast().StartAsync();
        var ending = await PortalProcess.RunAsync(arguments, cast.Host.Data.Variables);
        Assert.Equal(1, ending.Code);
        Assert.Contains(said, ending.Errors, StringComparison.Ordinal);
        Assert.Equal((6, 2), await cast.Host.WithDbAsync(async db => (await db.Users.CountAsync(), await db.Classes.CountAsync())));
    }

    [Fact]
    public async Task The_first_administrator_comes_from_the_environment_and_only_the_first()
    {
        await using var host = await PortalHost.StartAsync();
        foreach (var (nickname, password, said) in new[] { ("C0nnard", Cast.Password, "ADMIN_USER"), ("Proviseur", "court", "ADMIN_PASSWORD"), ("Proviseur", "proviseur 2026", "ADMIN_PASSWORD") })
        {
            var fault = await Assert.ThrowsAsync<UnusableSettingException>(() => StartAsync(nickname, password));
            Assert.StartsWith(said, fault.Message, StringComparison.Ordinal);
        }

        for (var i = 0; i < 2; i++) await (await StartAsync("Proviseur", Cast.Password)).DisposeAsync();
        await (await StartAsync("Adjointe", Cast.Password)).DisposeAsync();
        Assert.Equal(["Proviseur"], await host.WithDbAsync(db => db.Users.Where(u => u.Role == Role.Administrator).Select(u => u.Nickname).ToListAsync()));
        using var proviseur = new Person(host);
        Assert.Equal("/moi", (await proviseur.SignInAsync("proviseur")).Header("Location"));

        Task<PortalHost> StartAsync(string nickname, string password) => PortalHost.StartAsync(beside: host, null, $"--ADMIN_USER={nickname}", $"--ADMIN_PASSWORD={password}");
    }

    // Their password is in the README.
    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task Demo_accounts_are_not_in_production(string environment, bool there)
    {
        await using var host = await PortalHost.StartAsync(withDemo: true, Cast.HashFast, $"--environment={environment}");
        Assert.Equal(there, await host.WithDbAsync(db => db.Users.AnyAsync()));
        foreach (var nickname in new[] { DemoPeople.Pupil, DemoPeople.Teacher, DemoPeople.Administrator })
        {
            using var person = new Person(host, "X-Forwarded-Proto: https");
            Assert.Equal(there ? "/moi" : null, (await person.SignInAsync(nickname, DemoPeople.Password)).Header("Location"));
        }
    }
}
