using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.Classes;

public sealed class ClassBoardController(PortalDbContext db, Leaderboards leaderboards, TimeProvider time) : Controller
{
    /// <summary>For members and the teacher. Who is one is read here, after the tokens: what the page's key stands for decides it.</summary>
    [HttpGet("/classes/{class:int}/classement")]
    [PersonalPage(CacheTier.Short, Tags.Class, Tags.User, Tags.Leaderboard, Query = ["periode"], OfThisWeek = true, Bounded = true)]
    public async Task<IActionResult> Index([FromRoute(Name = "class")] int classId, string? periode, CancellationToken cancellationToken)
    {
        if (LeaderboardPeriod.IsWeek(periode) is not { } week) return NotFound();
        var id = User.UserId!.Value;
        // Who is no teacher any more has taught it once, and reads it no more than others.
        var name = await db.Classes.Where(c => c.Id == classId && (c.Members.Any(m => m.UserId == id)
            || ((c.TeacherId == id || c.Teachers.Any(t => t.UserId == id)) && db.Users.Any(u => u.Id == id && u.Role != Role.Student)))).Select(c => c.Name).SingleOrDefaultAsync(cancellationToken);
        // Whether there is such a class is nobody else's business.
        if (name is null) return Forbid();
        return View("ClassBoard", new ClassBoardViewModel(classId, name, id, week, await leaderboards.OfClassAsync(classId, leaderboards.PeriodOf(week), cancellationToken), time.GetUtcNow()));
    }
}

public sealed record ClassBoardViewModel(int Id, string Name, int UserId, bool Week, IReadOnlyList<Leader> Leaders, DateTimeOffset At);
