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

[AutoValidateAntiforgeryToken]
public sealed class SignInController(SignInManager<User> signIn, UserManager<User> users, Trials trials, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/connexion")]
    [LivePage]
    public IActionResult New(string? retour) => User.UserId is null ? View("SignIn", new SignInForm { Retour = retour }) : LocalRedirect(ReturnAddress.Of(retour));

    [HttpPost("/connexion")]
    [LivePage]
    [UsesSession(MayBeLost = true)]
    [EnableRateLimiting(AccountsSetup.Entrance)]
    public async Task<IActionResult> Create(SignInForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(form.Pseudo) || string.IsNullOrEmpty(form.MotDePasse)) return Refuse(texts["SignIn.Incomplete"]);
        var user = await users.FindByNameAsync(form.Pseudo);
        // The same answer, and about as long, whether or not there is such a user.
        if (user is null || user.Disabled)
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody.User, Nobody.Hash, form.MotDePasse);
            return Refuse(texts["SignIn.Wrong"]);
        }

        // One that was given with few rounds takes about as long as any.
        if (FirstPasswords.AreQuick(user)) users.PasswordHasher.VerifyHashedPassword(Nobody.User, Nobody.Hash, form.MotDePasse);
        var result = await signIn.PasswordSignInAsync(user, form.MotDePasse, form.Rester, lockoutOnFailure: true);
        if (result.IsLockedOut) return Refuse(texts["SignIn.Locked"]);
        if (!result.Succeeded) return Refuse(texts["SignIn.Wrong"]);
        await trials.KeepAsync(HttpContext, user.Id, cancellationToken);
        HttpContext.RenewSession();
        HttpContext.Follow(user);
        return user.MustChangePassword ? RedirectToAction("Edit", "Passwords") : LocalRedirect(ReturnAddress.Of(form.Retour));

        ViewResult Refuse(string reason)
        {
            ModelState.AddModelError("", reason);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("SignIn", form);
        }
    }

    /// <summary>Somebody whose password is compared when there is nobody, so that time does not tell.</summary>
    static class Nobody
    {
        public static readonly User User = new("personne", Role.Student, DateTimeOffset.UnixEpoch);
        public static readonly string Hash = new PasswordHasher<User>().HashPassword(User, Passwords.New());
    }
}

public sealed class SignInForm
{
    public string? Pseudo { get; set; }
    public string? MotDePasse { get; set; }
    public bool Rester { get; set; }
    public string? Retour { get; set; }
}
