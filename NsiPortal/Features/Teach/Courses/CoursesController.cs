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

/// <summary>The courses that somebody writes.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public sealed class CoursesController(PortalDbContext db, Authoring authoring, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/prof/cours")]
    [LivePage]
    public async Task<IActionResult> Index(int? supprime, CancellationToken cancellationToken) => View("Courses", await ListAsync(new CourseForm(), supprime, cancellationToken));

    [HttpPost("/prof/cours")]
    [LivePage]
    public async Task<IActionResult> Create(CourseForm form, CancellationToken cancellationToken)
    {
        form.Check(ModelState, texts);
        if (ModelState.IsValid)
        {
            var course = new Course(form.SlugOrTitle, form.Titre!, form.Level!.Value);
            var position = await db.Courses.MaxAsync(c => (int?)c.Position, cancellationToken) ?? 0;
            course.Describe(form.Titre!, form.Resume ?? "", form.Level.Value, position + 1, form.Auteur, form.Licence);
            course.Admit(User.UserId!.Value, time.GetUtcNow());
            db.Courses.Add(course);
            if (await SaveAsync(cancellationToken)) return RedirectToAction(nameof(Edit), new { courseId = course.Id });
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Courses", await ListAsync(form, null, cancellationToken));
    }

    [HttpGet("/prof/cours/{courseId:int}")]
    [LivePage]
    public async Task<IActionResult> Edit(int courseId, int? supprime, CancellationToken cancellationToken) =>
        await CourseViewModel.LoadAsync(db, authoring.CoursesOf(User), courseId, cancellationToken) is not { } course ? NotFound()
        : View("Course", supprime is null ? course : course with
        {
            JustDeleted = await authoring.BinnedChaptersOf(User).Where(c => c.Id == supprime).Select(BinnedRow.OfChapter(db)).SingleOrDefaultAsync(cancellationToken),
        });

    [HttpPost("/prof/cours/{courseId:int}")]
    [LivePage]
    public async Task<IActionResult> Update(int courseId, CourseForm form, CancellationToken cancellationToken)
    {
        if (await authoring.CoursesOf(User).SingleOrDefaultAsync(c => c.Id == courseId, cancellationToken) is not { } course) return NotFound();
        form.Check(ModelState, texts);
        if (string.IsNullOrWhiteSpace(form.Adresse)) ModelState.AddModelError(nameof(form.Adresse), texts["Slug.Fault", Slug.MaxLength]);
        if (ModelState.IsValid)
        {
            course.Describe(form.Titre!, form.Resume ?? "", form.Level!.Value, course.Position, form.Auteur, form.Licence);
            if (course.MoveTo(form.SlugOrTitle) is { } old) db.OldSlugs.Add(old);
            if (await SaveAsync(cancellationToken)) return RedirectToAction(nameof(Edit), new { courseId });
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        db.ChangeTracker.Clear();
        return View("Course", await CourseViewModel.LoadAsync(db, authoring.CoursesOf(User), courseId, cancellationToken) is { } shown ? shown with { Form = form } : null);
    }

    /// <returns>Whether the address was free.</returns>
    async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness)
        {
            db.ChangeTracker.Clear();
            ModelState.AddModelError(nameof(CourseForm.Adresse), texts["Slug.Taken"]);
            return false;
        }
    }

    async Task<CoursesViewModel> ListAsync(CourseForm form, int? deleted, CancellationToken cancellationToken)
    {
        var courses = await authoring.CoursesOf(User).OrderBy(c => c.Position).ThenBy(c => c.Id).Select(c => new CourseRow(
            c.Id, c.Title, c.Level, c.Published, c.PublishAt, c.ArchivedAt,
            c.Chapters.Count(chapter => chapter.DeletedAt == null && chapter.Published), c.Chapters.Count(chapter => chapter.DeletedAt == null),
            db.ChapterRevisions.Where(r => r.Chapter.CourseId == c.Id && r.Chapter.Published).Max(r => (DateTimeOffset?)r.At),
            c.Authors.OrderBy(author => author.User.Nickname).Select(author => author.User.Nickname).ToList())).ToListAsync(cancellationToken);
        var binned = await authoring.BinnedCoursesOf(User).CountAsync(cancellationToken) + await authoring.BinnedChaptersOf(User).CountAsync(cancellationToken);
        var justDeleted = deleted is null ? null : await authoring.BinnedCoursesOf(User).Where(c => c.Id == deleted).Select(BinnedRow.OfCourse(db)).SingleOrDefaultAsync(cancellationToken);
        return new CoursesViewModel(courses, form, binned, justDeleted);
    }
}

/// <param name="ReleasedAt">When a text of it that readers see last changed.</param>
public sealed record CourseRow(int Id, string Title, Level Level, bool Published, DateTimeOffset? PublishAt, DateTimeOffset? ArchivedAt, int Shown, int Chapters, DateTimeOffset? ReleasedAt, IReadOnlyList<string> Authors);

/// <param name="Binned">How much is in the bin.</param>
/// <param name="JustDeleted">What can be undone at once.</param>
public sealed record CoursesViewModel(IReadOnlyList<CourseRow> Courses, CourseForm Form, int Binned, BinnedRow? JustDeleted);
