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
using NsiPortal.Exchange;
using NsiPortal.Exchange.Csv;
using NsiPortal.Exchange.Studies;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Admin.Studies;

/// <summary>The catalogue as a whole: its universities, and its file.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
[AutoValidateAntiforgeryToken]
public sealed class CatalogueController(PortalDbContext db, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    const int MaximumBytes = 2 * 1024 * 1024;

    /// <summary>The file as a form carries it from the preview to its confirmation.</summary>
    const int MaximumRequest = 4 * 1024 * 1024;

    [HttpGet("/admin/etudes")]
    [LivePage]
    public async Task<IActionResult> Index(int? nouveaux, int? changes, CancellationToken cancellationToken)
    {
        var rows = await db.Universities.OrderBy(u => u.Search).ThenBy(u => u.Id).Select(u => new CatalogueRow(
            u.Id, u.Code, u.Name, u.Town, u.Faculties.Count, db.StudyProgrammes.Count(p => p.UniversityId == u.Id), db.Subjects.Count(s => s.Programme.UniversityId == u.Id))).ToListAsync(cancellationToken);
        return View("Catalogue", new CatalogueViewModel(rows, nouveaux is null && changes is null ? null : (nouveaux ?? 0, changes ?? 0)));
    }

    [HttpGet("/admin/etudes/export.csv")]
    [LivePage]
    public async Task<IActionResult> Export(CancellationToken cancellationToken) => File(await StudiesExport.WriteAsync(db, cancellationToken), CsvWriter.MediaType, "etudes.csv");

    [HttpGet("/admin/etudes/import")]
    [LivePage]
    public IActionResult New() => View("Import");

    /// <summary>Shows what the file would do.</summary>
    [HttpPost("/admin/etudes/import")]
    [LivePage]
    [RequestSizeLimit(MaximumRequest)]
    public async Task<IActionResult> Preview(IFormFile? fichier, CancellationToken cancellationToken)
    {
        if (fichier is null or { Length: 0 } or { Length: > MaximumBytes })
        {
            ModelState.AddModelError("fichier", texts[fichier is { Length: > 0 } ? "StudyImport.Large" : "StudyImport.Missing"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Import");
        }

        using var bytes = new MemoryStream();
        await fichier.CopyToAsync(bytes, cancellationToken);
        return await ShowAsync(bytes.ToArray(), cancellationToken);
    }

    [HttpPost("/admin/etudes/import/validation")]
    [LivePage]
    [RequestSizeLimit(MaximumRequest)]
    public async Task<IActionResult> Import(string? contenu, string? empreinte, CancellationToken cancellationToken)
    {
        var bytes = new byte[(contenu?.Length ?? 0) / 4 * 3];
        if (string.IsNullOrEmpty(contenu) || bytes.Length > MaximumBytes + 2 || !Convert.TryFromBase64String(contenu, bytes, out var length))
        {
            ModelState.AddModelError("fichier", texts["StudyImport.Missing"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Import");
        }

        var import = await StudiesImport.MakeAsync(db, CsvText.Read(bytes.AsSpan(0, length)), User.UserId, time.GetUtcNow(), cancellationToken);
        if (import.Fault is not null || import.Fingerprint != empreinte) return await ChangedAsync();
        var (created, changed) = (import.Items.Count(i => i.Outcome == ImportOutcome.Created), import.Items.Count(i => i.Outcome == ImportOutcome.Changed));
        if (import.Changes) db.AuditEntries.Add(new AuditEntry(User.Actor, AuditAct.StudiesImported, "", $"+ {created}, ~ {changed}", time.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness || fault.IsOfReference || fault is DbUpdateConcurrencyException)
        {
            return await ChangedAsync();
        }

        return Redirect($"/admin/etudes?nouveaux={created}&changes={changed}");

        // What is confirmed is what was shown; otherwise it is shown anew.
        Task<IActionResult> ChangedAsync()
        {
            db.ChangeTracker.Clear();
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.AddModelError("", texts["StudyImport.Changed"]);
            return ShowAsync(bytes[..length], cancellationToken);
        }
    }

    async Task<IActionResult> ShowAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        var import = await StudiesImport.MakeAsync(db, CsvText.Read(bytes), User.UserId, time.GetUtcNow(), cancellationToken);
        if (import.Fault is not { } fault) return View("Preview", new PreviewViewModel(import, Convert.ToBase64String(bytes)));
        ModelState.AddModelError("fichier", texts[$"StudyImport.{fault}", StudiesImport.MaximumLines]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Import");
    }
}

public sealed record CatalogueRow(int Id, string Code, string Name, string Town, int Faculties, int Programmes, int Subjects);

/// <param name="Imported">How many items an import has just made and changed.</param>
public sealed record CatalogueViewModel(IReadOnlyList<CatalogueRow> Universities, (int Created, int Changed)? Imported);

/// <param name="Content">The file in Base64, which forms carry unchanged.</param>
public sealed record PreviewViewModel(StudiesImport Import, string Content)
{
    /// <summary>More than so many lines help nobody.</summary>
    public const int Shown = 300;
}
