using System.Globalization;
using System.Text;

namespace NsiPortal.Domain.People;

/// <summary>
/// What a user is called and signs in with: Latin letters, digits, blanks, hyphens, points and underscores. Two that look alike are the same, so that
/// nobody passes for somebody else.
/// </summary>
public static class Nickname
{
    public const int MinLength = 2;
    public const int MaxLength = 24;

    /// <summary>What is wrong with it; null for nothing.</summary>
    public static NicknameFault? Check(string? nickname)
    {
        var text = Tidy(nickname);
        if (text.Length < MinLength) return NicknameFault.TooShort;
        if (text.Length > MaxLength) return NicknameFault.TooLong;
        if (!text.All(IsAllowed) || !text.Any(char.IsLetterOrDigit)) return NicknameFault.Characters;
        return OffensiveWords.In(KeyOf(text)) ? NicknameFault.Offensive : null;
    }

    /// <summary>As it is stored and shown.</summary>
    public static string Tidy(string? nickname) =>
        string.Join(' ', (nickname ?? "").Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same for all that look alike: without case, accents or separators, and with one character for those that resemble each other.</summary>
    public static string KeyOf(string nickname)
    {
        var key = new StringBuilder(nickname.Length);
        foreach (var c in Tidy(nickname).ToLowerInvariant().Normalize(NormalizationForm.FormKD))
        {
            if (!char.IsLetterOrDigit(c)) continue;
            key.Append(c switch
            {
                '0' => 'o',
                '1' or 'i' or 'ı' => 'l',
                'œ' => 'o',
                'æ' => 'a',
                'ß' => 's',
                'ø' => 'o',
                'đ' or 'ð' => 'd',
                'ł' => 'l',
                _ => c,
            });
        }

        return key.ToString();
    }

    // Letters of other scripts look like Latin ones.
    static bool IsAllowed(char c) => c is ' ' or '-' or '.' or '_' || char.IsAsciiDigit(c)
        || (char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter && c < 'ɐ');
}

public enum NicknameFault
{
    TooShort,
    TooLong,
    Characters,
    Offensive,
}
