using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using NsiPortal.Accounts;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;

namespace NsiPortal.Support;

/// <summary>What the pages of <see cref="ProbeController"/> do; a test gives it its own acts.</summary>
public sealed class Probe
{
    int renders;

    public int Renders => Volatile.Read(ref renders);

    public Func<HttpContext, Task<string>> Render { get; set; } = _ => Task.FromResult("essai");

    public Task<string> RenderAsync(HttpContext http)
    {
        Interlocked.Increment(ref renders);
        return Render(http);
    }
}

/// <summary>Pages that only the test host has: one of each kind, whose body a test decides.</summary>
public sealed class ProbeController(Probe probe) : Controller
{
    [HttpGet("/essai/partage")]
    [SharedPage(CacheTier.Long, Tags.Courses, Query = ["q"])]
    public async Task<IActionResult> Shared() => Content(await probe.RenderAsync(HttpContext), "text/html; charset=utf-8");

    [HttpGet("/essai/moi")]
    [PersonalPage(CacheTier.Short, Tags.User, Tags.Courses)]
    public async Task<IActionResult> Personal() => Content(await probe.RenderAsync(HttpContext), "text/html; charset=utf-8");

    [HttpGet("/essai/rang")]
    [PersonalPage(CacheTier.Short, Tags.User, Tags.Leaderboard, Bounded = true)]
    public async Task<IActionResult> Bounded() => Content(await probe.RenderAsync(HttpContext), "text/html; charset=utf-8");

    [HttpGet("/essai/vif")]
    [LivePage]
    public async Task<IActionResult> Live() => Content(await probe.RenderAsync(HttpContext), "text/html; charset=utf-8");

    [AcceptVerbs("GET", "POST", Route = "/essai/session")]
    [LivePage]
    [UsesSession]
    public async Task<IActionResult> Session() => Content(await probe.RenderAsync(HttpContext), "text/html; charset=utf-8");
}
