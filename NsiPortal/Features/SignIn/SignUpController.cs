using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.SignIn;

/// <summary>A pupil makes an account with the code of a class; nothing else is asked for.</summary>
[AutoValidateAntiforgeryToken]
public sealed class SignUpController(Registration registration, SignInManager<User> signIn, Trials trials, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/inscription")]
    [LivePage]
    public IActionResult New(string? code, string? retour) => User.UserId is null ? View("SignUp", new SignUpForm { Code = code, Retour = retour }) : RedirectToAction("New", "Join", new { code });

    [HttpPost("/inscription")]
    [LivePage]
    [UsesSession(MayBeLost = true)]
    [EnableRateLimiting(AccountsSetup.Entrance)]
    public async Task<IActionResult> Create(SignUpForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(form.Code)) ModelState.AddModelError(nameof(form.Code), texts["SignUp.CodeMissing"]);
        if (Nickname.CheckOfStudent(form.Pseudo) is { } unfit) ModelState.AddModelError(nameof(form.Pseudo), texts[$"Nickname.{unfit}"]);
        if (Passwords.Check(form.MotDePasse, form.Pseudo) is { } weak) ModelState.AddModelError(nameof(form.MotDePasse), texts[$"Password.{weak}"]);
        else if (form.MotDePasse != form.Confirmation) ModelState.AddModelError(nameof(form.Confirmation), texts["Password.Different"]);
        if (!ModelState.IsValid) return Again();

        var (user, fault) = await registration.SignUpAsync(JoinCode.Of(form.Code), form.Pseudo!, form.MotDePasse!, cancellationToken);
        if (user is null)
        {
            ModelState.AddModelError(fault == RegistrationFault.NicknameTaken ? nameof(form.Pseudo) : nameof(form.Code), texts[$"Registration.{fault}"]);
            return Again();
        }

        await signIn.SignInAsync(user, isPersistent: false);
        await trials.KeepAsync(HttpContext, user.Id, cancellationToken);
        HttpContext.RenewSession();
        return LocalRedirect(ReturnAddress.Of(form.Retour));

        ViewResult Again()
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("SignUp", form);
        }
    }
}

public sealed class SignUpForm
{
    public string? Code { get; set; }
    public string? Pseudo { get; set; }
    public string? MotDePasse { get; set; }
    public string? Confirmation { get; set; }
    public string? Retour { get; set; }
}
