using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;
using NsiPortal.Hosting;

namespace NsiPortal.Features.Profile;

[Authorize]
[AutoValidateAntiforgeryToken]
public sealed class ProfileController(PortalDbContext db, UserManager<User> users, SignInManager<User> signIn, PersonalData data, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/profil")]
    [LivePage]
    public async Task<IActionResult> Edit()
    {
        var user = (await users.GetUserAsync(User))!;
        return View("Profile", new ProfileForm
        {
            Pseudo = user.Nickname, Avatar = user.Avatar, Visible = user.ShownToAll,
            Langue = user.Language ?? Languages.Current, Theme = user.Theme ?? Request.Cookies[ChoiceCookie.Theme] ?? Preferences.Themes[^1],
        });
    }

    [HttpPost("/profil")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Answers)]
    public async Task<IActionResult> Update(ProfileForm form, CancellationToken cancellationToken)
    {
        var user = (await users.GetUserAsync(User))!;
        var renames = Nickname.Tidy(form.Pseudo) != user.Nickname;
        if (renames && (user.Role == Role.Student ? Nickname.CheckOfStudent(form.Pseudo) : Nickname.Check(form.Pseudo)) is { } unfit) ModelState.AddModelError(nameof(form.Pseudo), texts[$"Nickname.{unfit}"]);
        if (form.Avatar is null || !Avatars.All.Contains(form.Avatar)) ModelState.AddModelError(nameof(form.Avatar), texts["Profile.NoAvatar"]);
        if (form.Langue is null || !Preferences.Languages.Contains(form.Langue)) ModelState.AddModelError(nameof(form.Langue), texts["Profile.NoLanguage"]);
        if (form.Theme is null || !Preferences.Themes.Contains(form.Theme)) ModelState.AddModelError(nameof(form.Theme), texts["Profile.NoTheme"]);
        if (!ModelState.IsValid) return Again();
        if (renames) user.Rename(form.Pseudo!);
        user.ChooseAvatar(form.Avatar!);
        user.Prefer(form.Langue!, form.Theme!);
        var changes = user.ShownToAll != form.Visible;
        user.ShowToAll(form.Visible);
        try
        {
            await db.InTransactionAsync(async () =>
            {
                await db.SaveChangesAsync(cancellationToken);
                if (changes) await db.ShowAsync(user.Id, time.GetUtcNow(), cancellationToken);
            }, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness)
        {
            ModelState.AddModelError(nameof(form.Pseudo), texts["Registration.NicknameTaken"]);
            return Again();
        }

        HttpContext.Follow(user);
        return RedirectToAction(nameof(Edit), new { enregistre = true });

        ViewResult Again()
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Profile", form);
        }
    }

    [HttpGet("/profil/export.json")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Answers)]
    public async Task<IActionResult> Export(CancellationToken cancellationToken) =>
        File(await data.ExportAsync(User.UserId!.Value, cancellationToken), "application/json; charset=utf-8", "mes-donnees-nsi-portal.json");

    [HttpGet("/profil/suppression")]
    [LivePage]
    public IActionResult Delete() => View("Delete");

    [HttpPost("/profil/suppression")]
    [LivePage]
    public async Task<IActionResult> Destroy(string? motDePasse, CancellationToken cancellationToken)
    {
        // Gone already, in another window.
        if (await users.GetUserAsync(User) is not { } user) return await LeaveAsync();
        var known = await signIn.CheckPasswordSignInAsync(user, motDePasse ?? "", lockoutOnFailure: true);
        if (!known.Succeeded) ModelState.AddModelError("motDePasse", texts[known.IsLockedOut ? "SignIn.Locked" : "Password.Wrong"]);
        else if (await data.DeleteAsync(user, cancellationToken) is { } fault) ModelState.AddModelError("", texts[$"Profile.{fault}"]);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Delete");
        }

        return await LeaveAsync();

        async Task<RedirectToActionResult> LeaveAsync()
        {
            await signIn.SignOutAsync();
            HttpContext.ForgetSession();
            Response.Headers["Clear-Site-Data"] = "\"cache\"";
            return RedirectToAction(nameof(Deleted));
        }
    }

    [HttpGet("/profil/supprime")]
    [AllowAnonymous]
    [LivePage]
    public IActionResult Deleted() => View("Deleted");
}

public sealed class ProfileForm
{
    public string? Pseudo { get; set; }
    public string? Avatar { get; set; }
    public bool Visible { get; set; }
    public string? Langue { get; set; }
    public string? Theme { get; set; }
}
