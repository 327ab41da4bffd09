using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Learning;

namespace NsiPortal.Bench;

/// <summary>The grid of a class of 35 with all exercises of the demo course, among very many pupils: its queries and what is made of them.</summary>
static class GridBenchmark
{
    const int Pupils = 35;
    const int Samples = 60;
    const double Aim = 30;

    public static Task<int> RunAsync(string[] args)
    {
        var users = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var attempts = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        return BenchDatabase.OnBothAsync(create => MeasureAsync(create, users, attempts));
    }

    static async Task<bool> MeasureAsync(Func<BenchDatabase> create, int users, int attempts)
    {
        await using var database = create();
        var portal = await StudentsBenchmark.StartAsync(database, users, attempts);
        var (classId, course) = await ClassAsync(portal);
        var times = new List<double>();
        var size = "";
        for (var i = 0; i < 2 * Samples; i++)
        {
            await using var scope = portal.Services.CreateAsyncScope();
            var grids = scope.ServiceProvider.GetRequiredService<ClassGrids>();
            var watch = Stopwatch.StartNew();
            var grid = await grids.OfAsync(classId, new GridPlace(course, IsCourse: true), CancellationToken.None);
            times.Add(watch.Elapsed.TotalMilliseconds);
            size = $"{grid.Rows.Count} × {grid.Columns.Count}";
        }

        // The first ones compile what they need.
        times.RemoveRange(0, Samples);
        times.Sort();
        var median = times[times.Count / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  class grid of {size,-14}{median,8:F2} ms (p95 {times[(int)(times.Count * 0.95)],7:F2}), aim {Aim}"));
        return median < Aim;
    }

    /// <summary>A class of those who have done the most, and the course that has the most exercises.</summary>
    static async Task<(int ClassId, int CourseId)> ClassAsync(WebApplication portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var busiest = await db.Standings.Where(s => s.Period == 0).OrderByDescending(s => s.Xp).Take(Pupils).Select(s => s.UserId).ToListAsync();
        var now = TimeProvider.System.GetUtcNow();
        var teacher = new User("Professeur du banc", Role.Teacher, now) { SecurityStamp = "-" };
        db.Users.Add(teacher);
        await db.SaveChangesAsync();
        var schoolClass = new SchoolClass("Banc", teacher.Id, JoinCode.New(), now);
        db.Classes.Add(schoolClass);
        await db.SaveChangesAsync();
        db.ClassMembers.AddRange(busiest.Select(id => new ClassMember(schoolClass.Id, id, now)));
        await db.SaveChangesAsync();
        return (schoolClass.Id, await db.Courses.OrderByDescending(c => c.Chapters.Sum(chapter => chapter.Exercises.Count)).Select(c => c.Id).FirstAsync());
    }
}
