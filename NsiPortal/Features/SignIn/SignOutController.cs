using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Domain.People;

namespace NsiPortal.Features.SignIn;

[AutoValidateAntiforgeryToken]
public sealed class SignOutController(SignInManager<User> signIn, UserManager<User> users) : Controller
{
    [HttpGet("/deconnexion")]
    [LivePage]
    public IActionResult New() => User.UserId is null ? LocalRedirect("/") : View("SignOut");

    [HttpPost("/deconnexion")]
    [LivePage]
    public async Task<IActionResult> Create(bool partout)
    {
        if (partout && await users.GetUserAsync(User) is { } user) await users.UpdateSecurityStampAsync(user);
        return await LeaveAsync();
    }

    async Task<IActionResult> LeaveAsync()
    {
        await signIn.SignOutAsync();
        HttpContext.ForgetSession();
        // What the browser has kept of this user, pages to go back to included.
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return LocalRedirect("/");
    }
}
