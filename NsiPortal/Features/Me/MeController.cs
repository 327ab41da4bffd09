using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Learning;

namespace NsiPortal.Features.Me;

/// <summary>What somebody sees of themselves. None of it has a form: each is kept for its reader.</summary>
public sealed class MeController(PortalDbContext db, Overviews overviews) : Controller
{
    const int Recent = 5;

    [HttpGet("/moi")]
    [PersonalPage(CacheTier.Medium, Tags.User, Tags.Courses, Tags.Exercises, Tags.Classes)]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var id = User.UserId!.Value;
        var user = await db.Users.Where(u => u.Id == id)
            .Select(u => new
            {
                u.Nickname, u.Avatar, u.Role,
                Classes = u.Memberships.OrderBy(m => m.Class.Name).Select(m => new ClassWork(
                    m.ClassId, m.Class.Name, m.Class.ArchivedAt != null,
                    db.ClassCourses.Where(c => c.ClassId == m.ClassId).Select(c => c.CourseId).ToList(),
                    db.DueDates.Where(d => d.ClassId == m.ClassId).Select(d => new WorkDate(d.ChapterId, d.StartsAt, d.DueAt)).ToList())).ToList(),
            }).SingleAsync(cancellationToken);
        var overview = await overviews.OfAsync(id, cancellationToken);
        // Late is late from that moment on.
        if (overview.SameFor(user.Classes) is { } time) HttpContext.KeepAtMost(time);
        return View("Dashboard", new DashboardViewModel(user.Nickname, user.Avatar, user.Role, user.Classes, overview, await overviews.RecentAsync(id, Recent, overview.Chapters, cancellationToken)));
    }

    [HttpGet("/moi/statistiques")]
    [PersonalPage(CacheTier.Medium, Tags.User, Tags.Courses, Tags.Exercises, Tags.Programme)]
    public async Task<IActionResult> Statistics(CancellationToken cancellationToken)
    {
        var titles = await db.ProgrammeContents.ToDictionaryAsync(c => c.Code, c => c.Title, cancellationToken);
        return View("Statistics", new StatisticsViewModel(await overviews.OfAsync(User.UserId!.Value, cancellationToken), titles));
    }

    [HttpGet("/moi/tentatives")]
    [PersonalPage(CacheTier.Short, Tags.User, Tags.Courses, Tags.Exercises)]
    public async Task<IActionResult> Attempts(CancellationToken cancellationToken) => View("Attempts", await overviews.RecentAsync(User.UserId!.Value, Overviews.MaximumRecent, null, cancellationToken));

    [HttpGet("/moi/badges")]
    [PersonalPage(CacheTier.Medium, Tags.User, Tags.Courses, Tags.Exercises)]
    public async Task<IActionResult> Badges(CancellationToken cancellationToken)
    {
        var overview = await overviews.OfAsync(User.UserId!.Value, cancellationToken);
        var earned = overview.Badges.ToDictionary(b => b.Code, b => b.At);
        return View("Badges", BadgeList.All.Select(badge => new MyBadge(badge, earned.TryGetValue(badge.Code, out var at) ? at : null, badge.Of(overview.Learner)))
            .OrderByDescending(badge => badge.EarnedAt is not null).ThenByDescending(badge => (double)badge.Advance.Done / badge.Advance.Wanted).ToList());
    }

    /// <summary>Who is signed in: a part of every page, asked for by the header.</summary>
    [HttpGet("/moi/en-tete")]
    [PersonalPage(CacheTier.Short, Tags.User)]
    public async Task<IActionResult> Header(CancellationToken cancellationToken) => PartialView("_Header", await HeaderAsync(cancellationToken));

    [HttpGet("/moi/progression/{course}/{chapter}")]
    [PersonalPage(CacheTier.Short, Tags.User, Tags.Chapter, Tags.Course, Tags.Courses, Tags.Exercises)]
    public async Task<IActionResult> Progress(CancellationToken cancellationToken) =>
        await ProgressAsync(cancellationToken) is { } progress ? View("Progress", progress) : NotFound();

    /// <summary>Header and progress of a chapter's reader, in one.</summary>
    [HttpGet("/moi/progression/{course}/{chapter}/partie")]
    [PersonalPage(CacheTier.Short, Tags.User, Tags.Chapter, Tags.Course, Tags.Courses, Tags.Exercises)]
    public async Task<IActionResult> ProgressPart(CancellationToken cancellationToken) =>
        await ProgressAsync(cancellationToken) is { } progress ? PartialView("_ProgressPart", progress) : NotFound();

    async Task<ProgressViewModel?> ProgressAsync(CancellationToken cancellationToken)
    {
        var overview = await overviews.OfAsync(User.UserId!.Value, cancellationToken);
        var chapter = overview.Chapters.FirstOrDefault(c => c.Id == HttpContext.ChapterId());
        return chapter is null ? null : new ProgressViewModel(await HeaderAsync(cancellationToken), overview, overview.Of(chapter));
    }

    Task<HeaderViewModel> HeaderAsync(CancellationToken cancellationToken)
    {
        var id = User.UserId!.Value;
        return db.Users.Where(u => u.Id == id)
            .Select(u => new HeaderViewModel(u.Nickname, u.Avatar, u.Role, db.Standings.Where(s => s.UserId == id && s.Period == Period.AllTime).Select(s => s.Xp).FirstOrDefault())).SingleAsync(cancellationToken);
    }
}

public sealed record HeaderViewModel(string Nickname, string Avatar, Role Role, int Xp);

public sealed record DashboardViewModel(string Nickname, string Avatar, Role Role, IReadOnlyList<ClassWork> Classes, Overview Overview, IReadOnlyList<RecentAttempt> Recent);

/// <param name="Titles">Of the contents of the programme, by code.</param>
public sealed record StatisticsViewModel(Overview Overview, IReadOnlyDictionary<string, string> Titles);

public sealed record ProgressViewModel(HeaderViewModel Header, Overview Overview, ChapterState State);

public sealed record MyBadge(Badge Badge, DateTimeOffset? EarnedAt, Advance Advance);
