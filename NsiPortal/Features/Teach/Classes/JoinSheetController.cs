using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Hosting;
using QRCoder;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>How to join a class, on a sheet for the wall or the projector.</summary>
public sealed class JoinSheetController(PortalDbContext db, PublicAddress address, TimeProvider time) : ClassRouteController(db)
{
    /// <summary>Blank modules around the code, without which cameras do not find it.</summary>
    const int Quiet = 4;

    [HttpGet("/prof/classes/{id:int}/affiche")]
    [LivePage]
    public async Task<IActionResult> Details(CancellationToken cancellationToken) => View("JoinSheet", new JoinSheetViewModel(Class, await WhyClosedAsync(cancellationToken)));

    /// <summary>The address to join the class, to be scanned.</summary>
    [HttpGet("/prof/classes/{id:int}/qr.svg")]
    [LivePage]
    public async Task<IActionResult> Code(CancellationToken cancellationToken) =>
        await WhyClosedAsync(cancellationToken) is null ? Content(Draw(address.Of($"/inscription?code={Class.Code}")), "image/svg+xml", Encoding.UTF8) : NotFound();

    /// <summary>Nobody is sent to a door that is shut.</summary>
    async Task<JoinFault?> WhyClosedAsync(CancellationToken cancellationToken) =>
        Class.WhyClosed(await Db.ClassMembers.CountAsync(m => m.ClassId == Class.Id, cancellationToken), time.GetUtcNow());

    static string Draw(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The generator's own margin is cut off: it is drawn as a part of the picture.
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        var offset = Enumerable.Range(0, rows.Count).First(y => rows[y].Cast<bool>().Any(dark => dark));
        var side = rows.Count - 2 * offset;
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
                if (rows[y + offset][x + offset]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x + Quiet} {y + Quiet}h1v1h-1z");
        }

        var size = side + 2 * Quiet;
        return $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>""";
    }
}

/// <param name="Closed">Why nobody can join; null when they can.</param>
public sealed record JoinSheetViewModel(SchoolClass Class, JoinFault? Closed);
