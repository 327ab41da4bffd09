using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Studies;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Admin.Studies;

/// <summary>An item of the catalogue, of whatever kind: made, shown with what is below it, changed.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
[AutoValidateAntiforgeryToken]
public sealed class StudyItemsController(PortalDbContext db, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/admin/etudes/{kind}/nouveau")]
    [LivePage]
    public async Task<IActionResult> New(string kind, int? parent, CancellationToken cancellationToken)
    {
        if (StudyKinds.FromSlug(kind) is not { } known) return NotFound();
        var above = await ParentAsync(known, parent, cancellationToken);
        if (known != StudyKind.University && above is null) return NotFound();
        return await FormAsync(known, null, above, new StudyForm { Parent = parent, Semestre = "1", Ects = "6" }, cancellationToken);
    }

    [HttpPost("/admin/etudes/{kind}")]
    [LivePage]
    public async Task<IActionResult> Create(string kind, StudyForm form, CancellationToken cancellationToken)
    {
        if (StudyKinds.FromSlug(kind) is not { } known) return NotFound();
        var above = await ParentAsync(known, form.Parent, cancellationToken);
        if (known != StudyKind.University && above is null) return NotFound();
        var facts = form.Facts(known);
        await CheckAsync(facts, above, null, cancellationToken);
        if (!ModelState.IsValid) return await AgainAsync(StatusCodes.Status400BadRequest);

        var item = (facts, above) switch
        {
            (UniversityFacts university, _) => new University(university, await FreeSlugAsync(university.Name, cancellationToken)),
            (FacultyFacts faculty, University university) => university.Add(faculty),
            (ProgrammeFacts programme, Faculty faculty) => faculty.Add(programme),
            (SubjectFacts subject, StudyProgramme programme) => (StudyItem)programme.Add(subject),
            _ => throw new InvalidOperationException("The parent is of another kind."),
        };
        if (item is Subject taught) taught.LeadFrom(await CoursesAsync(form.Cours, taught, cancellationToken));
        if (item is University) db.Add(item);
        item.Sign(User.UserId, time.GetUtcNow());
        db.AuditEntries.Add(new AuditEntry(User.Actor, AuditAct.StudyCreated, StudyTree.Title(item), "", time.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness || fault.IsOfReference || fault is DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("", texts["StudyForm.Meanwhile"]);
            return await AgainAsync(StatusCodes.Status409Conflict);
        }

        return Redirect(StudyTree.Address(item) + "?enregistre=true");

        async Task<IActionResult> AgainAsync(int status)
        {
            Response.StatusCode = status;
            db.ChangeTracker.Clear();
            return await FormAsync(known, null, above, form, cancellationToken);
        }
    }

    [HttpGet("/admin/etudes/{kind}/{id:int}")]
    [LivePage]
    public async Task<IActionResult> Edit(string kind, int id, CancellationToken cancellationToken)
    {
        if (StudyKinds.FromSlug(kind) is not { } known || await StudyTree.LoadAsync(db, known, id, cancellationToken) is not { } item) return NotFound();
        return await FormAsync(known, item, StudyTree.Parent(item), StudyForm.Of(item), cancellationToken);
    }

    [HttpPost("/admin/etudes/{kind}/{id:int}")]
    [LivePage]
    public async Task<IActionResult> Update(string kind, int id, StudyForm form, CancellationToken cancellationToken)
    {
        if (StudyKinds.FromSlug(kind) is not { } known || await StudyTree.LoadAsync(db, known, id, cancellationToken) is not { } item) return NotFound();
        if (form.Version != item.Version) return await OvertakenAsync(item);
        var facts = form.Facts(known);
        await CheckAsync(facts, StudyTree.Parent(item), item, cancellationToken);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await FormAsync(known, item, StudyTree.Parent(item), form, cancellationToken);
        }

        var former = item.Name;
        Describe(item, facts);
        if (item is Subject subject) subject.LeadFrom(await CoursesAsync(form.Cours, subject, cancellationToken));
        // What is as it was is nobody's change.
        if (db.ChangeTracker.HasChanges())
        {
            item.Sign(User.UserId, time.GetUtcNow());
            db.AuditEntries.Add(new AuditEntry(User.Actor, AuditAct.StudyChanged, StudyTree.Title(item), former == item.Name ? "" : former, time.GetUtcNow()));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException fault) when (fault.IsOfUniqueness || fault.IsOfReference || fault is DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                return await StudyTree.LoadAsync(db, known, id, cancellationToken) is { } present ? await OvertakenAsync(present) : NotFound();
            }
        }

        return Redirect(StudyTree.Address(item) + "?enregistre=true");

        // What was typed stays, and saving once more is knowing what it replaces.
        async Task<IActionResult> OvertakenAsync(StudyItem present)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            var who = await db.Users.Where(u => u.Id == present.ChangedById).Select(u => u.Nickname).SingleOrDefaultAsync(cancellationToken);
            ModelState.AddModelError("", who is null ? texts["StudyForm.ChangedByNobody"] : texts["StudyForm.ChangedBy", who, texts.When(present.ChangedAt!.Value)]);
            form.Version = present.Version;
            return await FormAsync(known, present, StudyTree.Parent(present), form, cancellationToken, StudyForm.Of(present));
        }
    }

    static void Describe(StudyItem item, StudyFacts facts)
    {
        switch (item, facts)
        {
            case (University university, UniversityFacts told): university.Describe(told); break;
            case (Faculty faculty, FacultyFacts told): faculty.Describe(told); break;
            case (StudyProgramme programme, ProgrammeFacts told): programme.Describe(told); break;
            case (Subject subject, SubjectFacts told): subject.Describe(told); break;
            default: throw new InvalidOperationException("The facts are of another kind.");
        }
    }

    async Task CheckAsync(StudyFacts facts, StudyItem? parent, StudyItem? self, CancellationToken cancellationToken)
    {
        foreach (var fault in facts.Faults()) ModelState.AddModelError(StudyForm.FieldOf(fault.Field), texts[$"StudyFault.{fault.Kind}"]);
        var id = self?.Id ?? 0;
        var taken = parent is null
            ? await db.Universities.AnyAsync(u => u.Code == facts.Code && u.Id != id, cancellationToken)
            : StudyTree.Children(parent).Any(sibling => sibling != self && sibling.Code == facts.Code);
        if (taken) ModelState.AddModelError(nameof(StudyForm.Code), texts["StudyForm.CodeTaken"]);
    }

    async Task<StudyItem?> ParentAsync(StudyKind kind, int? id, CancellationToken cancellationToken) =>
        kind == StudyKind.University || id is null ? null : await StudyTree.LoadAsync(db, kind - 1, id.Value, cancellationToken);

    async Task<string> FreeSlugAsync(string name, CancellationToken cancellationToken)
    {
        var taken = await db.Universities.Select(u => u.Slug).Concat(db.FormerAddresses.Where(a => a.University != null).Select(a => a.Path)).ToListAsync(cancellationToken);
        return Slugs.Free(name, taken);
    }

    /// <summary>Those that readers can open, and those that led there before they were withdrawn.</summary>
    Task<List<Course>> CoursesAsync(int[] ids, Subject subject, CancellationToken cancellationToken)
    {
        var kept = subject.Courses.Select(link => link.CourseId).ToList();
        return db.Courses.Where(c => ids.Contains(c.Id) && (c.Published || kept.Contains(c.Id))).ToListAsync(cancellationToken);
    }

    async Task<IActionResult> FormAsync(StudyKind kind, StudyItem? item, StudyItem? parent, StudyForm form, CancellationToken cancellationToken, StudyForm? present = null)
    {
        List<CourseChoice> courses = [];
        if (kind == StudyKind.Subject)
        {
            var linked = item is Subject subject ? subject.Courses.Select(link => link.CourseId).ToList() : [];
            courses = await db.Courses.Where(c => c.Published || linked.Contains(c.Id)).OrderBy(c => c.Level).ThenBy(c => c.Position).ThenBy(c => c.Id)
                .Select(c => new CourseChoice(c.Id, c.Title)).ToListAsync(cancellationToken);
        }

        return View("Item", new StudyItemViewModel(kind, item, parent, form, present, courses, Request.Query.ContainsKey("enregistre")));
    }
}

public sealed record CourseChoice(int Id, string Title);

/// <param name="Item">Null for a new one.</param>
/// <param name="Present">What is stored, when somebody has changed it meanwhile.</param>
/// <param name="Courses">Those that can lead to a subject.</param>
/// <param name="Saved">It has just been saved.</param>
public sealed record StudyItemViewModel(StudyKind Kind, StudyItem? Item, StudyItem? Parent, StudyForm Form, StudyForm? Present, IReadOnlyList<CourseChoice> Courses, bool Saved);
