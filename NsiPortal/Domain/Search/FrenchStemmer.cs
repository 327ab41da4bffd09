namespace NsiPortal.Domain.Search;

/// <summary>
/// What the inflections of a French word have in common: without plural, feminine and the commonest endings of verbs and of what is derived from them. It
/// knows no dictionary; that two words share a stem by chance costs a result too many, that inflections do not costs one that is missed. For words
/// that are folded: small, without accents.
/// </summary>
public static class FrenchStemmer
{
    const int Shortest = 3;

    /// <summary>The longest first, without their last « e »; and how many letters must stand before each.</summary>
    static readonly (string Ending, int Before)[] Endings =
    [
        ("ivement", 4), ("issement", 4), ("ement", 4), ("ation", 3), ("ateur", 4), ("atric", 4), ("ition", 4), ("aient", 4), ("aison", 4), ("ionner", 4), ("ionn", 4),
        ("ivit", 4), ("ment", 4), ("atif", 3), ("ativ", 3), ("eur", 4), ("eus", 4), ("ant", 4), ("ait", 4), ("ent", 5), ("ion", 4), ("it", 6), ("if", 4), ("iv", 4),
        ("ag", 3), ("er", 3), ("ez", 3), ("ir", 4),
    ];

    public static string StemOf(string word)
    {
        if (word.Length <= Shortest || word.AsSpan().ContainsAnyInRange('0', '9')) return word;
        var stem = Singular(word).AsSpan();
        stem = WithoutE(stem);
        foreach (var (ending, before) in Endings)
        {
            if (stem.Length < ending.Length + before || !stem.EndsWith(ending, StringComparison.Ordinal)) continue;
            stem = WithoutE(stem[..^ending.Length]);
            break;
        }

        // « programme », « programmer », « réelle », « réel ».
        if (stem.Length > Shortest && stem[^1] == stem[^2] && stem[^1] is 'l' or 'm' or 'n' or 't') stem = stem[..^1];
        return stem.ToString();
    }

    static string Singular(string word) =>
        word.EndsWith("eaux", StringComparison.Ordinal) ? word[..^1]
        : word.Length > 4 && word.EndsWith("aux", StringComparison.Ordinal) ? word[..^2] + "l"
        : word[^1] == 'x' && word[^2] == 'u' ? word[..^1]
        : word[^1] == 's' && word[^2] != 's' ? word[..^1]
        : word;

    static ReadOnlySpan<char> WithoutE(ReadOnlySpan<char> stem)
    {
        while (stem.Length > Shortest && stem[^1] == 'e') stem = stem[..^1];
        return stem;
    }
}
