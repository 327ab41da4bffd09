using System.Linq.Expressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>What was deleted and comes back if it was a mistake. Nobody else sees it meanwhile; what pupils did in it waits with it.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public sealed class BinController(PortalDbContext db, Authoring authoring, TimeProvider time) : Controller
{
    [HttpGet("/prof/corbeille")]
    [LivePage]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View("Bin", new BinViewModel(
        await authoring.BinnedCoursesOf(User).OrderByDescending(c => c.DeletedAt)
            .Select(BinnedRow.OfCourse(db)).ToListAsync(cancellationToken),
        await authoring.BinnedChaptersOf(User).OrderByDescending(c => c.DeletedAt)
            .Select(BinnedRow.OfChapter(db)).ToListAsync(cancellationToken)));

    [HttpPost("/prof/cours/{courseId:int}/suppression")]
    [LivePage]
    public async Task<IActionResult> DeleteCourse(int courseId, CancellationToken cancellationToken) =>
        await ChangeAsync(courseId, authoring.CoursesOf(User).Where(c => c.Id == courseId), course => course.Delete(time.GetUtcNow()), cancellationToken)
            ? Redirect($"/prof/cours?supprime={courseId}") : NotFound();

    [HttpPost("/prof/corbeille/cours/{courseId:int}")]
    [LivePage]
    public async Task<IActionResult> RestoreCourse(int courseId, CancellationToken cancellationToken) =>
        await ChangeAsync(courseId, authoring.BinnedCoursesOf(User).Where(c => c.Id == courseId), course => course.Restore(), cancellationToken)
            ? Redirect($"/prof/cours/{courseId}") : NotFound();

    [HttpPost("/prof/cours/{courseId:int}/chapitres/{chapterId:int}/suppression")]
    [LivePage]
    public async Task<IActionResult> DeleteChapter(int courseId, int chapterId, CancellationToken cancellationToken) =>
        await ChangeAsync(courseId, authoring.ChaptersOf(User).Where(c => c.Id == chapterId && c.CourseId == courseId), chapter => chapter.Delete(time.GetUtcNow()), cancellationToken)
            ? Redirect($"/prof/cours/{courseId}?supprime={chapterId}") : NotFound();

    [HttpPost("/prof/corbeille/chapitres/{chapterId:int}")]
    [LivePage]
    public async Task<IActionResult> RestoreChapter(int chapterId, CancellationToken cancellationToken)
    {
        var binned = authoring.BinnedChaptersOf(User).Where(c => c.Id == chapterId);
        if (await binned.Select(c => (int?)c.CourseId).SingleOrDefaultAsync(cancellationToken) is not { } courseId) return NotFound();
        return await ChangeAsync(courseId, binned, chapter => chapter.Restore(), cancellationToken) ? Redirect($"/prof/cours/{courseId}#c-chapters") : NotFound();
    }

    /// <returns>False when it is not there, or not any more.</returns>
    async Task<bool> ChangeAsync<T>(int courseId, IQueryable<T> which, Action<T> change, CancellationToken cancellationToken) where T : class
    {
        if (!await which.AnyAsync(cancellationToken)) return false;
        var found = false;
        await db.InTransactionAsync(async () =>
        {
            // Its scheduled publication, or the end of its time in the bin, may be under way.
            await db.Courses.Where(c => c.Id == courseId).LockAsync(cancellationToken);
            if (await which.SingleOrDefaultAsync(cancellationToken) is not { } it) return;
            found = true;
            change(it);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return found;
    }
}

/// <param name="Course">The course of a chapter; null for a course.</param>
/// <param name="Answers">What pupils have answered, which ends with it.</param>
public sealed record BinnedRow(int Id, string Title, string? Course, DateTimeOffset DeletedAt, int Answers)
{
    public DateTimeOffset EndsAt => Bin.EndsAt(DeletedAt);

    public static Expression<Func<Course, BinnedRow>> OfCourse(PortalDbContext db) => course =>
        new BinnedRow(course.Id, course.Title, null, course.DeletedAt!.Value, db.Attempts.Count(a => a.Exercise.Chapter.CourseId == course.Id));

    public static Expression<Func<Chapter, BinnedRow>> OfChapter(PortalDbContext db) => chapter =>
        new BinnedRow(chapter.Id, chapter.Title, chapter.Course.Title, chapter.DeletedAt!.Value, db.Attempts.Count(a => a.Exercise.ChapterId == chapter.Id));
}

public sealed record BinViewModel(IReadOnlyList<BinnedRow> Courses, IReadOnlyList<BinnedRow> Chapters);
