using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>Those who write a course together.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public sealed class CourseAuthorsController(PortalDbContext db, Authoring authoring, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpPost("/prof/cours/{courseId:int}/auteurs")]
    [LivePage]
    public async Task<IActionResult> Create(int courseId, string? pseudo, CancellationToken cancellationToken)
    {
        if (await authoring.CoursesOf(User).Include(c => c.Authors).SingleOrDefaultAsync(c => c.Id == courseId, cancellationToken) is not { } course) return NotFound();
        var key = Nickname.KeyOf(pseudo ?? "");
        // Whoever is asked for by name is a teacher: nobody learns which pupils there are.
        var teacher = await db.Users.Where(u => u.NicknameKey == key && u.Role != Role.Student && !u.Disabled).Select(u => new { u.Id, u.Nickname }).SingleOrDefaultAsync(cancellationToken);
        // Exactly: who only looks like a name is not meant by it.
        if (teacher is not null && string.Equals(teacher.Nickname, Nickname.Tidy(pseudo), StringComparison.OrdinalIgnoreCase))
        {
            course.Admit(teacher.Id, time.GetUtcNow());
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException fault) when (fault.IsOfUniqueness)
            {
                // Asked for twice at once: they are one of them.
            }

            return Redirect($"/prof/cours/{courseId}#c-authors");
        }

        ModelState.AddModelError("pseudo", texts["Authors.Unknown"]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Course", await CourseViewModel.LoadAsync(db, authoring.CoursesOf(User), courseId, cancellationToken) is { } shown ? shown with { EnteredNickname = pseudo } : null);
    }

    [HttpPost("/prof/cours/{courseId:int}/auteurs/{userId:int}/retrait")]
    [LivePage]
    public async Task<IActionResult> Delete(int courseId, int userId, CancellationToken cancellationToken)
    {
        var (found, left, mine) = (false, false, true);
        await db.InTransactionAsync(async () =>
        {
            // Two who leave at once are not the last two.
            await authoring.CoursesOf(User).Where(c => c.Id == courseId).LockAsync(cancellationToken);
            if (await authoring.CoursesOf(User).Include(c => c.Authors).SingleOrDefaultAsync(c => c.Id == courseId, cancellationToken) is not { } course) return;
            found = true;
            left = course.Dismiss(userId);
            await db.SaveChangesAsync(cancellationToken);
            mine = await authoring.CoursesOf(User).AnyAsync(c => c.Id == courseId, cancellationToken);
        }, cancellationToken);
        if (!found) return NotFound();
        if (left) return Redirect(mine ? $"/prof/cours/{courseId}#c-authors" : "/prof/cours");

        ModelState.AddModelError("", texts["Authors.Last"]);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View("Course", await CourseViewModel.LoadAsync(db, authoring.CoursesOf(User), courseId, cancellationToken));
    }
}
