using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Studies;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Admin.Studies;

/// <summary>Deletes an item with all that is below it, once somebody has counted it.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
[AutoValidateAntiforgeryToken]
public sealed class StudyDeletionsController(PortalDbContext db, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/admin/etudes/{kind}/{id:int}/suppression")]
    [LivePage]
    public async Task<IActionResult> New(string kind, int id, CancellationToken cancellationToken) =>
        await LoadAsync(kind, id, cancellationToken) is { } item ? View("Delete", new StudyDeletionViewModel(item, null)) : NotFound();

    [HttpPost("/admin/etudes/{kind}/{id:int}/suppression")]
    [LivePage]
    public async Task<IActionResult> Create(string kind, int id, int? version, string? nombre, CancellationToken cancellationToken)
    {
        if (await LoadAsync(kind, id, cancellationToken) is not { } item) return NotFound();
        var below = StudyTree.Below(item).Count();
        if (version != item.Version) return Again(StatusCodes.Status409Conflict, "", "StudyDeletion.Changed", item);
        // Who typed the number has seen it; another one, if something came or went meanwhile, is asked again.
        if (below > 0 && nombre?.Trim() != $"{below}") return Again(StatusCodes.Status400BadRequest, "nombre", "StudyDeletion.WrongNumber", item);

        var parent = StudyTree.Parent(item);
        db.AuditEntries.Add(new AuditEntry(User.Actor, AuditAct.StudyDeleted, StudyTree.Title(item), below > 0 ? $"+ {below}" : "", time.GetUtcNow()));
        // From the leaves upwards: the database refuses to delete what something hangs on.
        db.RemoveRange(StudyTree.Below(item).Append(item));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfReference || fault is DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await LoadAsync(kind, id, cancellationToken) is { } present ? Again(StatusCodes.Status409Conflict, "", "StudyDeletion.Changed", present) : NotFound();
        }

        return Redirect(parent is null ? "/admin/etudes" : StudyTree.Address(parent));

        ViewResult Again(int status, string field, string text, StudyItem shown)
        {
            Response.StatusCode = status;
            ModelState.AddModelError(field, texts[text]);
            return View("Delete", new StudyDeletionViewModel(shown, nombre));
        }
    }

    async Task<StudyItem?> LoadAsync(string kind, int id, CancellationToken cancellationToken) =>
        StudyKinds.FromSlug(kind) is { } known ? await StudyTree.LoadAsync(db, known, id, cancellationToken) : null;
}

/// <param name="Typed">As the number of what goes along.</param>
public sealed record StudyDeletionViewModel(StudyItem Item, string? Typed)
{
    /// <summary>How many of each kind go along.</summary>
    public IReadOnlyList<(StudyKind Kind, int Count)> Below { get; } = [.. StudyTree.Below(Item).CountBy(StudyKinds.Of).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];

    public int Total => Below.Sum(pair => pair.Count);
}
