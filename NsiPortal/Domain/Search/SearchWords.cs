using System.Globalization;
using System.Text;

namespace NsiPortal.Domain.Search;

/// <summary>A word of a text: where it stands, and in the form that is compared.</summary>
/// <param name="Folded">Small, without accents or ligatures.</param>
public readonly record struct SearchWord(int Start, int Length, string Folded);

/// <summary>Cuts texts into words. Everything but letters and digits parts them, so that no sign that a reader types means anything to a database.</summary>
public static class SearchWords
{
    /// <summary>What is longer is no word; only its beginning counts.</summary>
    public const int MaxLength = 40;

    public static IEnumerable<SearchWord> In(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!IsPart(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && IsPart(text[at])) at++;
            if (Fold(text.AsSpan(start, at - start)) is { Length: > 0 } folded) yield return new SearchWord(start, at - start, folded);
        }
    }

    /// <summary>The words in the form of the index: each as it is and, where it differs, by its stem, which all its inflections share.</summary>
    public static string Index(string text)
    {
        var tokens = new StringBuilder(text.Length + (text.Length / 2));
        foreach (var word in In(text))
        {
            tokens.Append(word.Folded).Append(' ');
            var stem = FrenchStemmer.StemOf(word.Folded);
            if (stem != word.Folded) tokens.Append(stem).Append(' ');
        }

        return tokens.ToString();
    }

    // A mark is part of the letter that it stands on. Characters beyond the first plane, which come in halves, are none of ours.
    static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c)
        || (c >= 128 && (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark));

    static string Fold(ReadOnlySpan<char> word)
    {
        if (word.Length > MaxLength) word = word[..MaxLength];
        if (System.Text.Ascii.IsValid(word)) return string.Create(word.Length, word, static (to, from) => from.ToLowerInvariant(to));

        var folded = new StringBuilder(word.Length + 4);
        foreach (var c in word.ToString().Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            switch (c)
            {
                case 'œ': folded.Append("oe"); break;
                case 'æ': folded.Append("ae"); break;
                case 'ß': folded.Append("ss"); break;
                default:
                    if (char.IsLetterOrDigit(c)) folded.Append(c);
                    break;
            }
        }

        return folded.ToString();
    }
}
