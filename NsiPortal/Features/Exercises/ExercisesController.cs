using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;

namespace NsiPortal.Features.Exercises;

/// <summary>What an exercise asks. Everybody shares the page; the form to answer comes apart.</summary>
public sealed class ExercisesController(PortalDbContext db) : Controller
{
    [HttpGet("/cours/{course}/{chapter}/exercices/{number:int}")]
    [SharedPage(CacheTier.Long, Tags.Chapter, Tags.Course)]
    public async Task<IActionResult> Details(int number, CancellationToken cancellationToken)
    {
        // One address for each: 01 and 001 would each be a page of its own.
        if (RouteData.Values["number"] as string != number.ToString(CultureInfo.InvariantCulture)) return NotFound();
        var id = HttpContext.ChapterId();
        var exercise = await db.Exercises.Where(e => e.ChapterId == id && e.Number == number && number > 0 && e.Chapter.Published && e.Chapter.Course.Published)
            .Select(StatementViewModel.Projection).SingleOrDefaultAsync(cancellationToken);
        return exercise is null ? NotFound() : View("Statement", exercise);
    }
}
