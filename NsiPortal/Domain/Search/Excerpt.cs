namespace NsiPortal.Domain.Search;

/// <summary>A piece of a text, part of which is what was looked for.</summary>
public sealed record ExcerptPiece(string Text, bool Found);

/// <summary>Where in a text the words of a query stand.</summary>
public static class Excerpt
{
    const int Length = 240;

    /// <summary>As much of the text before the first of them.</summary>
    const int Lead = 60;

    /// <summary>How far is looked for a better place than the first.</summary>
    const int Reach = 20_000;

    /// <summary>As much of a text as an excerpt can show anything of, in characters.</summary>
    public const int Needed = Reach + Length + Lead;

    /// <summary>The whole text, marked.</summary>
    public static IReadOnlyList<ExcerptPiece> Mark(string text, SearchQuery query) => Cut(text, 0, text.Length, Found(text, query).ToList());

    /// <summary>The place where most of the words stand together, or the beginning when none does.</summary>
    public static IReadOnlyList<ExcerptPiece> Of(string text, SearchQuery query)
    {
        var looked = text.Length <= Reach ? text : text[..Reach];
        var found = Found(looked, query).ToList();
        var best = (Start: 0, Count: 0);
        for (int first = 0, last = 0; first < found.Count && best.Count < query.Terms.Count; first++)
        {
            while (last < found.Count && found[last].Word.Start < found[first].Word.Start + Length - Lead) last++;
            var count = found.GetRange(first, last - first).DistinctBy(place => place.Term).Count();
            if (count > best.Count) best = (found[first].Word.Start, count);
        }

        var start = Begin(text, best.Start - Lead);
        var end = End(text, start + Length);
        var pieces = Cut(text, start, end, found);
        if (start > 0) pieces.Insert(0, new ExcerptPiece("… ", false));
        if (end < text.Length) pieces.Add(new ExcerptPiece(" …", false));
        return pieces;
    }

    static IEnumerable<(SearchWord Word, SearchTerm Term)> Found(string text, SearchQuery query) =>
        from word in SearchWords.In(text)
        let term = query.Terms.FirstOrDefault(term => term.Matches(word.Folded))
        where term is not null
        select (word, term);

    static List<ExcerptPiece> Cut(string text, int start, int end, List<(SearchWord Word, SearchTerm Term)> found)
    {
        var pieces = new List<ExcerptPiece>();
        var at = start;
        foreach (var (word, _) in found)
        {
            if (word.Start < start || word.Start + word.Length > end) continue;
            if (word.Start > at) pieces.Add(new ExcerptPiece(text[at..word.Start], false));
            pieces.Add(new ExcerptPiece(text.Substring(word.Start, word.Length), true));
            at = word.Start + word.Length;
        }

        if (at < end) pieces.Add(new ExcerptPiece(text[at..end], false));
        return pieces;
    }

    // Between two words, so that none is halved.
    static int Begin(string text, int near)
    {
        if (near <= 0) return 0;
        var blank = text.IndexOf(' ', near);
        return blank < 0 || blank > near + Lead ? near + (char.IsLowSurrogate(text[near]) ? 1 : 0) : blank + 1;
    }

    static int End(string text, int near)
    {
        if (near >= text.Length) return text.Length;
        var blank = text.LastIndexOf(' ', near);
        return blank < near - Lead ? near - (char.IsLowSurrogate(text[near]) ? 1 : 0) : blank;
    }
}
