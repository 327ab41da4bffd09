using Microsoft.AspNetCore.Mvc;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;

namespace NsiPortal.Features.Privacy;

public sealed class PrivacyController : Controller
{
    [HttpGet("/donnees")]
    [SharedPage(CacheTier.Long)]
    public IActionResult Index() => View();
}
