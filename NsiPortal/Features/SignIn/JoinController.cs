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
    public IActionResult New(string? code) => View("Join", code);

    [HttpPost("/rejoindre")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Entrance)]
    public async Task<IActionResult> Create(string? code, CancellationToken cancellationToken)
    {
        var fault = string.IsNullOrWhiteSpace(code) ? RegistrationFault.CodeUnknown : await registration.JoinAsync(JoinCode.Of(code), User.UserId!.Value, cancellationToken);
        if (fault is null) return LocalRedirect("/moi");
        ModelState.AddModelError("code", texts[$"Registration.{fault}"]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Join", code);
    }
}
