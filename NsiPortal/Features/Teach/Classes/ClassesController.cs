using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Data.Queries;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>The classes that somebody teaches, and new ones.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public sealed class ClassesController(PortalDbContext db, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/prof/classes")]
    [LivePage]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View("Classes", await ListAsync(cancellationToken));

    [HttpPost("/prof/classes")]
    [LivePage]
    public async Task<IActionResult> Create(string? nom, CancellationToken cancellationToken)
    {
        if (SchoolClass.NameOf(nom) is not { } name)
        {
            ModelState.AddModelError("nom", texts["Class.NameFault", SchoolClass.MaxNameLength]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Classes", await ListAsync(cancellationToken) with { Entered = nom });
        }

        var created = new SchoolClass(name, User.UserId!.Value, JoinCode.New(), time.GetUtcNow());
        db.Classes.Add(created);
        await db.SaveChangesAsync(cancellationToken);
        return Redirect($"/prof/classes/{created.Id}");
    }

    async Task<ClassesViewModel> ListAsync(CancellationToken cancellationToken)
    {
        var mine = await db.Classes.TaughtBy(User.UserId!.Value).OrderBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new ClassRow(c.Id, c.Name, c.Members.Count, c.ArchivedAt != null)).ToListAsync(cancellationToken);
        return new ClassesViewModel([.. mine.Where(row => !row.Archived)], [.. mine.Where(row => row.Archived)], null);
    }
}

public sealed record ClassRow(int Id, string Name, int Count, bool Archived);

public sealed record ClassesViewModel(IReadOnlyList<ClassRow> Classes, IReadOnlyList<ClassRow> Archived, string? Entered);

/// <summary>The top of each page of a class.</summary>
/// <param name="Current">The part of the class's address that the page stands under; empty for its pupils.</param>
/// <param name="Title">Of the page.</param>
public sealed record ClassHead(SchoolClass Class, string Current, string Title)
{
    /// <summary>For the view to give to the layout, which does not see what a partial view sets.</summary>
    public string PageTitle => Current == "" ? Class.Name : $"{Title} · {Class.Name}";
}
