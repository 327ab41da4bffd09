using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>
/// Passwords for a whole class at once, each to be replaced at the first sign-in. One that is drawn has 59 bits of chance, which nobody guesses however fast
/// they are tried: a tenth of the usual rounds makes five hundred of them in seconds. The framework hashes it again, with all rounds, when it is used.
/// </summary>
static class FirstPasswords
{
    static readonly PasswordHasher<User> Drawn = new(Options.Create(new PasswordHasherOptions { IterationCount = 10_000 }));

    /// <returns>The password, which is stored nowhere.</returns>
    public static string Give(User user)
    {
        var password = Passwords.New();
        Give(user, password, Drawn);
        return password;
    }

    /// <summary>One that a list gives; somebody chose it, so that it is hashed as slowly as any.</summary>
    /// <returns>Null: whoever made the list knows it.</returns>
    public static string? Give(User user, string password, IPasswordHasher<User> hasher)
    {
        user.PasswordHash = hasher.HashPassword(user, password);
        user.SignOutEverywhere();
        (user.FailedSignIns, user.LockedUntil, user.MustChangePassword) = (0, null, true);
        return null;
    }
}

/// <param name="Password">Null when the list gave it.</param>
public sealed record FirstPassword(string Nickname, string? Password);
