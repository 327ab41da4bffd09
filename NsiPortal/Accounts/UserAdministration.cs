using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>
/// What is done to accounts by others than their users, from pages and from the command line. Each act is audited in the transaction that does it. The
/// portal always keeps an administrator who can sign in.
/// </summary>
public sealed class UserAdministration(PortalDbContext db, Registration registration, TimeProvider time)
{
    /// <returns>False when nobody would be left to administer.</returns>
    public Task<bool> BecomeAsync(Actor actor, User user, Role role, CancellationToken cancellationToken) =>
        ActAsync(actor, AuditAct.RoleChanged, user, role.ToString(), endsAdministrator: role != Role.Administrator, () => user.Become(role), cancellationToken);

    /// <inheritdoc cref="BecomeAsync"/>
    public Task<bool> DisableAsync(Actor actor, User user, CancellationToken cancellationToken) =>
        ActAsync(actor, AuditAct.AccountDisabled, user, "", endsAdministrator: true, user.Disable, cancellationToken);

    public Task EnableAsync(Actor actor, User user, CancellationToken cancellationToken) =>
        ActAsync(actor, AuditAct.AccountEnabled, user, "", endsAdministrator: false, user.Enable, cancellationToken);

    public Task SignOutEverywhereAsync(Actor actor, User user, CancellationToken cancellationToken) =>
        ActAsync(actor, AuditAct.SignedOutEverywhere, user, "", endsAdministrator: false, user.SignOutEverywhere, cancellationToken);

    /// <inheritdoc cref="Registration.ResetPasswordAsync"/>
    public Task<string> ResetPasswordAsync(Actor actor, User user, CancellationToken cancellationToken)
    {
        db.AuditEntries.Add(new AuditEntry(actor, AuditAct.PasswordReset, user, "", time.GetUtcNow()));
        return registration.ResetPasswordAsync(user, cancellationToken);
    }

    async Task<bool> ActAsync(Actor actor, AuditAct act, User user, string detail, bool endsAdministrator, Action change, CancellationToken cancellationToken)
    {
        var done = false;
        await db.InTransactionAsync(async () =>
        {
            if (endsAdministrator && await db.IsLastAdministratorAsync(user.Id, cancellationToken)) return;
            change();
            db.AuditEntries.Add(new AuditEntry(actor, act, user, detail, time.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            await db.ShowAsync(user.Id, time.GetUtcNow(), cancellationToken);
            done = true;
        }, cancellationToken);
        return done;
    }
}

static class LastAdministrator
{
    /// <summary>
    /// Whether nobody else could administer the portal; in the transaction that is about to take the role, the access or the account away. Of two
    /// administrators who remove each other at once, the second waits here and finds themselves the last.
    /// </summary>
    public static async Task<bool> IsLastAdministratorAsync(this PortalDbContext db, int userId, CancellationToken cancellationToken)
    {
        var administrators = db.Users.Where(u => u.Role == Role.Administrator && !u.Disabled);
        await administrators.LockAsync(cancellationToken);
        var ids = await administrators.Select(u => u.Id).ToListAsync(cancellationToken);
        return ids is [var only] && only == userId;
    }
}
