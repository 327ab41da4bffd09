using System.Security.Cryptography;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>Length is what makes a password strong; no mixture of characters is asked for.</summary>
public static class Passwords
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "motdepasse", "password", "password1", "azertyuiop", "azerty123", "azerty1234", "12345678", "123456789", "1234567890", "00000000", "11111111",
        "qwertyuiop", "qwerty123", "jetaime1", "jetaime123", "soleil123", "loulou123", "doudou123", "chouchou", "football", "marseille", "iloveyou", "bonjour1", "bonjour123",
        "abcdefgh", "aaaaaaaa", "nsi12345", "lycee2026", "lycee123", "informatique",
    };

    public static PasswordFault? Check(string? password, string? nickname) =>
        password is null || password.Length < MinLength ? PasswordFault.TooShort
        : password.Length > MaxLength ? PasswordFault.TooLong
        : Common.Contains(password) || password.Distinct().Count() < 3 ? PasswordFault.Common
        : nickname is not null && Nickname.KeyOf(nickname) is { Length: > 3 } key && Nickname.KeyOf(password).Contains(key, StringComparison.Ordinal) ? PasswordFault.Nickname
        : null;

    /// <summary>One that is easy to copy from a slip of paper, of 59 bits.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}

public enum PasswordFault
{
    TooShort,
    TooLong,
    Common,
    Nickname,
}
