using Microsoft.AspNetCore.Mvc;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;

namespace NsiPortal.Features.Badges;

/// <summary>All that can be earned; it changes with the program only.</summary>
public sealed class BadgesController : Controller
{
    [HttpGet("/badges")]
    [SharedPage(CacheTier.Long)]
    public IActionResult Index() => View();
}
