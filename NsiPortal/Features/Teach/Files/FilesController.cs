using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain;
using NsiPortal.Domain.Courses;
using NsiPortal.Exchange.Uploads;
using NsiPortal.Features.Shared;
using NsiPortal.Hosting;

namespace NsiPortal.Features.Teach.Files;

/// <summary>The figures and files of a course, for its authors. A script that inserts one in a chapter asks for JSON; a form gets the page.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public sealed class FilesController(PortalDbContext db, Authoring authoring, IStringLocalizer<Texts> texts) : Controller
{
    /// <summary>Some files at once.</summary>
    internal const int MaximumRequest = 24 * 1024 * 1024;

    const string List = "/prof/cours/{courseId:int}/fichiers";
    const string One = List + "/{name}";

    [HttpGet(List)]
    [LivePage]
    public async Task<IActionResult> Index(int courseId, CancellationToken cancellationToken) =>
        await ListAsync(courseId, cancellationToken) is { } list ? View("Files", list) : NotFound();

    /// <summary>One file, of a course that may not be published yet: previews show it from here.</summary>
    [HttpGet(One)]
    [LivePage]
    [Sandboxed]
    public async Task<IActionResult> Details(int courseId, string name, CancellationToken cancellationToken)
    {
        var file = await Mine(courseId, name).Select(f => new { f.Content, f.MediaType }).SingleOrDefaultAsync(cancellationToken);
        return file is null ? NotFound() : File(file.Content, file.MediaType);
    }

    [HttpPost(List)]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Writing)]
    [RequestSizeLimit(MaximumRequest)]
    public async Task<IActionResult> Create(int courseId, IReadOnlyList<IFormFile>? fichiers, CancellationToken cancellationToken)
    {
        if (!await authoring.CoursesOf(User).AnyAsync(c => c.Id == courseId, cancellationToken)) return NotFound();
        var (refused, tooLarge) = (new List<string>(), false);
        CourseFile? added = null;
        foreach (var sent in fichiers ?? [])
        {
            try
            {
                added = await CourseUploads.AddAsync(db, courseId, await ReadAsync(sent, cancellationToken), cancellationToken);
                if (added is null) return NotFound();
            }
            catch (RefusedFileException fault)
            {
                refused.Add(texts["Files.Refused", Shown(sent.FileName), fault.Message]);
                tooLarge |= fault.TooLarge;
                db.ChangeTracker.Clear();
            }
        }

        if (fichiers is not { Count: > 0 }) refused.Add(texts["Files.NoneSent"]);
        if (refused.Count > 0)
        {
            Response.StatusCode = tooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            return WantsJson ? Json(new { message = string.Join(' ', refused) }) : View("Files", (await ListAsync(courseId, cancellationToken))! with { Refused = refused });
        }

        return WantsJson ? Json(Inserted(courseId, added!)) : RedirectToAction(nameof(Index), new { courseId });
    }

    [HttpPost(One + "/remplacement")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Writing)]
    [RequestSizeLimit(MaximumRequest)]
    public async Task<IActionResult> Replace(int courseId, string name, IFormFile? fichier, CancellationToken cancellationToken)
    {
        if (!await Mine(courseId, name).AnyAsync(cancellationToken)) return NotFound();
        try
        {
            if (fichier is null) return await RefuseAsync(courseId, StatusCodes.Status400BadRequest, texts["Files.NoneSent"], cancellationToken);
            return await CourseUploads.ReplaceAsync(db, courseId, name, await ReadAsync(fichier, cancellationToken), cancellationToken) ? RedirectToAction(nameof(Index), new { courseId }) : NotFound();
        }
        catch (RefusedFileException fault)
        {
            db.ChangeTracker.Clear();
            return await RefuseAsync(courseId, fault.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, texts["Files.Refused", Shown(fichier!.FileName), fault.Message], cancellationToken);
        }
    }

    /// <summary>What an image says to who does not see it.</summary>
    [HttpPost(One + "/texte")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Writing)]
    public async Task<IActionResult> Describe(int courseId, string name, string? texte, bool decorative, CancellationToken cancellationToken)
    {
        if (await Mine(courseId, name).SingleOrDefaultAsync(cancellationToken) is not { } file) return NotFound();
        var text = decorative ? "" : texte?.Trim().ReplaceLineEndings(" ") ?? "";
        var fault = text.Length > CourseFile.MaxAlternativeLength ? texts["Files.AlternativeLong", CourseFile.MaxAlternativeLength].Value
            : !StorableText.Is(text) || (text.Length == 0 && !decorative) ? texts["Files.AlternativeMissing"].Value
            : null;
        if (fault is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            if (WantsJson) return Json(new { message = fault });
            ModelState.AddModelError($"texte-{name}", fault);
            return View("Files", (await ListAsync(courseId, cancellationToken))! with { Entered = (name, texte ?? "") });
        }

        file.Describe(text);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has deleted it.
            return NotFound();
        }

        return WantsJson ? Json(Inserted(courseId, file)) : RedirectToAction(nameof(Index), new { courseId });
    }

    [HttpPost(One + "/suppression")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Writing)]
    public async Task<IActionResult> Delete(int courseId, string name, CancellationToken cancellationToken)
    {
        if (await Mine(courseId, name).SingleOrDefaultAsync(cancellationToken) is not { } file) return NotFound();
        if ((await ListAsync(courseId, cancellationToken))!.Files.Single(f => f.Name == name).Uses is { Count: > 0 } uses)
            return await RefuseAsync(courseId, StatusCodes.Status409Conflict, texts["Files.Used", name, string.Join(", ", uses.Select(use => texts["Files.Quoted", use.Title].Value))], cancellationToken);
        db.CourseFiles.Remove(file);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has deleted it.
        }

        return RedirectToAction(nameof(Index), new { courseId });
    }

    bool WantsJson => Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);

    static object Inserted(int courseId, CourseFile file) => new
    {
        file.Name, file.IsImage, file.Alternative, Markdown = Upload.MarkdownOf(file.Name, file.MediaType, file.Alternative), Address = $"/prof/cours/{courseId}/fichiers/{file.Name}",
    };

    IQueryable<CourseFile> Mine(int courseId, string name) => db.CourseFiles.Where(f => f.CourseId == courseId && f.Name == name && authoring.CoursesOf(User).Any(c => c.Id == f.CourseId));

    async Task<IActionResult> RefuseAsync(int courseId, int status, string reason, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        return View("Files", (await ListAsync(courseId, cancellationToken))! with { Refused = [reason] });
    }

    static async Task<Upload> ReadAsync(IFormFile sent, CancellationToken cancellationToken)
    {
        // Said before it is read.
        if (sent.Length > Upload.MaximumBytes) return Upload.Read(sent.FileName, new byte[Upload.MaximumBytes + 1]);
        var bytes = new MemoryStream((int)sent.Length);
        await sent.CopyToAsync(bytes, cancellationToken);
        return Upload.Read(sent.FileName, bytes.ToArray());
    }

    string Shown(string fileName) => texts["Files.Quoted", fileName.Length <= 80 ? fileName : fileName[..80] + "…"];

    async Task<FilesViewModel?> ListAsync(int courseId, CancellationToken cancellationToken)
    {
        if (await authoring.CoursesOf(User).Where(c => c.Id == courseId).Select(c => c.Title).SingleOrDefaultAsync(cancellationToken) is not { } title) return null;
        var chapters = await db.Chapters.Where(c => c.CourseId == courseId).OrderBy(c => c.Position).ThenBy(c => c.Id)
            .Select(c => new { c.Id, c.Title, c.Markdown, Draft = c.Draft == null ? "" : c.Draft.Markdown, Exercises = c.Exercises.Select(e => e.Source) }).ToListAsync(cancellationToken);
        var files = await db.CourseFiles.Where(f => f.CourseId == courseId).OrderBy(f => f.Name).Select(f => new { f.Name, f.MediaType, f.Content.Length, f.Alternative }).ToListAsync(cancellationToken);
        return new FilesViewModel(courseId, title, [.. files.Select(f => new FileRow(f.Name, f.MediaType, f.Length, f.Alternative,
            [.. chapters.Where(c => Upload.IsIn(c.Markdown, f.Name) || Upload.IsIn(c.Draft, f.Name) || c.Exercises.Any(source => Upload.IsIn(source, f.Name))).Select(c => new FileUse(c.Id, c.Title))]))]);
    }
}
