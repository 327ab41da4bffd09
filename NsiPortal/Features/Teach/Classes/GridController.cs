using Microsoft.AspNetCore.Mvc;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Learning;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>Each pupil and each exercise.</summary>
public sealed class GridController(PortalDbContext db, ClassGrids grids) : ClassRouteController(db)
{
    /// <param name="id">Of the class.</param>
    /// <param name="voir">See <see cref="GridPlace"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    [HttpGet("/prof/classes/{id:int}/grille")]
    [LivePage]
    public async Task<IActionResult> Details(int id, string? voir, CancellationToken cancellationToken) =>
        View("Grid", new GridViewModel(Class, await grids.OfAsync(id, GridPlace.Parse(voir), cancellationToken)));
}

public sealed record GridViewModel(SchoolClass Class, ClassGrid Grid);
