using Microsoft.AspNetCore.Mvc;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Pages;

namespace NsiPortal.Features.Status;

/// <summary>What readers are told while the database does not answer: from memory alone.</summary>
public sealed class StatusController(Licence licence) : Controller
{
    [HttpGet("/etat")]
    [LivePage]
    [AsksNobody]
    public IActionResult Index() => View(new StatusViewModel(licence.DatabaseSilent));

    /// <summary>
    /// The notice that an unvouched page asks for. It is about that page, so that it does not matter which process answers, nor whether the
    /// database has come back meanwhile.
    /// </summary>
    [HttpGet("/etat/avis")]
    [LivePage]
    [AsksNobody]
    public IActionResult Notice() => PartialView("_Notice");
}

public sealed record StatusViewModel(bool DatabaseSilent);
