using System.Text;

namespace NsiPortal.Domain.Search;

/// <summary>What a reader looks for: all of its words, of which the last may be unfinished.</summary>
public sealed class SearchQuery
{
    public const int MaxLength = 80;
    const int MaxWords = 12;

    /// <summary>Words that stand in every text and tell nothing of what is looked for.</summary>
    static readonly HashSet<string> Empty =
    [
        "a", "au", "aux", "avec", "c", "ce", "ces", "cette", "d", "dans", "de", "des", "du", "elle", "en", "est", "et", "eux", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "lui", "m",
        "ma", "mais", "me", "mes", "mon", "n", "ne", "nos", "notre", "nous", "on", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "son", "sont", "sur", "t", "ta", "te", "tu",
        "un", "une", "vos", "votre", "vous", "y",
    ];

    SearchQuery(string text, IReadOnlyList<SearchTerm> terms) => (Text, Terms) = (text, terms);

    /// <summary>See <see cref="Normalize"/>.</summary>
    public string Text { get; }

    /// <summary>Empty when nothing can be looked for.</summary>
    public IReadOnlyList<SearchTerm> Terms { get; }

    /// <summary>
    /// The same for all that mean the same page: small letters, single blanks, at most <see cref="MaxLength"/> characters, nothing that cannot be shown.
    /// Accents stay, because the page shows what was looked for. Null for nothing.
    /// </summary>
    public static string? Normalize(string? typed)
    {
        if (typed is null) return null;
        var text = new StringBuilder(Math.Min(typed.Length, MaxLength));
        // What comes in halves or is no character becomes one that can be shown; what is far too long need not be looked at.
        foreach (var rune in (typed.Length > 8 * MaxLength ? typed[..(8 * MaxLength)] : typed).Replace('\uFFFE', ' ').Replace('\uFFFF', ' ').EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format)
            {
                if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
            }
            else
            {
                text.Append(rune.ToString());
            }
        }

        var folded = text.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
        return folded.Start(MaxLength).TrimEnd() is { Length: > 0 } some ? some : null;
    }

    /// <param name="typed">Whatever it is: nothing in it means anything but words.</param>
    public static SearchQuery Parse(string? typed)
    {
        var text = Normalize(typed) ?? "";
        var words = SearchWords.In(text).Take(MaxWords).ToList();
        // A word that a sign follows is finished.
        var unfinished = words.Count > 0 && words[^1].Start + words[^1].Length == text.Length;
        var telling = words.Where(word => !Empty.Contains(word.Folded)).ToList();
        // Only such words: then they are what is looked for.
        if (telling.Count == 0) telling = words;
        return new SearchQuery(text, [.. telling.Select(word => new SearchTerm(word.Folded, FrenchStemmer.StemOf(word.Folded), unfinished && word == words[^1])).Distinct()]);
    }
}

/// <summary>A word to be found: itself or its stem, or, when it is unfinished, whatever begins with it. Letters and digits only.</summary>
public sealed record SearchTerm(string Word, string Stem, bool Unfinished)
{
    public bool Matches(string folded)
    {
        if (folded == Word || (Unfinished && folded.StartsWith(Word, StringComparison.Ordinal))) return true;
        // A stem begins as its word does, but for some plurals, whose first letters are the same all the same.
        return folded.Length >= 2 && Stem.Length >= 2 && folded[0] == Stem[0] && folded[1] == Stem[1] && FrenchStemmer.StemOf(folded) == Stem;
    }
}
