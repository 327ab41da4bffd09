using NsiPortal.Domain.Search;

namespace NsiPortal.Domain.Studies;

/// <summary>Words as searches compare them: without accents, capitals or punctuation. « L’Université d’Évry » is <c>l universite d evry</c>.</summary>
public static class PlainWords
{
    public static string Of(string text, int maximum)
    {
        var plain = string.Join(' ', SearchWords.In(text).Select(word => word.Folded));
        return plain.Length > maximum ? plain[..maximum].Trim() : plain;
    }

    /// <summary>The words that must all be found.</summary>
    public static IReadOnlyList<string> Words(string query) => [.. Of(query, 80).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(8)];
}
