using System.Globalization;
using System.Text;

namespace NsiPortal.Grading;

/// <summary>A text without the differences that a reader does not see, or that a keyboard makes on its own. Case is left to the comparison.</summary>
static class NormalizedText
{
    /// <summary>In form NFKC, with straight quotes, single blanks, none at the ends, and no invisible characters.</summary>
    public static string Of(string text)
    {
        // .NET refuses to normalise U+FFFE, which is no character.
        var visible = string.Concat(text.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format && c != '\uFFFE'));
        var normalized = new StringBuilder(visible.Length);
        foreach (var c in visible.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(c)) normalized.Append(Straight(c));
            else if (normalized.Length > 0 && normalized[^1] != ' ') normalized.Append(' ');
        }

        return normalized.ToString().TrimEnd(' ');
    }

    /// <summary>Also without the blanks beside operators and punctuation: in code, « a=1 » and « a = 1 » are the same.</summary>
    public static string OfCode(string code)
    {
        var normalized = Of(code);
        return string.Concat(normalized.Where((c, index) => c != ' ' || !(IsOperator(normalized[index - 1]) || IsOperator(normalized[index + 1]))));
    }

    static char Straight(char c) => c switch
    {
        '‘' or '’' or '‚' or '‛' or 'ʼ' or '′' => '\'',
        '“' or '”' or '„' or '‟' or '«' or '»' => '"',
        _ => c,
    };

    static bool IsOperator(char c) => (char.IsPunctuation(c) || char.IsSymbol(c)) && c is not ('_' or '\'' or '"' or '`');
}
