using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>Whether and when readers see a course.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public sealed class CoursePublicationsController(PortalDbContext db, Authoring authoring, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpPost("/prof/cours/{courseId:int}/publication")]
    [LivePage]
    public Task<IActionResult> Create(int courseId, CancellationToken cancellationToken) => ChangeAsync(courseId, course => course.Publish(), cancellationToken);

    [HttpPost("/prof/cours/{courseId:int}/depublication")]
    [LivePage]
    public Task<IActionResult> Delete(int courseId, CancellationToken cancellationToken) => ChangeAsync(courseId, course => course.Unpublish(), cancellationToken);

    [HttpPost("/prof/cours/{courseId:int}/programmation")]
    [LivePage]
    public async Task<IActionResult> Schedule(int courseId, string? quand, CancellationToken cancellationToken)
    {
        var (at, fault) = ScheduledTime.Read(quand, time.GetUtcNow());
        var shown = false;
        if (at is { } given)
        {
            var answer = await ChangeAsync(courseId, course =>
            {
                // Who hides what readers see says so first.
                shown = course.Published;
                if (!shown) course.SchedulePublication(given);
            }, cancellationToken);
            if (!shown) return answer;
        }

        if (await CourseViewModel.LoadAsync(db, authoring.CoursesOf(User), courseId, cancellationToken) is not { } course) return NotFound();
        if (shown) ModelState.AddModelError("", texts["Schedule.Published"]);
        else ModelState.AddModelError("quand", texts[$"Schedule.{fault}"]);
        Response.StatusCode = shown ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return View("Course", course with { EnteredTime = quand });
    }

    [HttpPost("/prof/cours/{courseId:int}/deprogrammation")]
    [LivePage]
    public Task<IActionResult> Unschedule(int courseId, CancellationToken cancellationToken) => ChangeAsync(courseId, course => course.Unschedule(), cancellationToken);

    /// <summary>Folded away among the courses of former years.</summary>
    [HttpPost("/prof/cours/{courseId:int}/archive")]
    [LivePage]
    public Task<IActionResult> Archive(int courseId, CancellationToken cancellationToken) => ChangeAsync(courseId, course => course.Archive(time.GetUtcNow()), cancellationToken);

    [HttpPost("/prof/cours/{courseId:int}/desarchive")]
    [LivePage]
    public Task<IActionResult> TakeOut(int courseId, CancellationToken cancellationToken) => ChangeAsync(courseId, course => course.TakeOut(), cancellationToken);

    async Task<IActionResult> ChangeAsync(int courseId, Action<Course> change, CancellationToken cancellationToken)
    {
        var found = false;
        await db.InTransactionAsync(async () =>
        {
            // Its scheduled publication may be under way.
            found = await authoring.CoursesOf(User).Where(c => c.Id == courseId).LockAsync(cancellationToken) > 0;
            if (!found) return;
            change(await authoring.CoursesOf(User).SingleAsync(c => c.Id == courseId, cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return found ? Redirect($"/prof/cours/{courseId}") : NotFound();
    }
}
