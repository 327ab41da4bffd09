using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Data;
using NsiPortal.Data.Queries;
using NsiPortal.Domain.People;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>What stands under the address of a class: the one place that decides who comes in. A class that somebody does not teach does not exist for them.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public abstract class ClassRouteController(PortalDbContext db) : Controller
{
    protected PortalDbContext Db => db;

    protected SchoolClass Class { get; private set; } = null!;

    protected bool IsOwner => Class.TeacherId == User.UserId;

    protected string Address => $"/prof/classes/{Class.Id}";

    public override async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var id = int.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture);
        if (await db.Classes.TaughtBy(User.UserId!.Value).SingleOrDefaultAsync(c => c.Id == id, HttpContext.RequestAborted) is { } found)
        {
            Class = found;
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    /// <summary>Saves, unless a colleague did the same at the same time or what it is about has gone: then the next page shows how it stands.</summary>
    protected async Task TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || fault.IsOfUniqueness || fault.IsOfReference)
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The form again, with what was typed and what is wrong with it.</summary>
    protected ViewResult Again(string view, object model, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        return View(view, model);
    }
}
