using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.SignIn;

[Authorize]
[AutoValidateAntiforgeryToken]
public sealed class PasswordsController(PortalDbContext db, Registration registration, SignInManager<User> signIn, UserManager<User> users, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/mot-de-passe")]
    [LivePage]
    public async Task<IActionResult> Edit() => View("Password", new PasswordForm { Imposed = (await users.GetUserAsync(User))!.MustChangePassword });

    [HttpPost("/mot-de-passe")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Entrance)]
    public async Task<IActionResult> Update(PasswordForm form, CancellationToken cancellationToken)
    {
        var user = (await users.GetUserAsync(User))!;
        var known = await signIn.CheckPasswordSignInAsync(user, form.Actuel ?? "", lockoutOnFailure: true);
        if (!known.Succeeded) ModelState.AddModelError(nameof(form.Actuel), texts[known.IsLockedOut ? "SignIn.Locked" : "Password.Wrong"]);
        if (Passwords.Check(form.Nouveau, user.Nickname) is { } weak) ModelState.AddModelError(nameof(form.Nouveau), texts[$"Password.{weak}"]);
        else if (form.Nouveau == form.Actuel) ModelState.AddModelError(nameof(form.Nouveau), texts["Password.Same"]);
        else if (form.Nouveau != form.Confirmation) ModelState.AddModelError(nameof(form.Confirmation), texts["Password.Different"]);
        if (!ModelState.IsValid)
        {
            form.Imposed = user.MustChangePassword;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Password", form);
        }

        registration.SetPassword(user, form.Nouveau!);
        await db.SaveChangesAsync(cancellationToken);
        // Elsewhere they are signed out; here they go on.
        await signIn.SignInAsync(user, isPersistent: false);
        return LocalRedirect("/moi");
    }
}

public sealed class PasswordForm
{
    public string? Actuel { get; set; }
    public string? Nouveau { get; set; }
    public string? Confirmation { get; set; }

    /// <summary>Somebody else chose the present one.</summary>
    public bool Imposed { get; set; }
}
