using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Domain.People;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Commands.Seeding;

public sealed class DemoPeopleTests
{
    [Fact]
    public async Task The_class_of_the_demo_has_thirty_five_pupils_who_have_worked_and_earned_badges()
    {
        var log = new KeptLog();
        await using var host = await PortalHost.StartAsync(withDemo: true, adjust: builder => builder.Logging.AddProvider(log));

        Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning && entry.Category.StartsWith("NsiPortal.Commands", StringComparison.Ordinal));
        var members = await host.WithDbAsync(db => db.Classes.Where(c => c.Code == DemoPeople.Code).SelectMany(c => c.Members).Select(m => m.User.Nickname).ToListAsync());
        Assert.Equal((35, 35), (members.Count, members.Distinct().Count()));
        Assert.Contains(DemoPeople.Pupil, members);
        Assert.Equal(
            [(Role.Student, 35), (Role.Teacher, 1), (Role.Administrator, 1)],
            (await host.WithDbAsync(db => db.Users.GroupBy(u => u.Role).Select(same => new { same.Key, Count = same.Count() }).ToListAsync())).OrderBy(same => same.Key).Select(same => (same.Key, same.Count)));
        await LoadSeedTests.AssertSumsAsync(host);
        Assert.True(await host.WithDbAsync(db => db.EarnedBadges.Select(b => b.UserId).Distinct().CountAsync()) > 25);
        var days = await host.WithDbAsync(db => db.Attempts.Select(a => a.At).ToListAsync());
        Assert.All(days, at => Assert.True(at < host.Services.GetRequiredService<TimeProvider>().GetUtcNow()));
    }

    [Fact]
    public async Task The_pupil_of_the_demo_signs_in_with_the_password_of_the_readme_and_has_pages()
    {
        await using var host = await PortalHost.StartAsync(withDemo: true);
        using var pupil = new Pupil(host);
        await pupil.GetAsync("/connexion");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await pupil.PostAsync("/connexion", ("Pseudo", DemoPeople.Pupil), ("MotDePasse", DemoPeople.Password))).Status);
        foreach (var page in new[] { "/moi", "/moi/statistiques", "/moi/tentatives", "/moi/badges", "/classement", "/classement/ligue", "/moi/rang" })
            Assert.Equal(System.Net.HttpStatusCode.OK, (await pupil.GetAsync(page)).Status);
    }
}
