using System.Globalization;
using System.Text;

namespace NsiPortal.Domain.Courses;

/// <summary>The part of a URL that names a course or a chapter: lower-case ASCII letters and digits in words joined by single hyphens.</summary>
public static class Slug
{
    public const int MaxLength = 80;

    const int MaxTitle = 1000;

    /// <summary>Words that already mean something below <c>/cours/{course}/</c>.</summary>
    static readonly HashSet<string> Reserved = ["fichiers", "exercices", "glossaire"];

    public static bool IsValid(string slug) =>
        slug.Length is > 0 and <= MaxLength
        && !Reserved.Contains(slug)
        && slug[0] != '-' && slug[^1] != '-' && !slug.Contains("--", StringComparison.Ordinal)
        && slug.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    /// <summary>The slug of a name that nobody has yet: a number follows where it is taken. One that is a slug already and free stays as it is.</summary>
    /// <param name="name">A title, or a slug.</param>
    /// <param name="otherwise">For a name without letters and digits.</param>
    /// <param name="taken">Whether somebody has it.</param>
    public static string Free(string name, string otherwise, Func<string, bool> taken)
    {
        if (IsValid(name) && !taken(name)) return name;
        var stem = From(name) is { Length: > 0 } given ? given : otherwise;
        // Room for a hyphen and a number.
        if (stem.Length > MaxLength - 6) stem = stem[..(MaxLength - 6)].TrimEnd('-');
        for (var number = 1; ; number++)
        {
            var free = number == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            if (IsValid(free) && !taken(free)) return free;
        }
    }

    /// <summary>The slug of a title: « Bases de données » gives <c>bases-de-donnees</c>. Empty when no letter or digit is left.</summary>
    public static string From(string title)
    {
        var slug = new StringBuilder(title.Length);
        // Longer than any title, and shorter than what takes seconds to decompose.
        var plain = title.Start(MaxTitle).Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Replace("æ", "ae", StringComparison.OrdinalIgnoreCase);
        foreach (var c in plain.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        if (slug.Length > MaxLength) slug.Length = MaxLength;
        return slug.ToString().Trim('-');
    }
}
