using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;

namespace NsiPortal.Features.Admin.Dashboard;

/// <summary>What goes on in the portal, as of the moment that the page tells.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
[AutoValidateAntiforgeryToken]
public sealed class DashboardController(PortalDbContext db, TimeProvider time) : Controller
{
    const int Days = 30;
    const int TopCourses = 8;

    // Its figures come from everybody's answers: it would be evicted with each, and lives by its time instead.
    [HttpGet("/admin")]
    [PersonalPage(CacheTier.Default, Tags.User, Tags.Dashboard, Tags.Courses, Tags.Exercises, Bounded = true)]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = Period.DayOf(now);
        var (first, monday, week) = (today.AddDays(1 - Days), Period.MondayOf(today), now.AddDays(-7));

        var roles = await db.Users.GroupBy(u => u.Role).Select(same => new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count, cancellationToken);
        var disabled = await db.Users.CountAsync(u => u.Disabled, cancellationToken);
        var active = await db.DailyActivity.Where(a => a.Day >= monday).Select(a => a.UserId).Distinct().CountAsync(cancellationToken);
        var days = await db.DailyActivity.Where(a => a.Day >= first).GroupBy(a => a.Day)
            .Select(same => new DayFigures(same.Key, same.Sum(a => a.Tries), same.Sum(a => a.Solved))).ToListAsync(cancellationToken);
        // The sum has SQLite look for the week: by the bare column it walks the index of exercises, over all that was ever answered.
        var tries = await db.Attempts.Where(a => a.At >= week && a.Number > 0).GroupBy(a => a.ExerciseId + 0)
            .Select(same => new { Exercise = same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Exercise, same => same.Count, cancellationToken);
        var exercises = tries.Count == 0 ? [] : await db.Exercises.Select(e => new { e.Id, e.Chapter.Course.Slug, e.Chapter.Course.Title }).ToListAsync(cancellationToken);
        var courses = exercises.GroupBy(e => (e.Slug, e.Title)).Select(course => new CourseFigures(course.Key.Slug, course.Key.Title, course.Sum(e => tries.GetValueOrDefault(e.Id))))
            .Where(course => course.Tries > 0).OrderByDescending(course => course.Tries).ThenBy(course => course.Title, StringComparer.Ordinal).Take(TopCourses).ToList();

        var byDay = days.ToDictionary(day => day.Day);
        return View("Dashboard", new DashboardViewModel(now, roles, disabled, active,
            [.. Enumerable.Range(0, Days).Select(i => byDay.GetValueOrDefault(first.AddDays(i)) ?? new DayFigures(first.AddDays(i), 0, 0))], courses));
    }

    /// <summary>The form that makes the dashboard anew: a page that is kept has none.</summary>
    [HttpGet("/admin/actualisation")]
    [LivePage]
    public IActionResult Refresh() => View("Refresh");

    [HttpPost("/admin/actualisation")]
    [LivePage]
    public async Task<IActionResult> DoRefresh(CancellationToken cancellationToken)
    {
        await db.WriteAsync([Tags.Dashboard], _ => Task.FromResult(0), cancellationToken);
        return RedirectToAction(nameof(Index));
    }
}

/// <param name="At">When it was made.</param>
/// <param name="Active">How many have answered since Monday.</param>
/// <param name="Days">The last thirty, in their order.</param>
/// <param name="Courses">Those in which most was answered in seven days.</param>
public sealed record DashboardViewModel(
    DateTimeOffset At, IReadOnlyDictionary<Role, int> Roles, int Disabled, int Active, IReadOnlyList<DayFigures> Days, IReadOnlyList<CourseFigures> Courses)
{
    public int Tries => Days.Sum(day => day.Tries);

    public int Solved => Days.Sum(day => day.Solved);
}

/// <param name="Solved">Exercises that somebody solved for the first time.</param>
public sealed record DayFigures(DateOnly Day, int Tries, int Solved);

public sealed record CourseFigures(string Slug, string Title, int Tries);
