using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Admin.Users;

/// <summary>Accounts, for those who administer the portal: finding them, and what may be done to one.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
[AutoValidateAntiforgeryToken]
public sealed class UsersController(PortalDbContext db, UserAdministration administration, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    internal const int PageSize = 50;

    /// <summary>Comes after all that keys are made of.</summary>
    const string Last = "~";

    /// <param name="debut">What the nickname begins with, whatever its case, accents and blanks.</param>
    /// <param name="role">Only those who have it.</param>
    /// <param name="desactives">Only those whose account is closed.</param>
    /// <param name="apres">Only those behind this key: how the list goes on, as fast at its end as at its beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpGet("/admin/utilisateurs")]
    [LivePage]
    public async Task<IActionResult> Index(string? debut, Role? role, bool desactives, string? apres, CancellationToken cancellationToken)
    {
        var users = db.Users.AsNoTracking();
        if (role is not null) users = users.Where(u => u.Role == role);
        if (desactives) users = users.Where(u => u.Disabled);
        var key = Nickname.KeyOf(debut ?? "");
        if (key.Length > 0) users = users.Where(u => u.NicknameKey.CompareTo(key) >= 0 && u.NicknameKey.CompareTo(key + Last) < 0);
        // Signs alone begin no nickname.
        else if (!string.IsNullOrWhiteSpace(debut)) users = users.Where(_ => false);
        if (!string.IsNullOrEmpty(apres)) users = users.Where(u => u.NicknameKey.CompareTo(Nickname.KeyOf(apres)) > 0);

        // One more than is shown tells whether there are others.
        var rows = await users.OrderBy(u => u.NicknameKey).Take(PageSize + 1).Select(u => new UserRow(u.Id, u.Nickname, u.NicknameKey, u.Avatar, u.Role, u.Disabled, u.CreatedAt)).ToListAsync(cancellationToken);
        return View("Users", new UsersViewModel([.. rows.Take(PageSize)], rows.Count > PageSize, debut, role, desactives));
    }

    [HttpGet("/admin/utilisateurs/{userId:int}")]
    [LivePage]
    public Task<IActionResult> Details(int userId, CancellationToken cancellationToken) => ShowAsync(userId, cancellationToken);

    [HttpPost("/admin/utilisateurs/{userId:int}/role")]
    [LivePage]
    public async Task<IActionResult> ChangeRole(int userId, Role? role, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, cancellationToken) is not { } user) return NotFound();
        if (role is not { } wanted || !Enum.IsDefined(wanted))
        {
            ModelState.AddModelError("role", texts["User.NoRole"]);
            return await RefuseAsync(StatusCodes.Status400BadRequest, userId, cancellationToken);
        }

        if (user.Role != wanted && !await administration.BecomeAsync(User.Actor, user, wanted, cancellationToken)) return await LastAsync(userId, cancellationToken);
        return Done(userId, "role");
    }

    [HttpPost("/admin/utilisateurs/{userId:int}/desactivation")]
    [LivePage]
    public async Task<IActionResult> Disable(int userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, cancellationToken) is not { } user) return NotFound();
        if (!user.Disabled && !await administration.DisableAsync(User.Actor, user, cancellationToken)) return await LastAsync(userId, cancellationToken);
        return Done(userId, "desactive");
    }

    [HttpPost("/admin/utilisateurs/{userId:int}/reactivation")]
    [LivePage]
    public async Task<IActionResult> Enable(int userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, cancellationToken) is not { } user) return NotFound();
        if (user.Disabled) await administration.EnableAsync(User.Actor, user, cancellationToken);
        return Done(userId, "reactive");
    }

    [HttpPost("/admin/utilisateurs/{userId:int}/deconnexion")]
    [LivePage]
    public async Task<IActionResult> SignOutEverywhere(int userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, cancellationToken) is not { } user) return NotFound();
        await administration.SignOutEverywhereAsync(User.Actor, user, cancellationToken);
        return Done(userId, "deconnecte");
    }

    /// <summary>A slip with a new password, shown this once.</summary>
    [HttpPost("/admin/utilisateurs/{userId:int}/mot-de-passe")]
    [LivePage]
    public async Task<IActionResult> ResetPassword(int userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, cancellationToken) is not { } user) return NotFound();
        return View("Slip", new UserSlipViewModel(userId, user.Nickname, await administration.ResetPasswordAsync(User.Actor, user, cancellationToken)));
    }

    RedirectToActionResult Done(int userId, string fait) => RedirectToAction(nameof(Details), new { userId, fait });

    Task<User?> FindAsync(int userId, CancellationToken cancellationToken) => db.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);

    Task<IActionResult> LastAsync(int userId, CancellationToken cancellationToken)
    {
        ModelState.AddModelError("", texts["User.LastAdministrator"]);
        return RefuseAsync(StatusCodes.Status409Conflict, userId, cancellationToken);
    }

    Task<IActionResult> RefuseAsync(int status, int userId, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        return ShowAsync(userId, cancellationToken);
    }

    async Task<IActionResult> ShowAsync(int userId, CancellationToken cancellationToken)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) is not { } user) return NotFound();
        return View("User", new UserViewModel(user.Id, user.Nickname, user.Avatar, user.Role, user.Disabled, user.CreatedAt, user.LockedUntil > time.GetUtcNow() ? user.LockedUntil : null, user.MustChangePassword,
            await db.ClassMembers.Where(m => m.UserId == userId).Select(m => m.Class.Name).Order().ToListAsync(cancellationToken),
            await db.Classes.Where(c => c.TeacherId == userId).Select(c => c.Name).Order().ToListAsync(cancellationToken),
            await db.DailyActivity.Where(a => a.UserId == userId).MaxAsync(a => (DateOnly?)a.Day, cancellationToken),
            HttpMethods.IsGet(Request.Method) ? Request.Query["fait"].ToString() : ""));
    }
}

public sealed record UserRow(int Id, string Nickname, string Key, string Avatar, Role Role, bool Disabled, DateTimeOffset CreatedAt);

/// <param name="Beginning">As it was typed.</param>
public sealed record UsersViewModel(IReadOnlyList<UserRow> Users, bool HasMore, string? Beginning, Role? Role, bool Disabled);

/// <param name="Classes">Those that the user is in.</param>
/// <param name="Teaches">Those that are the user's.</param>
/// <param name="LockedUntil">After too many wrong passwords; null when it is over.</param>
/// <param name="LastDay">The last day on which they answered.</param>
/// <param name="Done">What has just been done; empty for nothing.</param>
public sealed record UserViewModel(
    int Id, string Nickname, string Avatar, Role Role, bool Disabled, DateTimeOffset CreatedAt, DateTimeOffset? LockedUntil, bool MustChangePassword,
    IReadOnlyList<string> Classes, IReadOnlyList<string> Teaches, DateOnly? LastDay, string Done);

public sealed record UserSlipViewModel(int UserId, string Nickname, string Password);
