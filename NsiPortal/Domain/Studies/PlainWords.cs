using System.Globalization;
using System.Text;

namespace NsiPortal.Domain.Studies;

/// <summary>Words as searches compare them: without accents, capitals or punctuation. « L’Université d’Évry » is <c>l universite d evry</c>.</summary>
public static class PlainWords
{
    public static string Of(string text, int maximum)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Replace("æ", "ae", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        if (plain.Length > maximum) plain.Length = maximum;
        return plain.ToString().Trim();
    }

    /// <summary>The words that must all be found.</summary>
    public static IReadOnlyList<string> Words(string query) => [.. Of(query, 80).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(8)];
}
