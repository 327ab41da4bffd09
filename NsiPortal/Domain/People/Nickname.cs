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

    /// <summary>As a register lists them in French: « Léa » before « Lucas ». Databases order by characters, each in its own way, so lists of pupils are put in order here.</summary>
    public static StringComparer Collation { get; } = StringComparer.Create(CultureInfo.GetCultureInfo("fr-FR"), ignoreCase: true);

    /// <summary>What is longer is nobody's, whatever blanks and marks it is made of, and is not looked at: to put thousands of marks in order takes seconds.</summary>
    const int MaxTypedLength = 256;

    static readonly HashSet<string> Reserved =
    [
        .. new[]
        {
            "admin", "administrateur", "administratrice", "administration", "root", "prof", "professeur", "professeure", "enseignant", "enseignante", "maitre", "maitresse",
            "moderateur", "moderatrice", "proviseur", "proviseure", "cpe", "vie scolaire", "rectorat", "academie", "portail", "nsi portal", "support", "assistance",
        }.Select(KeyOf),
    ];

    /// <summary>What is wrong with it; null for nothing.</summary>
    public static NicknameFault? Check(string? nickname)
    {
        if (nickname?.Length > MaxTypedLength) return NicknameFault.TooLong;
        var text = Tidy(nickname);
        if (text.Length < MinLength) return NicknameFault.TooShort;
        if (text.Length > MaxLength) return NicknameFault.TooLong;
        if (!text.All(IsAllowed) || !text.Any(char.IsLetterOrDigit)) return NicknameFault.Characters;
        return OffensiveWords.In(KeyOf(text)) ? NicknameFault.Offensive : null;
    }

    /// <summary><see cref="Check"/> for somebody who chooses it themselves and is no teacher: it must not pass for one.</summary>
    public static NicknameFault? CheckOfStudent(string? nickname) => Check(nickname) ?? (Reserved.Contains(KeyOf(nickname!)) ? NicknameFault.Reserved : null);

    /// <summary>As it is stored and shown; of what is far too long, nothing.</summary>
    public static string Tidy(string? nickname) =>
        nickname?.Length > MaxTypedLength ? "" : string.Join(' ', Normalizable(nickname ?? "").Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same for all that look alike: without case, accents or separators, and with one character for those that resemble each other.</summary>
    public static string KeyOf(string nickname)
    {
        var key = new StringBuilder(nickname.Length);
        // Decomposed first: « İ » becomes small only without its point.
        foreach (var c in Tidy(nickname).Normalize(NormalizationForm.FormKD).ToLowerInvariant().Where(char.IsLetterOrDigit))
        {
            key.Append(c switch
            {
                '0' => "o",
                '1' or 'i' or 'ı' => "l",
                'œ' => "oe",
                'æ' => "ae",
                'ß' => "ss",
                'ø' => "o",
                'đ' or 'ð' => "d",
                'ħ' => "h",
                'ĸ' => "k",
                'ł' => "l",
                'ŋ' => "n",
                'þ' => "p",
                'ŧ' => "t",
                _ => c.ToString(),
            });
        }

        return key.ToString();
    }

    // Letters of other scripts, and rare ones of ours, look like those of ASCII and are not told apart by their key.
    static bool IsAllowed(char c) => c is ' ' or '-' or '.' or '_' || char.IsAsciiDigit(c)
        || (char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter && KeyOf(c.ToString()).All(char.IsAsciiLetter));

    /// <summary>The framework normalises neither halves of surrogate pairs nor U+FFFE.</summary>
    static string Normalizable(string text) => string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');
}

public enum NicknameFault
{
    TooShort,
    TooLong,
    Characters,
    Offensive,
    Reserved,
}
