using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Features.Me;

public sealed class DashboardTests
{
    [Fact]
    public async Task Work_is_late_from_the_moment_it_was_due_though_the_page_was_kept()
    {
        await using var room = await Classroom.StartAsync();
        var ada = await room.EnrolAsync("Ada");
        await room.Host.WithDbAsync(async db =>
        {
            var teacher = new User("Mme Hopper", Role.Teacher, Classroom.Noon) { SecurityStamp = "x" };
            db.Add(teacher);
            await db.SaveChangesAsync();
            var given = new SchoolClass("Terminale", teacher.Id, new JoinCode(Cast.Code), Classroom.Noon);
            db.Add(new ClassMember(given, await db.Users.SingleAsync(u => u.Id == ada), Classroom.Noon));
            await db.SaveChangesAsync();
            db.Add(new DueDate(given.Id, await db.Chapters.Select(c => c.Id).SingleAsync(), null, Classroom.Noon.AddMinutes(2)));
            await db.SaveChangesAsync();
        });

        using var pupil = await new Pupil(room.Host).SignInAsync(ada);
        Assert.DoesNotContain("en retard", (await pupil.UntilKeptAsync("/moi")).Text, StringComparison.Ordinal);
        room.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.True((await pupil.GetAsync("/moi")).Hit);
        room.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("en retard", (await pupil.GetAsync("/moi")).Text, StringComparison.Ordinal);
        Assert.Contains("en retard", (await pupil.UntilKeptAsync("/moi")).Text, StringComparison.Ordinal);
    }
}
