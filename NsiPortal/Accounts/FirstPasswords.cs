using System.Buffers.Binary;
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
    const int Rounds = 10_000;

    static readonly PasswordHasher<User> Drawn = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    /// <summary>Whether the user still has a password that was drawn so: to compare it takes a moment less than with any other.</summary>
    public static bool AreQuick(User user) =>
        // The framework's third format: a byte that says so, the function, then the rounds.
        user.PasswordHash is { } hash && Convert.FromBase64String(hash) is [1, _, _, _, _, .. var rest] && BinaryPrimitives.ReadUInt32BigEndian(rest) == Rounds;

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
