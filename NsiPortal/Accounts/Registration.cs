using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>Makes accounts and lets them into classes.</summary>
public sealed class Registration(PortalDbContext db, IPasswordHasher<User> hasher, TimeProvider time)
{
    /// <summary>An account that is in no class.</summary>
    /// <param name="nickname">Fit to be one.</param>
    /// <param name="password">Strong enough.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="mustChangePassword">Somebody else chose the password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="by">Who makes it, for the audit log; null for the portal itself.</param>
    /// <returns>Null when the nickname is taken.</returns>
    public async Task<User?> CreateAsync(string nickname, string password, Role role, bool mustChangePassword, CancellationToken cancellationToken, Actor? by = null)
    {
        var user = New(nickname, password, role);
        user.MustChangePassword = mustChangePassword;
        try
        {
            db.Users.Add(user);
            if (by is not null) db.AuditEntries.Add(new AuditEntry(by, AuditAct.AccountCreated, user, role.ToString(), user.CreatedAt));
            await db.SaveChangesAsync(cancellationToken);
            return user;
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness)
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    /// <summary>A pupil of the class that has the code: both or neither.</summary>
    public async Task<(User? User, RegistrationFault? Fault)> SignUpAsync(JoinCode code, string nickname, string password, CancellationToken cancellationToken)
    {
        var user = New(nickname, password, Role.Student);
        return await EnterAsync(code, user, () => db.Users.Add(user), cancellationToken) is { } fault ? (null, fault) : (user, null);
    }

    /// <summary>Lets somebody who has an account into one more class; who is in it already stays, and is told its name.</summary>
    public async Task<(RegistrationFault? Fault, string? Already)> JoinAsync(JoinCode code, int userId, CancellationToken cancellationToken)
    {
        if (await db.ClassMembers.Where(m => m.UserId == userId && m.Class.Code == code.Text).Select(m => m.Class.Name).SingleOrDefaultAsync(cancellationToken) is { } already) return (null, already);
        var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        // Asked for twice at once: they are in it.
        return await EnterAsync(code, user, () => { }, cancellationToken) is { } fault and not RegistrationFault.NicknameTaken ? (fault, null) : (null, null);
    }

    /// <summary>Replaces a password by one that is to be changed at the next sign-in, which signs the user out everywhere.</summary>
    /// <returns>The password, which is stored nowhere.</returns>
    public async Task<string> ResetPasswordAsync(User user, CancellationToken cancellationToken)
    {
        var password = Passwords.New();
        SetPassword(user, password);
        user.MustChangePassword = true;
        await db.SaveChangesAsync(cancellationToken);
        return password;
    }

    /// <summary>New first passwords for several.</summary>
    public async Task<IReadOnlyList<FirstPassword>> DrawPasswordsAsync(IReadOnlyList<User> users, CancellationToken cancellationToken)
    {
        var drawn = users.Select(user => new FirstPassword(user.Nickname, FirstPasswords.Give(user))).ToList();
        await db.SaveChangesAsync(cancellationToken);
        return drawn;
    }

    public void SetPassword(User user, string password)
    {
        user.PasswordHash = hasher.HashPassword(user, password);
        user.SignOutEverywhere();
        (user.FailedSignIns, user.LockedUntil, user.MustChangePassword) = (0, null, false);
    }

    User New(string nickname, string password, Role role)
    {
        var user = new User(nickname, role, time.GetUtcNow());
        SetPassword(user, password);
        return user;
    }

    async Task<RegistrationFault?> EnterAsync(JoinCode code, User user, Action add, CancellationToken cancellationToken)
    {
        RegistrationFault? fault = null;
        try
        {
            await db.InTransactionAsync(async () =>
            {
                var now = time.GetUtcNow();
                // Who enters at the same time waits here, so that the last place is given once.
                await db.Classes.Where(c => c.Code == code.Text).LockAsync(cancellationToken);
                var found = await db.Classes.Where(c => c.Code == code.Text).Select(c => new { Class = c, Count = c.Members.Count }).SingleOrDefaultAsync(cancellationToken);
                fault = found is null ? RegistrationFault.CodeUnknown : found.Class.WhyClosed(found.Count, now) switch
                {
                    JoinFault.Expired or JoinFault.Archived => RegistrationFault.CodeExpired,
                    JoinFault.Full => RegistrationFault.ClassFull,
                    _ => null,
                };
                if (fault is not null) return;
                add();
                db.ClassMembers.Add(new ClassMember(found!.Class, user, now));
                await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
            return fault;
        }
        catch (DbUpdateException broken) when (broken.IsOfUniqueness)
        {
            db.ChangeTracker.Clear();
            return RegistrationFault.NicknameTaken;
        }
    }
}

public enum RegistrationFault
{
    CodeUnknown,
    CodeExpired,
    ClassFull,
    NicknameTaken,
}
