using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.SignIn;

/// <summary>Somebody who has an account joins one more class.</summary>
[Authorize]
[AutoValidateAntiforgeryToken]
public sealed class JoinController(Registration registration, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/rejoindre")]
    [LivePage]
    public IActionResult New(string? code) => View("Join", new JoinViewModel(code, null));

    [HttpPost("/rejoindre")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Entrance)]
    public async Task<IActionResult> Create(string? code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code)) return Refuse(code, texts["Join.CodeMissing"]);
        var (fault, already) = await registration.JoinAsync(JoinCode.Of(code), User.UserId!.Value, cancellationToken);
        if (fault is not null) return Refuse(code, texts[$"Registration.{fault}"]);
        return already is null ? LocalRedirect("/moi") : View("Join", new JoinViewModel(null, already));
    }

    ViewResult Refuse(string? code, string why)
    {
        ModelState.AddModelError("code", why);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Join", new JoinViewModel(code, null));
    }
}

/// <param name="Code">What was typed, or came with the address.</param>
/// <param name="Already">The name of a class that they were in before they asked.</param>
public sealed record JoinViewModel(string? Code, string? Already);
